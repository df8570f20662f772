// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/base/Shelf.h"

#include <cstdlib>
#include <map>

namespace hilum {

std::vector<std::filesystem::path> rootsOf(const Shelf &shelf)
{
    std::vector<std::filesystem::path> roots;
    if (const char *named = std::getenv(shelf.variable))
        roots.emplace_back(named);
    std::error_code code;
    const auto beside = std::filesystem::read_symlink("/proc/self/exe", code).parent_path();
    for (const char *way : {"", "../share/hilum", "../resources", "../../resources"}) {
        const auto root = (beside / way / shelf.folder).lexically_normal();
        if (std::filesystem::is_directory(root, code)) {
            roots.push_back(root);
            break;
        }
    }
    return roots;
}

std::vector<std::filesystem::path> filesOn(const Shelf &shelf)
{
    std::map<std::string, std::filesystem::path> files;
    for (const auto &root : rootsOf(shelf)) {
        std::error_code code;
        for (const auto &entry : std::filesystem::directory_iterator(root, code)) {
            if (entry.path().extension() == ".json")
                files.emplace(entry.path().stem().string(), entry.path());
        }
    }
    std::vector<std::filesystem::path> list;
    for (const auto &[name, file] : files)
        list.push_back(file);
    return list;
}

Result<std::filesystem::path> findOn(const Shelf &shelf, const std::string &nameOrFile)
{
    std::error_code code;
    if (std::filesystem::is_regular_file(nameOrFile, code))
        return std::filesystem::path(nameOrFile);
    const std::string what = shelf.what;
    const bool startsWithVowel = what.find_first_of("aeiou") == 0;
    std::string names;
    for (const auto &file : filesOn(shelf)) {
        if (file.stem() == nameOrFile)
            return file;
        names += (names.empty() ? "" : ", ") + file.stem().string();
    }
    return fail(ErrorCode::FileUnreadable,
                std::string(startsWithVowel ? "expected an " : "expected a ") + what + " file or one of "
                    + (names.empty() ? "no " + what + "s at hand" : names) + ", found \"" + nameOrFile
                    + "\"");
}

} // namespace hilum
