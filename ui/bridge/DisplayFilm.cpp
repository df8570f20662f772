// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/bridge/DisplayFilm.h"

#include "core/imaging/Colour.h"
#include "core/imaging/Samples.h"
#include "core/imaging/Window.h"
#include "ui/bridge/Convert.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <type_traits>

namespace hilum::ui {

namespace {

using Codes = Plane<std::uint16_t>;

Codes halved(const Codes &from)
{
    Codes to((from.width() + 1) / 2, (from.height() + 1) / 2);
    for (int y = 0; y < to.height(); ++y) {
        const auto upper = from.row(2 * y);
        const auto lower = from.row(std::min(2 * y + 1, from.height() - 1));
        const auto out = to.row(y);
        const std::size_t pairs = upper.size() / 2;
        for (std::size_t x = 0; x < pairs; ++x) {
            const unsigned sum = 2U + upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1];
            out[x] = static_cast<std::uint16_t>(sum / 4);
        }
        if (pairs < out.size())
            out[pairs] = static_cast<std::uint16_t>((1U + upper[2 * pairs] + lower[2 * pairs]) / 2);
    }
    return to;
}

void addHalves(DisplayFilm &display)
{
    constexpr int smallestSide = 32;
    while (std::max(display.levels.back().front().width(), display.levels.back().front().height())
           > smallestSide) {
        std::vector<Codes> next;
        for (const Codes &channel : display.levels.back())
            next.push_back(halved(channel));
        display.levels.push_back(std::move(next));
    }
}

// Wider than 16 bits, or fractions: 65,536 steps of the range.
Codes quantised(DisplayFilm &display)
{
    constexpr int steps = 65535;
    const Plane<float> values = modalityValues(*display.film, display.frame);
    display.codesAreStored = false;
    display.first = display.range.low;
    display.step = std::max((display.range.high - display.range.low) / steps, 1e-12);
    Codes codes(values.width(), values.height());
    std::ranges::transform(values.samples(), codes.samples().begin(), [&](float value) {
        const double code = (static_cast<double>(value) - display.first) / display.step;
        return static_cast<std::uint16_t>(
            std::isfinite(code) ? std::lround(std::clamp(code, 0.0, double(steps))) : 0);
    });
    return codes;
}

Codes greyCodes(DisplayFilm &display)
{
    Codes codes;
    visitFrame(*display.film, display.frame, [&](auto samples) {
        using Sample = std::remove_const_t<typename decltype(samples)::element_type>;
        if constexpr (std::is_integral_v<Sample> && sizeof(Sample) <= 2) {
            constexpr int lowest = std::numeric_limits<Sample>::min();
            display.first = lowest;
            codes = Codes(display.film->columns, display.film->rows);
            std::transform(samples.begin(), samples.end(), codes.samples().begin(), [](Sample sample) {
                return static_cast<std::uint16_t>(static_cast<int>(sample) - lowest);
            });
        }
    });
    return codes.empty() ? quantised(display) : codes;
}

std::vector<Codes> colourCodes(DisplayFilm &display)
{
    const RgbImage rgb = renderColour(*display.film, display.frame);
    display.codesAreStored = false;
    display.first = 0;
    display.step = colourFullScale(*display.film) / 255;
    // Most chest films kept as JPEG or PNG have three equal channels; one is enough then.
    const bool onlyGrey = std::ranges::all_of(rgb.samples(), [](const std::array<std::uint8_t, 3> &pixel) {
        return pixel[0] == pixel[1] && pixel[1] == pixel[2];
    });
    std::vector<Codes> channels(onlyGrey ? 1U : 3U, Codes(rgb.width(), rgb.height()));
    for (std::size_t c = 0; c < channels.size(); ++c)
        std::ranges::transform(rgb.samples(), channels[c].samples().begin(),
                               [c](const auto &pixel) { return static_cast<std::uint16_t>(pixel[c]); });
    return channels;
}

// As histogram(), from the codes: a count of each code first, so that a film of nine million pixels is
// walked once, without a copy of it in floats.
Histogram countedHistogram(const DisplayFilm &display)
{
    constexpr int bins = 256;
    std::vector<std::size_t> counts(std::size_t{65536});
    for (const std::uint16_t code : display.levels.front().front().samples())
        ++counts[code];
    Histogram result{display.range.low, display.range.high, std::vector<std::size_t>(bins)};
    const double span = result.high - result.low;
    for (int code = display.lowestCode; code <= display.highestCode; ++code) {
        if (counts[static_cast<std::size_t>(code)] == 0 || isPadding(*display.film, display.first + code))
            continue;
        const double bin = span > 0 ? std::floor((display.valueOf(code) - result.low) * bins / span) : 0;
        result.counts[static_cast<std::size_t>(std::clamp(bin, 0.0, bins - 1.0))]
            += counts[static_cast<std::size_t>(code)];
    }
    return result;
}

QString tr(const char *text) { return QCoreApplication::translate("DisplayFilm", text); }

std::vector<VoiPreset> presetsOf(const Film &film, const ValueRange &range, int frame)
{
    std::vector<VoiPreset> presets;
    const auto named = [](const std::string &explanation, const QString &otherwise) {
        return explanation.empty() ? otherwise : toText(explanation);
    };
    for (std::size_t i = 0; i < film.windows.size(); ++i) {
        const VoiWindow &window = film.windows[i];
        presets.push_back({named(window.explanation, tr("Film's window %1").arg(i + 1)),
                           Window{window.centre, window.width, window.function}});
    }
    for (std::size_t i = 0; i < film.voiTables.size(); ++i)
        presets.push_back(
            {named(film.voiTables[i].explanation, tr("Film's VOI table %1").arg(i + 1)), film.voiTables[i]});
    const double width = std::max(range.high - range.low, 1e-6);
    const VoiPreset full{tr("Full range"), Window{range.low + width / 2, width, VoiFunction::LinearExact}};
    const VoiPreset automatic{tr("Automatic (1st to 99th percentile)"), autoWindow(film, frame)};
    // As defaultVoi: without a word from the film it opens with its whole range.
    if (presets.empty())
        presets = {full, automatic};
    else
        presets.insert(presets.end(), {automatic, full});
    return presets;
}

} // namespace

double DisplayFilm::valueOf(int code) const
{
    return codesAreStored ? toModality(film->modalityTransform, first + code) : first + code * step;
}

DisplayFilmPtr makeDisplayFilm(FilmPtr film, int frame)
{
    auto display = std::make_shared<DisplayFilm>();
    display->film = std::move(film);
    display->frame = frame;
    const Film &source = *display->film;
    display->range = modalityRange(source, frame);
    std::vector<Codes> full;
    if (source.isColour())
        full = colourCodes(*display);
    else
        full.push_back(greyCodes(*display));
    int lowest = std::numeric_limits<std::uint16_t>::max();
    int highest = 0;
    for (const Codes &channel : full) {
        const auto [low, high] = std::ranges::minmax(channel.samples());
        lowest = std::min<int>(lowest, low);
        highest = std::max<int>(highest, high);
    }
    display->lowestCode = lowest;
    display->highestCode = highest;
    display->levels.push_back(std::move(full));
    display->histogram = display->codesAreStored ? countedHistogram(*display) : histogram(source, frame);
    addHalves(*display);
    display->presets = presetsOf(source, display->range, frame);
    return display;
}

std::vector<std::uint8_t> greyTable(const DisplayFilm &film, const Voi &voi, bool inverted)
{
    std::vector<std::uint8_t> table(static_cast<std::size_t>(film.highestCode) + 1);
    const bool highIsBlack = film.film->highIsBlack() != inverted;
    for (int code = film.lowestCode; code <= film.highestCode; ++code)
        table[static_cast<std::size_t>(code)] = greyOf(film.valueOf(code), voi, highIsBlack);
    return table;
}

std::size_t memoryOf(const DisplayFilm &film)
{
    std::size_t bytes = std::visit(
        [](const auto &samples) { return samples.size() * sizeof(samples.front()); }, film.film->samples);
    for (const auto &level : film.levels) {
        for (const Codes &channel : level)
            bytes += channel.samples().size_bytes();
    }
    return bytes;
}

QImage thumbnail(const DisplayFilm &film, int side)
{
    const Film &source = *film.film;
    std::size_t level = 0;
    const auto longer = [&](std::size_t k) {
        const Codes &codes = film.levels[k].front();
        return std::max(codes.width(), codes.height());
    };
    while (level + 1 < film.levels.size() && longer(level + 1) >= side)
        ++level;
    const auto &channels = film.levels[level];
    const auto table = greyTable(film, film.presets.front().voi, false);
    const int width = channels.front().width();
    const int height = channels.front().height();
    QImage image(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y) {
        auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = 0; x < width; ++x) {
            const auto grey
                = [&](std::size_t c) { return table[channels[std::min(c, channels.size() - 1)].at(x, y)]; };
            line[x] = qRgb(grey(0), grey(1), grey(2));
        }
    }
    const double shown = source.pixelAspect > 0 ? height * source.pixelAspect : height;
    const QSize size = QSizeF(width, shown).scaled(side, side, Qt::KeepAspectRatio).toSize();
    return image.scaled(size.expandedTo({1, 1}), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

Window asWindow(const Voi &voi)
{
    if (const auto *window = std::get_if<Window>(&voi))
        return *window;
    const auto &table = std::get<LookupTable>(voi);
    const double width = std::max<double>(1, static_cast<double>(table.entries.size()));
    return {table.firstInput + width / 2, width, VoiFunction::Linear};
}

} // namespace hilum::ui
