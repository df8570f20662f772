// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/DirectoryFiles.h"

#include "core/codec/PathText.h"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

namespace hilum {

namespace {

namespace fs = std::filesystem;

// What two names of one file have in common, whatever the disk's maker did to them.
std::string plainName(std::string name)
{
    if (name.ends_with(";1"))
        name.resize(name.size() - 2);
    if (name.size() > 1 && name.ends_with('.'))
        name.pop_back();
    std::ranges::transform(name, name.begin(), [](char letter) {
        return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    });
    return name;
}

// The components of a file ID; nothing when one of them could lead elsewhere.
std::optional<std::vector<std::string>> components(const std::string &fileId)
{
    std::vector<std::string> parts(1);
    for (const char character : fileId) {
        if (character == '\\')
            parts.emplace_back();
        else
            parts.back() += character;
    }
    for (std::string &part : parts) {
        while (!part.empty() && part.back() == ' ')
            part.pop_back();
        const bool isName
            = !part.empty() && part != "." && part != ".." && std::ranges::none_of(part, [](char character) {
                  return character == '/' || static_cast<unsigned char>(character) < 0x20;
              });
        if (!isName)
            return std::nullopt;
    }
    // The standard has at most eight; a disk may be sloppy, but not without end.
    return parts.size() <= 32 ? std::optional(std::move(parts)) : std::nullopt;
}

// Names in folders, read once each.
class Folders {
public:
    // The entry of that name, by its own name where it is there, else by its plain one.
    std::optional<fs::path> entry(const fs::path &folder, const std::string &name)
    {
        std::error_code error;
        if (fs::exists(fs::symlink_status(folder / name, error)))
            return folder / name;
        const auto &names = namesIn(folder);
        const auto found = names.find(plainName(name));
        return found == names.end() ? std::nullopt : std::optional(folder / found->second);
    }

private:
    using Names = std::unordered_map<std::string, std::string>;

    const Names &namesIn(const fs::path &folder)
    {
        const auto [known, isNew] = m_folders.try_emplace(folder);
        if (!isNew)
            return known->second;
        std::error_code error;
        fs::directory_iterator next(folder, error);
        for (; !error && next != fs::directory_iterator(); next.increment(error))
            known->second.emplace(plainName(next->path().filename().string()),
                                  next->path().filename().string());
        return known->second;
    }

    std::map<fs::path, Names> m_folders;
};

bool isBelow(const fs::path &path, const fs::path &folder)
{
    return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first == folder.end();
}

} // namespace

Result<fs::path> directoryFile(const fs::path &path)
{
    std::error_code error;
    if (!fs::is_directory(path, error))
        return path;
    if (auto found = Folders().entry(path, "DICOMDIR"))
        return *found;
    return fail(ErrorCode::FileUnreadable, "expected a folder with a DICOMDIR, found none in it");
}

void findFiles(DirectoryListing &listing, const fs::path &directory)
{
    listing.file = pathText(directory);
    std::error_code error;
    const fs::path folder = fs::absolute(directory, error).parent_path();
    const fs::path realFolder = fs::canonical(folder, error);
    Folders folders;
    std::size_t refused = 0;
    std::size_t missing = 0;
    std::vector<DirectoryFilm> kept;
    for (DirectoryFilm &film : listing.films) {
        const auto parts = components(film.file);
        if (!parts) {
            ++refused;
            continue;
        }
        fs::path path = folder;
        film.exists = true;
        for (const std::string &part : *parts) {
            const auto entry = film.exists ? folders.entry(path, part) : std::nullopt;
            film.exists = entry.has_value();
            path = entry.value_or(path / part);
        }
        // Links are followed once more in full: they may lead out of the folder.
        const fs::path real = fs::weakly_canonical(path, error);
        if (error || !isBelow(real, realFolder)) {
            ++refused;
            continue;
        }
        film.exists = film.exists && fs::is_regular_file(real, error);
        missing += film.exists ? 0 : 1;
        film.file = pathText(path);
        kept.push_back(std::move(film));
    }
    listing.films = std::move(kept);
    const auto note = [&](std::size_t count, const char *one, const char *many) {
        if (count > 0)
            listing.notices.push_back(std::to_string(count) + (count == 1 ? one : many));
    };
    note(refused, " film is left out: its reference leads out of the folder of the DICOMDIR.",
         " films are left out: their references lead out of the folder of the DICOMDIR.");
    note(missing, " of the films is not there.", " of the films are not there.");
}

} // namespace hilum
