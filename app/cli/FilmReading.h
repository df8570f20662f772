// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FilmReading: one film through several networks, with bands, maps and what each network saw: what report
// tells of a film, and verify works out again.
//
// Errors:  of the film and of the module; a network that can't read has its words in the report instead.
#pragma once

#include "core/explain/MapMethod.h"
#include "core/module/NnModule.h"
#include "core/report/FilmReport.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hilum::cli {

struct FilmReadingRequest {
    std::filesystem::path film;
    std::vector<ModelPackage> packages;
    LoadOptions load;
    int frame = 1;
    std::string label; // whose evidence the maps show; empty: the class that the first network calls
    MapMethod method = MapMethod::GradCam; // occlusion where a network does not offer it
    bool isShownAnyway = false; // readings of a film that the gate refuses
    bool showsNames = false; // in the film's name
    std::filesystem::path pictures; // folder of the report's; empty: none are made, and no maps
};

[[nodiscard]] Result<FilmReport> readForReport(const FilmReadingRequest &request);

} // namespace hilum::cli
