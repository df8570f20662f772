// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/VerifyOutcome.h"

#include "core/base/Sha256.h"

#include <algorithm>
#include <cmath>

namespace hilum::cli {

namespace {

bool isSame(const Json &a, const Json &b, double sameTo)
{
    if (a.is_number() && b.is_number()) {
        const auto first = a.get<double>();
        const auto second = b.get<double>();
        return std::abs(first - second) <= sameTo * std::max(1.0, std::abs(first));
    }
    return a == b;
}

} // namespace

void compare(const std::string &key, const Json &report, const Json &now, double sameTo, Outcome &outcome)
{
    if (report.is_object() && now.is_object()) {
        for (const auto &[name, value] : report.items())
            compare(key.empty() ? name : key + "." + name, value, now.contains(name) ? now[name] : Json(),
                    sameTo, outcome);
        for (const auto &[name, value] : now.items()) {
            if (!report.contains(name))
                outcome.different.push_back({key.empty() ? name : key + "." + name, Json(), value});
        }
        return;
    }
    if (report.is_array() && now.is_array() && report.size() == now.size()) {
        for (std::size_t i = 0; i < report.size(); ++i)
            compare(key + "[" + std::to_string(i) + "]", report[i], now[i], sameTo, outcome);
        return;
    }
    if (!isSame(report, now, sameTo))
        outcome.different.push_back({key, report, now});
    else
        outcome.reproduced += report.is_number() ? 1 : 0;
}

void checkHash(const std::filesystem::path &file, const std::string &expected, const std::string &name,
               Outcome &outcome)
{
    const auto hash = sha256OfFile(file);
    if (!hash)
        outcome.files.push_back(hash.error().detail);
    else if (*hash != expected)
        outcome.files.push_back(name + ": expected sha256 " + expected + ", found " + *hash);
}

} // namespace hilum::cli
