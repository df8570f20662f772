// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/predict/TrustPanel.h"

#include "ui/bridge/Convert.h"
#include "ui/bridge/Labels.h"
#include "ui/plots/ClassNames.h"
#include "ui/plots/HidingPlot.h"
#include "ui/predict/LungRow.h"
#include "ui/predict/ReadingText.h"
#include "ui/session/ReadingSession.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace hilum::ui {

TrustPanel::TrustPanel(ReadingSession &readings, MapSession &maps, TrustSession &trust, LungMasks &lungs,
                       QWidget *parent)
    : QWidget(parent)
    , m_readings(readings)
    , m_maps(maps)
    , m_trust(trust)
    , m_lungs(lungs)
{
    setAccessibleName(tr("Trust"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_verdict = wrappedLabel(this, "strong");
    m_verdict->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_what = wrappedLabel(this, "muted");
    layout->addWidget(m_verdict);
    layout->addWidget(m_what);
    auto *work = new QHBoxLayout;
    work->setSpacing(8);
    m_progress = new QProgressBar(this);
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("How far the measurement is"));
    m_word = new QPushButton(this);
    work->addWidget(m_progress, 100);
    work->addWidget(m_word);
    work->addStretch();
    layout->addLayout(work);

    m_findings = new QWidget(this);
    auto *findings = new QVBoxLayout(m_findings);
    findings->setContentsMargins(0, 0, 0, 0);
    findings->setSpacing(8);
    auto *choices = new QHBoxLayout;
    choices->setSpacing(8);
    const auto chooser = [&](const QString &spoken, std::initializer_list<QString> words) {
        auto *box = new QComboBox(m_findings);
        box->setFocusPolicy(Qt::StrongFocus);
        box->setAccessibleName(spoken);
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(10);
        for (const QString &word : words)
            box->addItem(word);
        choices->addWidget(box, 1);
        connect(box, &QComboBox::activated, this, &TrustPanel::showAll);
        return box;
    };
    m_test = chooser(tr("Hide or show the strongest first"), {tr("strongest hidden"), tr("strongest shown")});
    m_filling = chooser(tr("What stands where the film is hidden"),
                        {tr("behind its mean grey"), tr("behind black"), tr("behind a blurred film")});
    findings->addLayout(choices);
    m_plot = new HidingPlot(m_findings);
    findings->addWidget(m_plot);
    auto *grid = new QGridLayout;
    makeTable(*grid);
    findings->addLayout(grid);
    m_facts = wrappedLabel(m_findings, "small");
    findings->addWidget(m_facts);
    layout->addWidget(m_findings);
    m_lungRow = new LungRow(lungs, tr("Heat inside the lungs"), this);
    layout->addWidget(m_lungRow);

    connect(m_lungRow, &LungRow::chooseRequested, this, &TrustPanel::lungsWanted);
    connect(&lungs, &LungMasks::changed, this, &TrustPanel::showLungs);
    connect(m_word, &QPushButton::clicked, this, [this] {
        if (m_trust.isMeasuring())
            m_trust.stop();
        else
            m_trust.measure();
    });
    connect(m_plot, &PlotSurface::saveFailed, this, &TrustPanel::saveFailed);
    connect(&trust, &TrustSession::changed, this, &TrustPanel::showAll);
    connect(&trust, &TrustSession::progressed, this, &TrustPanel::showProgress);
    showAll();
}

void TrustPanel::makeTable(QGridLayout &grid)
{
    grid.setHorizontalSpacing(8);
    grid.setVerticalSpacing(4);
    grid.setColumnStretch(0, 1);
    const QString heads[] = {tr("this map"), tr("random"), tr("edges")};
    const QString rows[] = {tr("Area, hidden"), tr("Area, shown"), tr("Shown less hidden"), QString()};
    const QString tips[] = {tr("Area under the probability while the strongest is hidden first: lower is "
                               "better. Mean of the three fillings."),
                            tr("Area under the probability while the strongest is shown first: higher is "
                               "better. Mean of the three fillings."),
                            tr("Higher is better. A map that is no higher than channels added at random or "
                               "than edges says nothing on this film."),
                            tr("The share of the heat that lies in the lungs. Heat spread evenly would have "
                               "as much there as they take of the area.")};
    for (int column = 0; column < 3; ++column) {
        auto *head = new QLabel(heads[column], m_findings);
        head->setProperty("role", QStringLiteral("muted"));
        grid.addWidget(head, 0, column + 1, Qt::AlignRight);
    }
    for (int row = 0; row < 4; ++row) {
        auto *name = new QLabel(rows[row], m_findings);
        m_inLungs = name;
        name->setToolTip(tips[row]);
        grid.addWidget(name, row + 1, 0);
        for (int column = 0; column < 3; ++column) {
            m_cells[row][column] = new QLabel(m_findings);
            m_cells[row][column]->setToolTip(tips[row]);
            grid.addWidget(m_cells[row][column], row + 1, column + 1, Qt::AlignRight);
        }
    }
}

void TrustPanel::setTheme(const PlotTheme &theme) { m_plot->setTheme(theme); }

QString TrustPanel::invitation() const
{
    if (m_trust.isMeasuring())
        return tr(
            "Hiding and showing the film piece by piece, making weights random, nudging the film\u2026");
    if (const auto error = m_trust.error())
        return tr("Not measured: %1").arg(toText(error->detail));
    const auto map = m_maps.currentMap();
    if (!map)
        return tr("There is no map to measure yet.");
    if (m_readings.fedLook())
        return tr(
            "The networks are fed what the view shows: only maps of the film's own values are measured.");
    if (map->sign != MapSign::Positive)
        return tr("Only a map of what speaks for the class can be measured.");
    if (!map->hasEvidence())
        return tr("The map is empty: there is nothing to measure.");
    QString text = tr("Does the network need what the map marks? Would an edge detector mark the same? "
                      "Measured by some 400 readings of this film.");
    if (factsOf(map->method).readsManyTimes)
        text += QLatin1Char(' ') + tr("This method has to make its map seven times more: it takes minutes.");
    return text;
}

void TrustPanel::showProgress()
{
    const bool isMeasuring = m_trust.isMeasuring();
    m_progress->setVisible(isMeasuring);
    m_progress->setValue(static_cast<int>(std::lround(1000 * m_trust.progress())));
    m_word->setVisible(isMeasuring || (m_trust.quality() == nullptr && m_trust.canMeasure()));
    m_word->setText(isMeasuring ? tr("Stop") : tr("Measure"));
}

void TrustPanel::showAll()
{
    showProgress();
    showLungs();
    const MapQuality *quality = m_trust.quality();
    m_findings->setVisible(quality != nullptr);
    m_verdict->setVisible(quality != nullptr);
    m_what->setVisible(quality == nullptr);
    m_what->setText(invitation());
    if (quality == nullptr)
        return;
    m_verdict->setText(toText(verdictOf(*quality)));
    showCurves(*quality);
    showTable(*quality);
    showFacts(*quality);
}

void TrustPanel::showCurves(const MapQuality &quality)
{
    const bool shows = m_test->currentIndex() == 1;
    const auto filling = static_cast<std::size_t>(std::max(0, m_filling->currentIndex()));
    std::vector<NamedHiding> curves;
    const auto add = [&](const QString &name, const HidingTest &test, bool isNull) {
        const auto &ways = shows ? test.insertion : test.deletion;
        if (filling < ways.size())
            curves.push_back({name, ways[filling], isNull});
    };
    add(tr("this map"), quality.hiding, false);
    add(tr("random"), quality.random, true);
    add(tr("edges"), quality.sobel, true);
    m_plot->setCurves(tr("probability of %1").arg(classTitle(m_readings.mapClass())), shows,
                      std::move(curves));
    const auto &networks = m_readings.networks();
    const auto network = static_cast<std::size_t>(m_readings.mapNetwork());
    const auto map = m_maps.currentMap();
    if (network < networks.size() && map) {
        const ModelCard &card = networks[network].package.card;
        m_plot->setProvenance(QStringLiteral("%1, %2 %3 %4")
                                  .arg(toText(factsOf(map->method).title), toText(card.id),
                                       toText(card.version), toText(card.weightsSha256.substr(0, 12))));
    }
}

void TrustPanel::showTable(const MapQuality &quality)
{
    const HidingTest *tests[] = {&quality.hiding, &quality.random, &quality.sobel};
    for (int column = 0; column < 3; ++column) {
        m_cells[0][column]->setText(twoDecimals(meanArea(tests[column]->deletion)));
        m_cells[1][column]->setText(twoDecimals(meanArea(tests[column]->insertion)));
        m_cells[2][column]->setText(twoDecimals(tests[column]->score()));
    }
}

void TrustPanel::showLungs()
{
    const auto map = m_maps.currentMap();
    const LungMasks::Mask mask = m_lungs.mask();
    const MapQuality *quality = m_trust.quality();
    std::optional<LungShares> shares;
    if (map && mask && map->sign == MapSign::Positive)
        shares = lungShares(*mask, *map, quality != nullptr ? quality->nulls : NullMaps());
    m_lungRow->setVisible(m_readings.film() != nullptr);
    m_lungRow->setShares(shares);
    m_inLungs->setVisible(shares.has_value());
    if (shares)
        m_inLungs->setText(tr("In the lungs (area %1)").arg(twoDecimals(shares->area)));
    const std::optional<double> values[]
        = {shares ? std::optional(shares->heat) : std::nullopt, shares ? shares->random : std::nullopt,
           shares ? shares->sobel : std::nullopt};
    for (int column = 0; column < 3; ++column) {
        m_cells[3][column]->setVisible(shares.has_value());
        m_cells[3][column]->setText(values[column] ? twoDecimals(*values[column]) : QString());
    }
}

void TrustPanel::showFacts(const MapQuality &quality)
{
    QStringList lines;
    if (!quality.randomisation.empty()) {
        QStringList steps;
        for (const RandomisationStep &step : quality.randomisation)
            steps << tr("%1 %2").arg(toText(step.down), twoDecimals(step.correlation));
        lines << tr("Rank correlation with the map once the weights are random from the head down to: %1. "
                    "It should fall to nothing (\u2013: no map is left).")
                     .arg(steps.join(QStringLiteral(", ")));
    }
    lines << tr("Rank correlation under slight noise %1, under slight shifts %2. It should stay near 1.")
                 .arg(twoDecimals(quality.repeatability.noise), twoDecimals(quality.repeatability.shift));
    const auto other = m_trust.other();
    if (quality.agreement && other)
        lines << tr("With the map by %1: overlap of the strongest fifths %2, rank correlation %3.")
                     .arg(toText(m_readings.networks()[static_cast<std::size_t>(*other)].package.card.title),
                          twoDecimals(quality.agreement->overlap),
                          twoDecimals(quality.agreement->correlation));
    m_facts->setText(lines.join(QLatin1Char('\n')));
}

} // namespace hilum::ui
