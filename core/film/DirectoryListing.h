// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// DirectoryListing: the films that a DICOMDIR names, in its order.
//
// Units:   paths are UTF-8 and absolute; they never leave the DICOMDIR's folder. Texts as the file has
//          them, UTF-8, empty when absent.
// Threads: a value.
// Source:  DICOM PS3.3 annex F (basic directory information object), PS3.10 section 8.
#pragma once

#include <string>
#include <vector>

namespace hilum {

struct DirectoryFilm {
    std::string file;
    bool exists = true;
    std::string patientName;
    std::string patientId;
    std::string studyDate;
    std::string studyDescription;
    std::string seriesDescription;
    std::string modality;
    std::string sopClass;
    int seriesNumber = 0;
    int instanceNumber = 0;
};

struct DirectoryListing {
    std::string file; // the DICOMDIR, as the caller named it
    std::vector<DirectoryFilm> films;
    std::vector<std::string> notices;
};

} // namespace hilum
