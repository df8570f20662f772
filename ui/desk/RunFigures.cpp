// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desk/RunFigures.h"

#include "ui/bridge/Convert.h"
#include "ui/plots/PlotCsv.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace hilum::ui {

namespace {

// Okabe and Ito's, without those that stand for classes.
constexpr std::array<QRgb, 5> colours{0xffe69f00, 0xffcc79a7, 0xff4f9dde, 0xfff0e442, 0xffa8adb4};
constexpr int rawAlpha = 70;

QString tr(const char *text) { return QCoreApplication::translate("RunFigures", text); }

double valueOf(const EpochRecord &record, RunQuantity quantity)
{
    return quantity == RunQuantity::Loss    ? record.loss
        : quantity == RunQuantity::Accuracy ? record.accuracy
                                            : record.learningRate;
}

struct Series {
    std::vector<double> x;
    std::vector<double> y;
};

Series seriesOf(const TrainingHistory &history, RunQuantity quantity, bool validation)
{
    Series series;
    for (const EpochRecord &record : history.records) {
        const double value = valueOf(record, quantity);
        if ((record.split == "validation") == validation && std::isfinite(value)) {
            series.x.push_back(record.epoch);
            series.y.push_back(value);
        }
    }
    return series;
}

QString csvOf(const std::vector<DeskRun> &runs)
{
    QString text
        = QStringLiteral("run,epoch,split,loss,accuracy,auc,learning_rate,seconds,software,notice\n");
    for (const DeskRun &run : runs) {
        for (const EpochRecord &r : run.history.records) {
            QStringList row{csvField(run.name), QString::number(r.epoch), toText(r.split)};
            for (const double value : {r.loss, r.accuracy, r.auc, r.learningRate, r.seconds})
                row << csvValue(value);
            row << QStringLiteral("Hilum " HILUM_VERSION) << csvField(tr("For education, not for diagnosis"));
            text += row.join(QLatin1Char(',')) + QLatin1Char('\n');
        }
    }
    return text;
}

void addRun(const DeskRun &run, int place, RunQuantity quantity, const RunLook &look, CurveFigure &figure)
{
    for (const bool validation : {false, true}) {
        const bool isRate = quantity == RunQuantity::LearningRate;
        if (!validation && !look.withTraining && !isRate)
            continue;
        if (validation && isRate) // it is the same for both
            continue;
        const Series series = seriesOf(run.history, quantity, validation);
        if (series.x.empty())
            continue;
        FigureCurve curve;
        curve.colour = runColour(place);
        curve.style = validation || isRate ? Qt::SolidLine : Qt::DashLine;
        curve.width = validation ? 2 : 1.4;
        curve.x = series.x;
        curve.y = series.y;
        const bool isSmooth = look.smoothing > 0 && !isRate;
        if (isSmooth) {
            FigureCurve raw = curve;
            raw.isQuiet = true;
            raw.colour.setAlpha(rawAlpha);
            raw.width = 1;
            raw.style = Qt::SolidLine;
            figure.curves.push_back(std::move(raw));
            curve.y = smoothed(series.y, look.smoothing);
        }
        curve.name
            = isRate ? run.name : (validation ? tr("%1, validation") : tr("%1, training")).arg(run.name);
        if (series.x.size() == 1)
            curve.isDots = true;
        figure.curves.push_back(std::move(curve));
    }
}

void setRanges(RunQuantity quantity, const RunLook &look, CurveFigure &figure)
{
    double last = 1;
    double low = std::numeric_limits<double>::max();
    double high = 0;
    for (const FigureCurve &curve : figure.curves) {
        last = std::max(last, curve.x.back());
        for (const double y : curve.y) {
            high = std::max(high, y);
            if (y > 0)
                low = std::min(low, y);
        }
    }
    figure.xLow = 1;
    figure.xHigh = std::max(2.0, last);
    figure.isLogX = look.isLogEpochs;
    figure.isLogY
        = quantity == RunQuantity::LearningRate || (quantity == RunQuantity::Loss && look.isLogLoss);
    if (figure.isLogY) {
        figure.yLow = low < high ? low / 1.3 : high / 3;
        figure.yHigh = high * 1.3;
    } else if (quantity == RunQuantity::Accuracy) {
        figure.yLow = std::max(0.0, std::min(0.5, std::floor(low * 10) / 10));
        figure.yHigh = 1;
    } else {
        figure.yLow = 0;
        figure.yHigh = high * 1.05;
    }
}

} // namespace

QColor runColour(int place) { return QColor(colours[static_cast<std::size_t>(place) % colours.size()]); }

std::vector<double> smoothed(const std::vector<double> &values, double smoothing)
{
    std::vector<double> made;
    double sum = 0;
    double weight = 0;
    for (const double value : values) {
        sum = smoothing * sum + (1 - smoothing) * value;
        weight = smoothing * weight + (1 - smoothing);
        made.push_back(sum / weight);
    }
    return made;
}

int bestEpoch(const TrainingHistory &history)
{
    int best = 0;
    double least = std::numeric_limits<double>::max();
    for (const EpochRecord &record : history.records) {
        if (record.split == "validation" && record.loss < least) {
            least = record.loss;
            best = record.epoch;
        }
    }
    return best;
}

int stoppingEpoch(const TrainingHistory &history, int patience)
{
    double least = std::numeric_limits<double>::max();
    int since = 0;
    for (const EpochRecord &record : history.records) {
        if (record.split != "validation")
            continue;
        since = record.loss < least ? 0 : since + 1;
        least = std::min(least, record.loss);
        if (patience > 0 && since >= patience)
            return record.epoch;
    }
    return 0;
}

CurveFigure runFigure(const std::vector<DeskRun> &runs, RunQuantity quantity, const RunLook &look)
{
    CurveFigure figure;
    figure.title = quantity == RunQuantity::Loss ? tr("Loss (cross-entropy, nats)")
        : quantity == RunQuantity::Accuracy      ? tr("Accuracy")
                                                 : tr("Learning rate");
    figure.meaning
        = tr("Each run in its colour: validation solid, training dashed. The ring is the epoch of the "
             "least validation loss, the dashed line where early stopping would have ended the run.");
    figure.nothing = tr("No run is chosen, or none has a history.");
    figure.x = tr("epoch");
    figure.isWholeX = true;
    figure.csv = csvOf(runs);
    for (int i = 0; i < static_cast<int>(runs.size()); ++i) {
        if (runs[static_cast<std::size_t>(i)].isShown)
            addRun(runs[static_cast<std::size_t>(i)], i, quantity, look, figure);
    }
    if (figure.curves.empty())
        return figure;
    setRanges(quantity, look, figure);
    figure.sentence = [curves = figure.curves, title = figure.title](int curve, int point) {
        const FigureCurve &one = curves[static_cast<std::size_t>(curve)];
        return tr("%1\nepoch %2: %3")
            .arg(one.name, QString::number(one.x[static_cast<std::size_t>(point)]),
                 QString::number(one.y[static_cast<std::size_t>(point)], 'g', 5));
    };
    return figure;
}

std::vector<FigureMark> runMarks(const std::vector<DeskRun> &runs, RunQuantity quantity, const RunLook &look)
{
    std::vector<FigureMark> marks;
    int row = 0;
    for (int i = 0; i < static_cast<int>(runs.size()); ++i) {
        const DeskRun &run = runs[static_cast<std::size_t>(i)];
        if (!run.isShown || quantity == RunQuantity::LearningRate)
            continue;
        const int best = bestEpoch(run.history);
        for (const EpochRecord &record : run.history.records) {
            if (record.epoch == best && record.split == "validation")
                marks.push_back({static_cast<double>(best), valueOf(record, quantity),
                                 quantity == RunQuantity::Loss ? tr("best, %1").arg(best) : QString(), false,
                                 runColour(i)});
        }
        if (const int stop = stoppingEpoch(run.history, look.patience); stop > 0)
            marks.push_back(
                {static_cast<double>(stop), 0.02 + 0.08 * row++,
                 quantity == RunQuantity::Loss ? tr("%1 stops, %2").arg(run.name).arg(stop) : QString(), true,
                 runColour(i)});
    }
    return marks;
}

} // namespace hilum::ui
