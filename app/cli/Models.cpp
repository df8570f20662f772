// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Commands.h"
#include "app/cli/Import.h"
#include "app/cli/Options.h"
#include "app/cli/Output.h"
#include "core/nn/KeptEpochs.h"

#include <cstdio>

namespace hilum::cli {

namespace {

constexpr OptionSpec options[] = {{"--json", "", "one JSON object a line instead of text"}};
constexpr CommandSpec command{"models", "",
                              "The model packages that predict, explain and train can use.\n"
                              "hilum-cli models import --help tells how to add a network of others.",
                              options};

std::string utf8(const std::filesystem::path &path)
{
    const std::u8string text = path.u8string();
    return {text.begin(), text.end()};
}

} // namespace

int runModels(std::span<const std::string> args)
{
    if (!args.empty() && args.front() == "import")
        return runImport(args.subspan(1));
    if (answeredHelp(command, args))
        return exitDone;
    const auto parsed = parseOptions(args, options);
    if (!parsed)
        return usageError(command, parsed.error());
    if (!parsed->positionals().empty())
        return usageError(command, {ErrorCode::UsageWrong, "expected no films"});
    const PackageListing listing = listPackages(modelRoots());
    for (const auto &[folder, card] : listing.packages) {
        if (parsed->has("--json"))
            printJson({{"id", card.id},
                       {"title", card.title},
                       {"architecture", card.architecture},
                       {"classes", card.classes},
                       {"calibrated", card.calibrated},
                       {"temperature", card.temperature},
                       {"folder", utf8(folder)},
                       {"weightsSha256", card.weightsSha256},
                       {"version", card.version},
                       {"imported", card.imported.has_value()},
                       {"epochs", keptEpochs(folder)}});
        else
            std::printf("%-16s %s (%s%s, %s)\n", card.id.c_str(), card.title.c_str(),
                        card.architecture.c_str(), card.imported ? ", imported, not checked by Hilum" : "",
                        utf8(folder).c_str());
    }
    for (const Error &error : listing.broken)
        std::fprintf(stderr, "hilum-cli: %s\n", error.detail.c_str());
    return listing.broken.empty() ? exitDone : exitSomeFailed;
}

} // namespace hilum::cli
