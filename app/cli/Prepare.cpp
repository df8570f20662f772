// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Commands.h"
#include "app/cli/Options.h"
#include "app/cli/Output.h"
#include "app/cli/TrainFilms.h"

#include <cstdio>

namespace hilum::cli {

namespace {

constexpr OptionSpec options[] = {
    {"--output", "FILE", "the prepared set to write (required)", "-o"},
    {"--size", "N", "pixels of a square's side (default 256)"},
    {"--crop", "centre-square|squeeze", "of each film (default centre-square)"},
};
constexpr CommandSpec command{
    "prepare", "FILMS -o FILE",
    "Decodes the films of a manifest, or of a folder of folders, once: into one file of 8-bit squares with\n"
    "labels, groups, sources and folds, which train takes in place of the manifest, also where there is no\n"
    "DICOM reader. The same weights come out as from the manifest with --squares of that size.",
    options};

int prepareTo(const std::filesystem::path &films, const std::filesystem::path &file, int size, Crop crop)
{
    const auto prepared = prepareFilms(films, size, crop);
    if (!prepared) {
        reportFailure(films.string(), prepared.error(), false);
        return exitSomeFailed;
    }
    if (const auto written = writePreparedSet(prepared->set, file); !written) {
        reportFailure(file.string(), written.error(), false);
        return exitSomeFailed;
    }
    std::fprintf(stderr, "%s: %zu films of %d x %d\n", file.string().c_str(), prepared->set.samples.size(),
                 size, size);
    return prepared->unreadable == 0 ? exitDone : exitSomeFailed;
}

} // namespace

int runPrepare(std::span<const std::string> args)
{
    if (answeredHelp(command, args))
        return exitDone;
    const auto parsed = parseOptions(args, options);
    if (!parsed)
        return usageError(command, parsed.error());
    const auto wrong = [](const std::string &words) {
        return usageError(command, Error{ErrorCode::UsageWrong, words});
    };
    const auto file = parsed->value("--output");
    if (parsed->positionals().size() != 1 || !file)
        return wrong("expected a manifest or folder, and -o FILE");
    const auto size = integerOption("--size", parsed->value("--size").value_or("256"), 32, 1024);
    if (!size)
        return usageError(command, size.error());
    const std::string crop = parsed->value("--crop").value_or("centre-square");
    if (crop != "centre-square" && crop != "squeeze")
        return wrong("--crop: expected centre-square or squeeze, found \"" + crop + "\"");
    return prepareTo(parsed->positionals().front(), *file, *size,
                     crop == "squeeze" ? Crop::Squeeze : Crop::CentreSquare);
}

} // namespace hilum::cli
