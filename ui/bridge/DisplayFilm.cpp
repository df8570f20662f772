// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/bridge/DisplayFilm.h"

#include "core/imaging/Colour.h"
#include "core/imaging/FrameStatistics.h"
#include "core/imaging/Samples.h"
#include "core/imaging/Window.h"
#include "ui/bridge/Convert.h"
#include "ui/bridge/Vectorised.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <span>
#include <type_traits>

namespace hilum::ui {

namespace {

using Codes = Plane<std::uint16_t>;

constexpr int quantisedSteps = 65535;

HILUM_VECTORISED void halveRows(const std::uint16_t *__restrict upper, const std::uint16_t *__restrict lower,
                                std::uint16_t *__restrict out, std::size_t pairs)
{
    for (std::size_t x = 0; x < pairs; ++x) {
        const unsigned sum = 2U + upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1];
        out[x] = static_cast<std::uint16_t>(sum / 4);
    }
}

Codes halved(const CodePlane &from)
{
    Codes to((from.width() + 1) / 2, (from.height() + 1) / 2);
    std::vector<std::uint16_t> upperRoom;
    std::vector<std::uint16_t> lowerRoom;
    for (int y = 0; y < to.height(); ++y) {
        const auto upper = from.row(2 * y, upperRoom);
        const auto lower = from.row(std::min(2 * y + 1, from.height() - 1), lowerRoom);
        const auto out = to.row(y);
        const std::size_t pairs = upper.size() / 2;
        halveRows(upper.data(), lower.data(), out.data(), pairs);
        if (pairs < out.size())
            out[pairs] = static_cast<std::uint16_t>((1U + upper[2 * pairs] + lower[2 * pairs]) / 2);
    }
    return to;
}

void addHalves(CodeLevels &levels)
{
    constexpr int smallestSide = 32;
    while (std::max(levels.back().front().width(), levels.back().front().height()) > smallestSide) {
        std::vector<CodePlane> next;
        for (const CodePlane &channel : levels.back())
            next.emplace_back(halved(channel));
        levels.push_back(std::move(next));
    }
}

// All overlays that the file shows on this frame, as one picture of where they cover the film.
CodeLevels overlayLevels(const Film &film, int frame)
{
    CodeLevels levels;
    constexpr std::uint16_t covered = 65535;
    Codes all;
    for (const OverlayPlane &overlay : film.overlays) {
        const int own = frame - overlay.firstFrame;
        const std::size_t size
            = static_cast<std::size_t>(overlay.rows) * static_cast<std::size_t>(overlay.columns);
        if (own < 0 || own >= overlay.frames
            || overlay.bits.size() < size * static_cast<std::size_t>(own + 1))
            continue;
        if (all.empty())
            all = Codes(film.columns, film.rows);
        const std::uint8_t *bits = overlay.bits.data() + size * static_cast<std::size_t>(own);
        const int right = std::min(overlay.columns, film.columns - overlay.left);
        for (int y = std::max(0, -overlay.top); y < std::min(overlay.rows, film.rows - overlay.top); ++y) {
            const std::uint8_t *from
                = bits + static_cast<std::size_t>(y) * static_cast<std::size_t>(overlay.columns);
            for (int x = std::max(0, -overlay.left); x < right; ++x) {
                if (from[x] != 0)
                    all.at(overlay.left + x, overlay.top + y) = covered;
            }
        }
    }
    if (!all.empty()) {
        levels.emplace_back().emplace_back(std::move(all));
        addHalves(levels);
    }
    return levels;
}

// Wider than 16 bits, or fractions: 65,536 steps of the range.
Codes quantised(DisplayFilm &display)
{
    const Plane<float> values = modalityValues(*display.film, display.frame);
    display.codesAreStored = false;
    display.first = display.range.low;
    display.step = std::max((display.range.high - display.range.low) / quantisedSteps, 1e-12);
    Codes codes(values.width(), values.height());
    std::ranges::transform(values.samples(), codes.samples().begin(), [&](float value) {
        const double code = (static_cast<double>(value) - display.first) / display.step;
        return static_cast<std::uint16_t>(
            std::isfinite(code) ? std::lround(std::clamp(code, 0.0, double(quantisedSteps))) : 0);
    });
    return codes;
}

CodePlane greyCodes(DisplayFilm &display)
{
    const Film &film = *display.film;
    std::optional<CodePlane> codes;
    visitFrame(film, display.frame, [&](auto samples) {
        using Sample = std::remove_const_t<typename decltype(samples)::element_type>;
        if constexpr (std::is_same_v<Sample, std::uint16_t> || std::is_same_v<Sample, std::uint8_t>) {
            codes.emplace(samples, film.columns, film.rows);
        } else if constexpr (std::is_integral_v<Sample> && sizeof(Sample) <= 2) {
            constexpr int lowest = std::numeric_limits<Sample>::min();
            display.first = lowest;
            Codes own(film.columns, film.rows);
            std::transform(samples.begin(), samples.end(), own.samples().begin(), [](Sample sample) {
                return static_cast<std::uint16_t>(static_cast<int>(sample) - lowest);
            });
            codes.emplace(std::move(own));
        }
    });
    return codes ? std::move(*codes) : CodePlane(quantised(display));
}

// Most chest films kept as JPEG or PNG have three equal channels; one is enough then.
std::vector<CodePlane> colourCodes(DisplayFilm &display)
{
    const Film &film = *display.film;
    display.codesAreStored = false;
    display.first = 0;
    display.step = colourFullScale(film) / 255;
    Codes red(film.columns, film.rows);
    const auto *bytes = std::get_if<std::vector<std::uint8_t>>(&film.samples);
    if (bytes && film.photometric == Photometric::Rgb && film.bitsStored == 8) {
        // Already what renderColour would make of them.
        const std::size_t pixels = film.pixelsPerFrame();
        const std::uint8_t *from = bytes->data() + 3 * pixels * static_cast<std::size_t>(display.frame);
        unsigned unequal = 0;
        for (std::size_t i = 0; i < pixels; ++i) {
            unequal |= static_cast<unsigned>(from[3 * i] ^ from[3 * i + 1])
                | static_cast<unsigned>(from[3 * i] ^ from[3 * i + 2]);
            red.samples()[i] = from[3 * i];
        }
        if (unequal == 0) {
            std::vector<CodePlane> one;
            one.push_back(CodePlane(std::move(red)));
            return one;
        }
    }
    const RgbImage rgb = renderColour(film, display.frame);
    const bool onlyGrey = std::ranges::all_of(rgb.samples(), [](const std::array<std::uint8_t, 3> &pixel) {
        return pixel[0] == pixel[1] && pixel[1] == pixel[2];
    });
    std::vector<CodePlane> channels;
    for (std::size_t c = 0; c < (onlyGrey ? 1U : 3U); ++c) {
        Codes codes(rgb.width(), rgb.height());
        std::ranges::transform(rgb.samples(), codes.samples().begin(),
                               [c](const auto &pixel) { return static_cast<std::uint16_t>(pixel[c]); });
        channels.emplace_back(std::move(codes));
    }
    return channels;
}

QString tr(const char *text) { return QCoreApplication::translate("DisplayFilm", text); }

std::vector<VoiPreset> presetsOf(const Film &film, const ValueRange &range, const Window &automaticWindow)
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
    const VoiPreset automatic{tr("Automatic (1st to 99th percentile)"), automaticWindow};
    // A colour film that holds only grey opens as renderColour shows it, without a window.
    if (film.isColour()) {
        const double scale = colourFullScale(film);
        return {{tr("As stored"), Window{scale / 2, scale, VoiFunction::LinearExact}}, full, automatic};
    }
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
    FrameStatistics found = frameStatistics(source, frame);
    display->range = found.range;
    display->histogram = std::move(found.histogram);
    if (source.isColour())
        display->levels.push_back(colourCodes(*display));
    else
        display->levels.emplace_back().push_back(greyCodes(*display));
    if (found.stored) {
        display->lowestCode = found.stored->low - static_cast<int>(display->first);
        display->highestCode = found.stored->high - static_cast<int>(display->first);
    } else {
        display->highestCode = source.isColour() ? 255 : quantisedSteps;
    }
    addHalves(display->levels);
    display->overlays = overlayLevels(source, frame);
    display->automatic = found.automatic;
    display->presets = presetsOf(source, display->range, found.automatic);
    return display;
}

namespace {

std::uint8_t pictureGrey(const DisplayFilm &film, const Voi &voi, bool inverted, int code)
{
    if (film.isColour())
        return static_cast<std::uint8_t>(inverted ? 255 - code : code);
    return greyOf(film.valueOf(code), voi, film.film->highIsBlack() != inverted);
}

bool isMonotone(const DisplayFilm &film, const Voi &voi)
{
    const auto *window = std::get_if<Window>(&voi);
    return window && window->function != VoiFunction::Sigmoid && !film.film->modalityTransform.table;
}

// Greys that only rise or only fall with the code change at most 255 times: the changes are found by
// bisection, so that a drag through 65,536 codes asks for a few thousand greys.
template <class Grey>
void fillMonotone(std::vector<std::uint8_t> &table, int low, int high, Grey greyAt)
{
    int from = low;
    while (from <= high) {
        const std::uint8_t grey = greyAt(from);
        int same = from; // known to be as grey
        int other = high + 1; // known not to be
        for (int stride = 1; same + stride < other; stride *= 2) {
            if (greyAt(same + stride) != grey) {
                other = same + stride;
                break;
            }
            same += stride;
        }
        while (other - same > 1) {
            const int middle = same + (other - same) / 2;
            (greyAt(middle) == grey ? same : other) = middle;
        }
        std::fill(table.begin() + from, table.begin() + other, grey);
        from = other;
    }
}

} // namespace

std::uint8_t shownGrey(const DisplayFilm &film, const Voi &voi, bool inverted, int code)
{
    if (film.codesAreStored && isPadding(*film.film, film.first + code))
        return 0;
    return pictureGrey(film, voi, inverted, code);
}

std::vector<std::uint8_t> greyTable(const DisplayFilm &film, const Voi &voi, bool inverted)
{
    std::vector<std::uint8_t> table(static_cast<std::size_t>(film.highestCode) + 1);
    const auto greyAt = [&](int code) { return pictureGrey(film, voi, inverted, code); };
    if (isMonotone(film, voi)) {
        fillMonotone(table, film.lowestCode, film.highestCode, greyAt);
    } else {
        for (int code = film.lowestCode; code <= film.highestCode; ++code)
            table[static_cast<std::size_t>(code)] = greyAt(code);
    }
    if (film.film->padding && film.codesAreStored) {
        const PixelPadding &padding = *film.film->padding;
        const double low = std::max<double>(padding.low - film.first, film.lowestCode);
        const double high = std::min<double>(padding.high - film.first, film.highestCode);
        for (double code = std::ceil(low); code <= high; ++code)
            table[static_cast<std::size_t>(code)] = 0;
    }
    return table;
}

std::size_t memoryOf(const DisplayFilm &film)
{
    std::size_t bytes = std::visit(
        [](const auto &samples) { return samples.size() * sizeof(samples.front()); }, film.film->samples);
    for (const CodeLevels *levels : {&film.levels, &film.overlays}) {
        for (const auto &level : *levels) {
            for (const CodePlane &channel : level)
                bytes += channel.ownBytes();
        }
    }
    return bytes;
}

QImage thumbnail(const DisplayFilm &film, int side)
{
    return thumbnail(film, side, film.presets.front().voi, false);
}

QImage thumbnail(const DisplayFilm &film, int side, const Voi &voi, bool inverted)
{
    const Film &source = *film.film;
    std::size_t level = 0;
    const auto longer = [&](std::size_t k) {
        const CodePlane &codes = film.levels[k].front();
        return std::max(codes.width(), codes.height());
    };
    while (level + 1 < film.levels.size() && longer(level + 1) >= side)
        ++level;
    const auto &channels = film.levels[level];
    const auto table = greyTable(film, voi, inverted);
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
