// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Commands.h"
#include "app/cli/Options.h"
#include "app/cli/Output.h"
#include "core/train/Recipe.h"

#include <cstdio>

namespace hilum::cli {

namespace {

constexpr OptionSpec options[] = {{"--json", "", "one JSON object a line, with the history"}};
constexpr CommandSpec command{"recipes", "", "The recipes that train takes by name.", options};

} // namespace

int runRecipes(std::span<const std::string> args)
{
    if (answeredHelp(command, args))
        return exitDone;
    const auto parsed = parseOptions(args, options);
    if (!parsed)
        return usageError(command, parsed.error());
    if (!parsed->positionals().empty())
        return usageError(command, {ErrorCode::UsageWrong, "expected no films"});
    int failed = 0;
    for (const auto &file : listRecipes()) {
        const auto recipe = readRecipe(file);
        if (!recipe) {
            reportFailure(file.string(), recipe.error(), parsed->has("--json"));
            ++failed;
            continue;
        }
        if (parsed->has("--json"))
            printJson({{"name", recipe->name},
                       {"title", recipe->title},
                       {"description", recipe->description},
                       {"architecture", recipe->architecture},
                       {"size", recipe->stages.back().size},
                       {"file", file.string()},
                       {"history", Json::parse(recipe->history)}});
        else
            std::printf("%-24s %s\n%-24s %s\n", recipe->name.c_str(), recipe->title.c_str(), "",
                        recipe->description.c_str());
    }
    return failed == 0 ? exitDone : exitSomeFailed;
}

} // namespace hilum::cli
