// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Commands.h"

#include <algorithm>
#include <array>
#include <clocale>
#include <cstdio>
#include <string_view>
#include <vector>

namespace {

using namespace hilum::cli;

struct Command {
    std::string_view name;
    std::string_view summary;
    int (*run)(std::span<const std::string>);
};

constexpr std::array<Command, 23> commands{
    {{"info", "what a film holds", runInfo},
     {"render", "a film as a PNG picture", runRender},
     {"list", "the films of a DICOMDIR", runList},
     {"predict", "what a network says of films", runPredict},
     {"explain", "where a network looked", runExplain},
     {"compare", "what two networks say of the same films", runCompare},
     {"saw", "what a network saw of a film, step by step", runSaw},
     {"perturb", "how far a change of films moves what networks say", runPerturb},
     {"audit", "how a data set could fool a network", runAudit},
     {"train", "train a network", runTrain},
     {"prepare", "decode the films of a training once", runPrepare},
     {"recipes", "what train can train by name", runRecipes},
     {"crossvalidate", "train and score fold by fold", runCrossValidate},
     {"leaveoneout", "train without each source in turn", runLeaveOneOut},
     {"score", "the tables of held-out predictions", runScore},
     {"batch", "many films through networks, resumable and in shards", runBatch},
     {"evaluate", "how good networks are, as a report", runEvaluate},
     {"report", "one page on a film, as PDF, HTML and PNG", runReport},
     {"verify", "whether a report's numbers come out again", runVerify},
     {"gate", "which pictures are chest films", runGate},
     {"fitgate", "train the gate that refuses other pictures", runFitGate},
     {"fitband", "calibrate a network's uncertainty bands", runFitBand},
     {"models", "the model packages at hand; imports others", runModels}}};

void printHelp(std::FILE *stream)
{
    std::fputs("usage: hilum-cli COMMAND [options] [FILM...]\n\ncommands:\n", stream);
    for (const Command &command : commands)
        std::fprintf(stream, "  %-15s%s\n", std::string(command.name).c_str(),
                     std::string(command.summary).c_str());
    std::fputs("\nhilum-cli COMMAND --help tells more; --version tells the version.\n"
               "Exit code: 0 all done, 1 some input failed, 2 wrong usage.\n"
               "Not a medical device: not for diagnosis.\n",
               stream);
}

} // namespace

int main(int argc, char **argv)
{
    // File names may be of any language; numbers are always written as in C.
    std::setlocale(LC_CTYPE, "");
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.empty()) {
        printHelp(stderr);
        return exitWrongUsage;
    }
    if (words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
        printHelp(stdout);
        return exitDone;
    }
    if (words[0] == "--version") {
        std::puts("hilum-cli " HILUM_VERSION);
        return exitDone;
    }
    const auto found = std::ranges::find(commands, std::string_view(words[0]), &Command::name);
    if (found == commands.end()) {
        std::fprintf(stderr, "hilum-cli: unknown command \"%s\"; hilum-cli --help lists them.\n",
                     words[0].c_str());
        return exitWrongUsage;
    }
    return found->run(std::span(words).subspan(1));
}
