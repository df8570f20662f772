// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/lab/ShiftReport.h"

#include "core/report/Csv.h"

#include <nlohmann/json.hpp>

namespace hilum {

namespace {

using Json = nlohmann::ordered_json;

std::string nameOf(int label, const std::vector<std::string> &classes)
{
    return label < 0 ? std::string() : classes[static_cast<std::size_t>(label)];
}

Json jsonOf(const ShiftSummary &summary, const std::vector<std::string> &classes)
{
    Json shifts = Json::array();
    for (const ShiftDistribution &shift : summary.shifts)
        shifts.push_back({{"class", nameOf(shift.label, classes)},
                          {"mean", shift.mean},
                          {"interval", {shift.meanInterval.low, shift.meanInterval.high}},
                          {"lowest", shift.lowest},
                          {"quartile1", shift.quartile1},
                          {"median", shift.median},
                          {"quartile3", shift.quartile3},
                          {"highest", shift.highest}});
    return {{"films", summary.films},
            {"patients", summary.patients},
            {"otherCall", summary.otherCall},
            {"banded", summary.banded},
            {"outsideBand", summary.outsideBand},
            {"labelled", summary.labelled},
            {"rightBefore", summary.rightBefore},
            {"rightAfter", summary.rightAfter},
            {"shifts", shifts}};
}

} // namespace

std::string shiftJson(std::span<const ShiftedFilm> films, const std::vector<std::string> &classes)
{
    Json report{{"all", nullptr}, {"classes", Json::array()}};
    for (const ShiftSummary &summary : summarise(films, static_cast<int>(classes.size()))) {
        if (summary.truth < 0) {
            report["all"] = jsonOf(summary, classes);
            continue;
        }
        Json row{{"truth", nameOf(summary.truth, classes)}};
        row.update(jsonOf(summary, classes));
        report["classes"].push_back(row);
    }
    return report.dump();
}

std::string shiftTable(std::span<const ShiftedFilm> films, const std::vector<std::string> &classes,
                       const std::string &tailNames, const std::string &tail)
{
    std::string text = "film,group,source,truth,call_before,call_after,other_call,outside_band";
    for (const std::string &label : classes) {
        for (const char *what : {"before_", "after_", "shift_", "band_low_", "band_high_"})
            text += "," + csvField(what + label);
    }
    text += tailNames + "\n";
    for (const ShiftedFilm &film : films) {
        const int before = film.callBefore();
        const int after = film.callAfter();
        for (const std::string &field : {film.film, film.group, film.source, nameOf(film.truth, classes),
                                         nameOf(before, classes), nameOf(after, classes)})
            text += csvField(field) + ",";
        text += before != after ? "1," : "0,";
        if (!film.bands.empty())
            text += film.leavesBand(before) ? "1" : "0";
        for (std::size_t c = 0; c < classes.size(); ++c) {
            for (const double value : {film.before[c], film.after[c], film.shift(static_cast<int>(c))})
                text += "," + csvNumber(value);
            text += film.bands.empty()
                ? ",,"
                : "," + csvNumber(film.bands[c].low) + "," + csvNumber(film.bands[c].high);
        }
        text += tail + "\n";
    }
    return text;
}

} // namespace hilum
