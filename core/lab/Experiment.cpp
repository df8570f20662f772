// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/lab/Experiment.h"

#include "core/base/Shelf.h"
#include "core/report/KeyReader.h"

#include <fstream>
#include <sstream>

namespace hilum {

namespace {

const Shelf shelf{"HILUM_EXPERIMENTS", "experiments", "experiment"};

constexpr std::array<std::pair<std::string_view, LungPart>, 2> lungParts{
    {{"lungs", LungPart::Lungs}, {"all-but-lungs", LungPart::AllButLungs}}};
constexpr std::array<std::pair<std::string_view, FlipAxis>, 2> flipAxes{
    {{"left-right", FlipAxis::LeftRight}, {"up-down", FlipAxis::UpDown}}};

using Kinds = std::array<std::pair<std::string_view, std::size_t>, std::variant_size_v<FilmChange>>;
constexpr Kinds kinds{{{"rectangle", 0},
                       {"brush", 1},
                       {"lungs", 2},
                       {"border", 3},
                       {"corners", 4},
                       {"text", 5},
                       {"window", 6},
                       {"gamma", 7},
                       {"invert", 8},
                       {"rotate", 9},
                       {"flip", 10},
                       {"blur", 11},
                       {"noise", 12},
                       {"jpeg", 13},
                       {"resolution", 14},
                       {"stretch", 15},
                       {"squeeze", 16},
                       {"brightness", 17}}}; // by their place in the variant

// Both ways at once: `keys` is a KeyReader or a KeyWriter.

template <class Keys>
void cover(Keys &keys, double &grey)
{
    keys.number("grey", grey, 0, 1);
}
template <class Keys>
void cover(Keys &keys, double &grey, double &opacity)
{
    keys.number("grey", grey, 0, 1);
    keys.number("opacity", opacity, 0, 1);
}
template <class Keys>
void visit(Keys &keys, LabPoint &p)
{
    keys.number("x", p.x, -10, 10);
    keys.number("y", p.y, -10, 10);
}
template <class Keys>
void visit(Keys &keys, CoverRectangle &c)
{
    keys.number("left", c.left, -10, 10);
    keys.number("top", c.top, -10, 10);
    keys.number("width", c.width, 0, 20);
    keys.number("height", c.height, 0, 20);
    cover(keys, c.grey, c.opacity);
}
template <class Keys>
void visit(Keys &keys, CoverBrush &c)
{
    keys.number("diameter", c.diameter, 0.001, 1);
    cover(keys, c.grey, c.opacity);
    keys.objects("points", c.points, [](auto &inner, LabPoint &point) { visit(inner, point); });
}
template <class Keys>
void visit(Keys &keys, CoverLungs &c)
{
    keys.choice("part", c.part, lungParts);
    cover(keys, c.grey, c.opacity);
}
template <class Keys>
void visit(Keys &keys, CoverBorder &c)
{
    keys.number("depth", c.depth, 0, 0.5);
    cover(keys, c.grey);
}
template <class Keys>
void visit(Keys &keys, CoverCorners &c)
{
    keys.number("size", c.size, 0, 0.5);
    cover(keys, c.grey);
}
template <class Keys>
void visit(Keys &keys, PasteText &c)
{
    keys.text("text", c.text);
    keys.number("x", c.place.x, -10, 10);
    keys.number("y", c.place.y, -10, 10);
    keys.number("height", c.place.height, 0, 1);
    cover(keys, c.grey);
}
template <class Keys>
void visit(Keys &keys, ChangeWindow &c)
{
    keys.number("centre", c.centre, -1, 2);
    keys.number("width", c.width, 0.01, 4);
}
template <class Keys>
void visit(Keys &keys, ChangeGamma &c)
{
    keys.number("gamma", c.gamma, 0.1, 10);
}
template <class Keys>
void visit(Keys &keys, EvenBrightness &c)
{
    keys.number("mean", c.mean, 0.01, 0.99);
    keys.number("strength", c.strength, 0, 1);
}
template <class Keys>
void visit(Keys &keys, Rotate &c)
{
    keys.number("degrees", c.degrees, -180, 180);
}
template <class Keys>
void visit(Keys &keys, Flip &c)
{
    keys.choice("axis", c.axis, flipAxes);
}
template <class Keys>
void visit(Keys &keys, Blur &c)
{
    keys.number("radius", c.radius, 0, 0.2);
}
template <class Keys>
void visit(Keys &keys, AddNoise &c)
{
    keys.number("deviation", c.deviation, 0, 1);
    keys.seed("seed", c.seed);
}
template <class Keys>
void visit(Keys &keys, StoreAsJpeg &c)
{
    keys.whole("quality", c.quality, 1, 100);
}
template <class Keys>
void visit(Keys &keys, StoreSmaller &c)
{
    keys.whole("side", c.side, 8, 100000);
}
template <class Keys>
void visit(Keys &keys, Stretch &c)
{
    keys.number("factor", c.factor, 0.25, 4);
}
template <class Keys>
void visit(Keys &, Invert &)
{
}
template <class Keys>
void visit(Keys &, SqueezeToSquare &)
{
}

void readChange(KeyReader &keys, FilmChange &change)
{
    std::size_t kind = kinds.size();
    keys.choice("change", kind, kinds);
    if (kind == kinds.size())
        return keys.wrong("change", "the name of a change", "nothing");
    change = everyChange()[kind];
    std::visit([&](auto &inner) { visit(keys, inner); }, change);
    if (const auto *text = std::get_if<PasteText>(&change); text != nullptr && !isMarkerText(text->text))
        keys.wrong("text", markerTextRule, "\"" + text->text + "\"");
}

template <std::size_t... index>
std::vector<FilmChange> oneOfEach(std::index_sequence<index...>)
{
    return {FilmChange(std::in_place_index<index>)...};
}

} // namespace

std::string changeName(const FilmChange &change) { return std::string(kinds[change.index()].first); }

const std::vector<FilmChange> &everyChange()
{
    static const std::vector<FilmChange> all
        = oneOfEach(std::make_index_sequence<std::variant_size_v<FilmChange>>());
    return all;
}

Result<Experiment> experimentFromJson(const std::string &text, const std::string &where)
{
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object())
        return fail(ErrorCode::UsageWrong,
                    where + ": expected a JSON object, found "
                        + (json.is_discarded() ? "text that is no JSON" : json.type_name()));
    Experiment experiment;
    KeyReader reader(where, "", json, {});
    int schema = 1;
    reader.whole("schemaVersion", schema, 1, 1);
    reader.text("name", experiment.name);
    reader.text("title", experiment.title);
    reader.text("description", experiment.description);
    reader.objects("changes", experiment.changes,
                   [](KeyReader &keys, FilmChange &change) { readChange(keys, change); });
    if (experiment.changes.empty())
        reader.wrong("changes", "a list of objects", "nothing");
    reader.finish();
    if (reader.error())
        return tl::unexpected(*reader.error());
    return experiment;
}

std::string experimentToJson(const Experiment &experiment)
{
    KeyWriter writer;
    writer.whole("schemaVersion", 1, 1, 1);
    writer.text("name", experiment.name);
    writer.text("title", experiment.title);
    writer.text("description", experiment.description);
    std::vector<FilmChange> changes = experiment.changes; // visit takes what it may change
    writer.objects("changes", changes, [](KeyWriter &keys, FilmChange &change) {
        keys.text("change", changeName(change));
        std::visit([&](auto &inner) { visit(keys, inner); }, change);
    });
    return writer.json().dump(2) + "\n";
}

Result<Experiment> readExperiment(const std::filesystem::path &file)
{
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    if (in)
        text << in.rdbuf();
    if (!in)
        return fail(ErrorCode::FileUnreadable, file.string() + ": can't be opened for reading");
    auto experiment = experimentFromJson(text.str(), file.string());
    if (experiment && experiment->name.empty())
        experiment->name = file.stem().string();
    return experiment;
}

Result<void> writeExperiment(const Experiment &experiment, const std::filesystem::path &file)
{
    std::ofstream out(file, std::ios::binary);
    out << experimentToJson(experiment);
    out.close();
    if (!out)
        return fail(ErrorCode::FileUnreadable, file.string() + ": can't be written");
    return {};
}

std::vector<std::filesystem::path> listExperiments() { return filesOn(shelf); }

Result<std::filesystem::path> findExperiment(const std::string &nameOrFile)
{
    return findOn(shelf, nameOrFile);
}

} // namespace hilum
