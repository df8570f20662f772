// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FilmFacts: where a film comes from and how it is stored, in words, one line each.
//
// Errors:  none.
// Threads: pure functions.
#pragma once

#include "core/film/Film.h"

#include <QString>

#include <vector>

namespace hilum::ui {

struct FilmFact {
    QString name;
    QString value;
};

[[nodiscard]] std::vector<FilmFact> filmFacts(const Film &film);

// "JPEG 2000 lossless (1.2.840.10008.1.2.4.90)"; the bare UID when we don't know its name.
[[nodiscard]] QString transferSyntaxText(const std::string &uid);

} // namespace hilum::ui
