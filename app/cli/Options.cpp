// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Options.h"

#include "app/cli/Commands.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

namespace hilum::cli {

namespace {

constexpr OptionSpec helpOption{"--help", "", "this text", "-h"};

const OptionSpec *findSpec(std::string_view name, std::span<const OptionSpec> specs)
{
    const auto matches = [&](const OptionSpec &spec) { return spec.name == name || spec.shortName == name; };
    const auto found = std::ranges::find_if(specs, matches);
    if (found != specs.end())
        return &*found;
    return matches(helpOption) ? &helpOption : nullptr;
}

} // namespace

std::optional<std::string> Options::value(std::string_view name) const
{
    const auto found = m_values.find(name);
    return found == m_values.end() || found->second.empty() ? std::nullopt
                                                            : std::optional(found->second.back());
}

std::vector<std::string> Options::values(std::string_view name) const
{
    const auto found = m_values.find(name);
    return found == m_values.end() ? std::vector<std::string>{} : found->second;
}

Result<Options> parseOptions(std::span<const std::string> args, std::span<const OptionSpec> specs)
{
    Options options;
    bool areOptionsOver = false;
    for (std::size_t i = 0; i < args.size(); ++i) {
        const std::string_view word = args[i];
        if (areOptionsOver || word.size() < 2 || word.front() != '-') {
            options.m_positionals.emplace_back(word);
            continue;
        }
        if (word == "--") {
            areOptionsOver = true;
            continue;
        }
        const std::size_t equals = word.starts_with("--") ? word.find('=') : std::string_view::npos;
        const OptionSpec *spec = findSpec(word.substr(0, equals), specs);
        if (spec == nullptr)
            return fail(ErrorCode::UsageWrong, "unknown option " + std::string(word));
        auto &values = options.m_values[std::string(spec->name)];
        if (spec->value.empty()) {
            if (equals != std::string_view::npos)
                return fail(ErrorCode::UsageWrong, std::string(spec->name) + " takes no value");
        } else if (equals != std::string_view::npos) {
            values.emplace_back(word.substr(equals + 1));
        } else if (i + 1 < args.size()) {
            values.push_back(args[++i]);
        } else {
            return fail(ErrorCode::UsageWrong,
                        std::string(spec->name) + " wants " + std::string(spec->value));
        }
    }
    return options;
}

Result<double> numberOption(std::string_view name, std::string_view text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return fail(ErrorCode::UsageWrong,
                    std::string(name) + ": expected a number, found \"" + std::string(text) + "\"");
    return value;
}

Result<int> integerOption(std::string_view name, std::string_view text, int lowest, int highest)
{
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < lowest || value > highest)
        return fail(ErrorCode::UsageWrong,
                    std::string(name) + ": expected a whole number from " + std::to_string(lowest) + " to "
                        + std::to_string(highest) + ", found \"" + std::string(text) + "\"");
    return value;
}

std::string helpText(const CommandSpec &command)
{
    std::string text = "usage: hilum-cli " + std::string(command.name) + " [options]";
    if (!command.positionals.empty())
        text += " " + std::string(command.positionals);
    text += "\n\n" + std::string(command.summary) + "\n\noptions:\n";
    const auto addLine = [&](const OptionSpec &spec) {
        std::string left = "  ";
        if (!spec.shortName.empty())
            left += std::string(spec.shortName) + ", ";
        left += spec.name;
        if (!spec.value.empty())
            left += " " + std::string(spec.value);
        left.resize(std::max<std::size_t>(left.size() + 2, 24), ' ');
        text += left + std::string(spec.help) + "\n";
    };
    std::ranges::for_each(command.options, addLine);
    addLine(helpOption);
    return text;
}

int usageError(const CommandSpec &command, const Error &error)
{
    std::fprintf(stderr, "hilum-cli %s: %s\nhilum-cli %s --help says how it is used.\n",
                 std::string(command.name).c_str(), error.detail.c_str(), std::string(command.name).c_str());
    return exitWrongUsage;
}

bool answeredHelp(const CommandSpec &command, std::span<const std::string> args)
{
    const auto end = std::ranges::find(args, "--");
    const bool isAsked = std::any_of(args.begin(), end, [](const std::string &word) {
        return word == helpOption.name || word == helpOption.shortName;
    });
    if (isAsked)
        std::fputs(helpText(command).c_str(), stdout);
    return isAsked;
}

} // namespace hilum::cli
