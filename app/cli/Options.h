// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Options: the words of a command line, sorted into options and files.
//
//     constexpr OptionSpec specs[] = {{"--json", "", "one JSON object a line"},
//                                     {"--out", "FILE", "where to write", "-o"}};
//     const auto options = parseOptions(args, specs);
//     if (!options) return usageError(command, options.error());
//     if (options->has("--json")) ...
//
// Shape:   "--name value" and "--name=value"; an option given twice keeps both values; "--" ends
//          the options; all else are positionals, in order. --help is known to every command.
// Errors:  UsageWrong: an unknown option, a value missing or not wanted.
#pragma once

#include "core/base/Result.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hilum::cli {

struct OptionSpec {
    std::string_view name; // "--window"
    std::string_view value; // "C,W" in the help; empty for a flag
    std::string_view help;
    std::string_view shortName = {}; // "-o"
};

// A subcommand as its --help tells it.
struct CommandSpec {
    std::string_view name; // "render"
    std::string_view positionals; // "FILM..."
    std::string_view summary; // a sentence, or several lines
    std::span<const OptionSpec> options;
};

class Options {
public:
    bool has(std::string_view name) const { return m_values.find(name) != m_values.end(); }
    // The last value given; nothing when the option is absent.
    std::optional<std::string> value(std::string_view name) const;
    std::vector<std::string> values(std::string_view name) const;
    const std::vector<std::string> &positionals() const { return m_positionals; }

private:
    friend Result<Options> parseOptions(std::span<const std::string> args, std::span<const OptionSpec> specs);
    std::map<std::string, std::vector<std::string>, std::less<>> m_values;
    std::vector<std::string> m_positionals;
};

[[nodiscard]] Result<Options> parseOptions(std::span<const std::string> args,
                                           std::span<const OptionSpec> specs);

// Numbers in the C locale; UsageWrong names the option and what was found.
[[nodiscard]] Result<double> numberOption(std::string_view name, std::string_view text);
[[nodiscard]] Result<int> integerOption(std::string_view name, std::string_view text, int lowest,
                                        int highest);

[[nodiscard]] std::string helpText(const CommandSpec &command);
// Says on stderr what is wrong and where to read more; gives exitWrongUsage.
int usageError(const CommandSpec &command, const Error &error);
// When --help is among the words before "--": prints the help and gives true.
[[nodiscard]] bool answeredHelp(const CommandSpec &command, std::span<const std::string> args);

} // namespace hilum::cli
