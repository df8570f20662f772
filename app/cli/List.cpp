// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Commands.h"
#include "app/cli/Options.h"
#include "app/cli/Output.h"
#include "core/codec/DicomDirectory.h"

#include <array>
#include <cstdio>

namespace hilum::cli {

namespace {

constexpr OptionSpec options[] = {{"--json", "", "one JSON object a line instead of a table"}};
constexpr CommandSpec command{
    "list", "DICOMDIR...",
    "The films that a DICOMDIR names, in its order. A folder that holds one will do.\n"
    "References that lead out of its folder are left out.",
    options};

Json describe(const DirectoryListing &listing)
{
    Json films = Json::array();
    for (const DirectoryFilm &film : listing.films)
        films.push_back({{"file", film.file},
                         {"exists", film.exists},
                         {"patientName", film.patientName},
                         {"patientId", film.patientId},
                         {"studyDate", film.studyDate},
                         {"studyDescription", film.studyDescription},
                         {"seriesDescription", film.seriesDescription},
                         {"seriesNumber", film.seriesNumber},
                         {"instanceNumber", film.instanceNumber},
                         {"modality", film.modality},
                         {"sopClass", film.sopClass}});
    return {{"file", listing.file}, {"films", films}, {"notices", listing.notices}};
}

// Columns of characters, not of bytes.
std::size_t widthOf(const std::string &text)
{
    std::size_t width = 0;
    for (const char byte : text)
        width += (static_cast<unsigned char>(byte) & 0xc0U) != 0x80U ? 1 : 0;
    return width;
}

void printText(const DirectoryListing &listing)
{
    using Row = std::array<std::string, 6>;
    std::vector<Row> rows{{"patient", "study", "series", "no.", "", "file"}};
    for (const DirectoryFilm &film : listing.films)
        rows.push_back(
            {film.patientName.empty() ? film.patientId : film.patientName, film.studyDate,
             film.modality + " " + std::to_string(film.seriesNumber) + " " + film.seriesDescription,
             std::to_string(film.instanceNumber), film.exists ? "" : "missing", film.file});
    std::array<std::size_t, 6> widths{};
    for (const Row &row : rows) {
        for (std::size_t i = 0; i + 1 < row.size(); ++i)
            widths[i] = std::max(widths[i], widthOf(row[i]));
    }
    std::printf("%s: %zu films\n", listing.file.c_str(), listing.films.size());
    for (const Row &row : rows) {
        std::string line = "  ";
        for (std::size_t i = 0; i < row.size(); ++i) {
            line += row[i];
            if (i + 1 < row.size() && widths[i] > 0)
                line.append(widths[i] + 2 - widthOf(row[i]), ' ');
        }
        std::printf("%s\n", line.c_str());
    }
    for (const std::string &notice : listing.notices)
        std::printf("  note: %s\n", notice.c_str());
}

} // namespace

int runList(std::span<const std::string> args)
{
    if (answeredHelp(command, args))
        return exitDone;
    const auto parsed = parseOptions(args, options);
    if (!parsed)
        return usageError(command, parsed.error());
    if (parsed->positionals().empty())
        return usageError(command, {ErrorCode::UsageWrong, "expected a DICOMDIR or a folder that holds one"});
    const bool asJson = parsed->has("--json");
    int code = exitDone;
    for (const std::string &name : parsed->positionals()) {
        const auto listing = readDirectory(name);
        if (!listing) {
            reportFailure(name, listing.error(), asJson);
            code = exitSomeFailed;
            continue;
        }
        asJson ? printJson(describe(*listing)) : printText(*listing);
    }
    return code;
}

} // namespace hilum::cli
