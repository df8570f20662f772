// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Output.h"

#include <cstdio>

namespace hilum::cli {

void printJson(const Json &object)
{
    const std::string text = object.dump(-1, ' ', false, Json::error_handler_t::replace);
    std::fprintf(stdout, "%s\n", text.c_str());
    std::fflush(stdout);
}

Result<void> makeFolder(const std::filesystem::path &folder)
{
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    if (problem)
        return fail(ErrorCode::FileUnreadable,
                    folder.string() + ": expected a folder to write to: " + problem.message());
    return {};
}

void reportFailure(const std::string &film, const Error &error, bool asJson)
{
    if (asJson)
        printJson({{"film", film}, {"error", {{"code", errorName(error.code)}, {"message", error.detail}}}});
    // Details name the file already, where there is one.
    const bool isNamed = error.detail.starts_with(film);
    std::fprintf(stderr, "hilum-cli: %s%s%s\n", isNamed ? "" : film.c_str(), isNamed ? "" : ": ",
                 error.detail.c_str());
}

} // namespace hilum::cli
