// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/FilmReading.h"
#include "app/cli/Networks.h"
#include "app/cli/VerifyOutcome.h"

namespace hilum::cli {

namespace {

// Another number of threads adds up in another order.
constexpr double sameTo = 1e-5;

Json numbersOf(const FilmReport &report)
{
    Json networks = Json::object();
    for (std::size_t i = 0; i < report.networks.size(); ++i) {
        const ReportedNetwork &network = report.networks[i];
        Json classes = Json::object();
        for (const ReportedClass &one : network.classes)
            classes[one.label] = {{"probability", one.probability},
                                  {"low", one.band ? Json(one.band->low) : Json(nullptr)},
                                  {"high", one.band ? Json(one.band->high) : Json(nullptr)}};
        Json numbers{{"id", network.id}, {"weightsSha256", network.weightsSha256}, {"classes", classes}};
        if (network.heldOut)
            numbers["heldOut"] = {{"films", network.heldOut->films}, {"right", network.heldOut->right}};
        networks[std::to_string(i + 1)] = std::move(numbers);
    }
    return {{"refusal", report.refusal}, {"networks", networks}};
}

Result<std::filesystem::path> filmOf(const FilmReport &report, const std::filesystem::path &folder,
                                     const std::string &named)
{
    std::error_code code;
    for (const std::filesystem::path &place :
         {std::filesystem::path(named), std::filesystem::path(report.file), folder / report.name}) {
        if (!place.empty() && std::filesystem::is_regular_file(place, code))
            return place;
        if (place == named && !named.empty())
            return fail(ErrorCode::FileUnreadable, named + ": expected the film of the report, found none");
    }
    return fail(ErrorCode::UsageWrong,
                "expected --film FILM: the report does not tell where " + report.name + " lies");
}

} // namespace

Result<Outcome> verifyFilmReport(const std::filesystem::path &file, const std::string &film)
{
    const auto report = readFilmReport(file);
    if (!report)
        return tl::unexpected(report.error());
    const auto place = filmOf(*report, file.parent_path(), film);
    if (!place)
        return tl::unexpected(place.error());
    Outcome outcome;
    checkHash(*place, report->sha256, place->string(), outcome);
    FilmReadingRequest request;
    request.film = *place;
    request.frame = report->frame;
    request.isShownAnyway = report->isShownAnyway;
    std::vector<std::string> ids;
    for (const ReportedNetwork &network : report->networks)
        ids.push_back(network.id);
    auto packages = packagesNamed(ids);
    if (!packages)
        return tl::unexpected(packages.error());
    request.packages = std::move(*packages);
    const auto again = readForReport(request);
    if (!again)
        return tl::unexpected(again.error());
    compare("", numbersOf(*report), numbersOf(*again), sameTo, outcome);
    return outcome;
}

} // namespace hilum::cli
