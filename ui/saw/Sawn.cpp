// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/saw/Sawn.h"

#include "ui/bridge/Convert.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <cmath>
#include <utility>

namespace hilum::ui {

namespace {

constexpr int pictureSide = 768; // of what is drawn: a card on a dense screen
constexpr std::size_t mostKeptValues = 1U << 20U; // of a plane; larger ones are asked of the film

QString tr(const char *text) { return QCoreApplication::translate("Sawn", text); }

} // namespace

std::optional<QPointF> Sawn::onStep(std::size_t step, QPointF filmPoint) const
{
    const SawnStep &one = steps[step];
    const auto point = pointOnStep(one.step, one.columns, one.rows, place, {filmPoint.x(), filmPoint.y()});
    return point ? std::optional(QPointF(point->x, point->y)) : std::nullopt;
}

QPointF Sawn::onFilm(std::size_t step, QPointF stepPoint) const
{
    const SawnStep &one = steps[step];
    const PlanePoint point
        = pointOnFilm(one.step, one.columns, one.rows, place, {stepPoint.x(), stepPoint.y()});
    return {point.x, point.y};
}

double Sawn::valueAt(std::size_t step, QPointF stepPoint) const
{
    return hilum::valueAt(film(), frame(), shown, steps[step].step, static_cast<int>(stepPoint.x()),
                          static_cast<int>(stepPoint.y()));
}

Result<SawnPtr> makeSawn(const SawRequest &request, const std::stop_token &stop)
{
    auto sawn = std::make_shared<Sawn>();
    sawn->request = request;
    const Film &film = sawn->film();
    if (request.look) {
        sawn->shown = FedShown{*request.look, std::make_shared<Film>(shownFilm(film, *request.look))};
        sawn->place.emplace(*request.look, film.columns, film.rows);
    }
    const auto done
        = visitInputSteps(film, sawn->frame(), request.card.input, sawn->shown, [&](InputStep &&step) {
              SawnStep made;
              made.columns = step.values.width();
              made.rows = step.values.height();
              made.picture = toImage(stepPicture(step, pictureSide));
              made.step = std::move(step);
              const bool isLarge = made.step.values.samples().size() > mostKeptValues;
              if (isLarge && made.step.kind <= InputStepKind::Crop)
                  made.step.values = {};
              sawn->steps.push_back(std::move(made));
              return !stop.stop_requested();
          });
    if (!done)
        return tl::unexpected(done.error());
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled, "another film was asked for");
    return sawn;
}

QString stepTitle(InputStepKind kind)
{
    switch (kind) {
    case InputStepKind::Decoded:
        return tr("Stored values");
    case InputStepKind::Modality:
        return tr("Modality values");
    case InputStepKind::Shown:
        return tr("What the view shows");
    case InputStepKind::Polarity:
        return tr("Bone bright");
    case InputStepKind::Crop:
        return tr("Crop");
    case InputStepKind::Resampled:
        return tr("Resampled");
    case InputStepKind::Equalised:
        return tr("Equalised");
    case InputStepKind::Channels:
        return tr("Channels");
    case InputStepKind::Standardised:
        break;
    }
    return tr("Network input");
}

QString stepSentence(const InputStep &step)
{
    static const QRegularExpression times(QStringLiteral("(?<=\\d) x (?=\\d)"));
    return toText(step.what).replace(times, QStringLiteral(" \u00d7 "));
}

QString stepValue(double value)
{
    if (value == std::round(value) && std::abs(value) < 1e7)
        return QString::number(value, 'f', 0).replace(QLatin1Char('-'), QChar(0x2212));
    const int digits = std::abs(value) >= 1000 ? 1 : std::abs(value) >= 100 ? 2 : 3;
    return QString::number(value, 'f', digits).replace(QLatin1Char('-'), QChar(0x2212));
}

QString stepNumbers(const SawnStep &step)
{
    const auto number = [](double value) { return stepValue(value); };
    return tr("%1 \u00d7 %2, %3 to %4, mean %5")
        .arg(step.columns)
        .arg(step.rows)
        .arg(number(static_cast<double>(step.step.low)), number(static_cast<double>(step.step.high)),
             number(step.step.mean));
}

} // namespace hilum::ui
