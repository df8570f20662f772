// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Identifiers: what a film's tags say of who the patient is, and texts without it.
//
// Identifying are: every attribute of VR PN; group 0010 but for sex, age, size and weight; accession number,
// institution and its address, station and department, telephone numbers, study and admission identifiers,
// order and procedure numbers, comments in free text; and every private attribute.
//
// Shape:   identifiersOf: names in their parts, numbers; shorter than three letters left out; longest first.
// Errors:  none.
// Threads: pure functions.
// Source:  DICOM PS3.15 table E.1-1 (attribute confidentiality), those that a film's tags can show.
#pragma once

#include "core/film/Film.h"

#include <string>
#include <vector>

namespace hilum {

[[nodiscard]] bool isIdentifying(const FilmTag &tag);
[[nodiscard]] std::vector<std::string> identifiersOf(const std::vector<FilmTag> &tags);
// Each of them, in letters of any case (Latin, Greek, Cyrillic), becomes three dots.
[[nodiscard]] std::string withoutIdentifiers(const std::string &text,
                                             const std::vector<std::string> &identifiers);

} // namespace hilum
