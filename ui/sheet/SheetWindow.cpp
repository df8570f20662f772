// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sheet/SheetWindow.h"

#include "core/explain/MapQuality.h"
#include "core/explain/OfferedMethods.h"
#include "ui/bridge/Convert.h"
#include "ui/bridge/Lanes.h"
#include "ui/bridge/Task.h"
#include "ui/plots/ClassNames.h"
#include "ui/predict/ReadingText.h"
#include "ui/session/EpochService.h"
#include "ui/session/FilmSession.h"
#include "ui/session/ReadingSession.h"
#include "ui/sheet/SheetView.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace hilum::ui {

namespace {

constexpr int pictureSide = 1024; // more than a third of any screen

} // namespace

SheetWindow::SheetWindow(Lanes &lanes, std::shared_ptr<NetworkService> service, FilmSession &films,
                         ReadingSession &readings, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_lanes(lanes)
    , m_epochService(std::dynamic_pointer_cast<EpochService>(service))
    , m_films(films)
    , m_readings(readings)
    , m_session(lanes, std::move(service), readings)
    , m_networkRow(new QHBoxLayout)
    , m_epochs(new QToolButton(this))
    , m_epochMenu(new QMenu(m_epochs))
    , m_class(new QComboBox(this))
    , m_method(new QComboBox(this))
    , m_view(new SheetView(this))
{
    setWindowTitle(tr("Networks side by side"));
    resize(1180, 760);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 8);
    layout->setSpacing(8);
    layout->addLayout(networkRow());
    layout->addLayout(questionRow());
    layout->addWidget(m_view, 1);
    auto *line = new QLabel(tr("One colour scale, 0 to 1 of each network's strongest. Wheel: zoom; drag: "
                               "move; double click: whole film.   <b>For education, not for diagnosis</b>"),
                            this);
    line->setProperty("role", QStringLiteral("small"));
    line->setAlignment(Qt::AlignRight);
    layout->addWidget(line);

    connect(m_view, &PlotSurface::saveFailed, this, &SheetWindow::saveFailed);
    connect(&m_session, &SheetSession::changed, this, &SheetWindow::follow);
    connect(&readings, &ReadingSession::networksChanged, this, &SheetWindow::rebuild);
    connect(&films, &FilmSession::voiChanged, this, &SheetWindow::follow);
    connect(&films, &FilmSession::currentChanged, this, &SheetWindow::follow);
    connect(&films, &FilmSession::filmReady, this, &SheetWindow::follow);
    rebuild();
}

QLayout *SheetWindow::networkRow()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    m_networkRow->setSpacing(4);
    row->addLayout(m_networkRow);
    m_epochs->setText(tr("Epochs"));
    m_epochs->setToolTip(tr("Networks as they were after an epoch of their training, where they keep it"));
    m_epochs->setPopupMode(QToolButton::InstantPopup);
    m_epochs->setMenu(m_epochMenu);
    m_epochs->hide();
    row->addWidget(m_epochs);
    row->addStretch();
    auto *copy = new QPushButton(tr("Copy"), this);
    auto *save = new QPushButton(tr("Save page (PDF)\u2026"), this);
    row->addWidget(copy);
    row->addWidget(save);
    connect(copy, &QPushButton::clicked, m_view, &PlotSurface::copy);
    connect(save, &QPushButton::clicked, this, &SheetWindow::savePage);
    return row;
}

QLayout *SheetWindow::questionRow()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    m_class->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_class->setAccessibleName(tr("Class whose evidence is shown"));
    row->addWidget(new QLabel(tr("Evidence for"), this));
    row->addWidget(m_class);
    m_method->setAccessibleName(tr("Method of the maps"));
    row->addWidget(new QLabel(tr("Method"), this));
    for (const MethodFacts &facts : mapMethods()) {
        if (!facts.readsManyTimes)
            m_method->addItem(toText(facts.title), static_cast<int>(facts.method));
    }
    row->addWidget(m_method);
    row->addStretch();
    connect(m_class, &QComboBox::activated, this,
            [this](int index) { m_readings.chooseClass(m_class->itemData(index).toString().toStdString()); });
    connect(m_method, &QComboBox::activated, this, [this](int index) {
        m_session.chooseMethod(static_cast<MapMethod>(m_method->itemData(index).toInt()));
    });
    return row;
}

void SheetWindow::rebuild()
{
    for (QToolButton *old : m_networks)
        delete old;
    m_networks.clear();
    for (std::size_t i = 0; i < m_readings.networks().size(); ++i) {
        auto *button = new QToolButton(this);
        button->setText(toText(m_readings.networks()[i].package.card.title));
        button->setCheckable(true);
        button->setToolTip(tr("Two or three networks stand side by side"));
        connect(button, &QToolButton::clicked, this,
                [this, i](bool on) { m_session.choose(static_cast<int>(i), on); });
        m_networkRow->addWidget(button);
        m_networks.push_back(button);
    }
    m_class->clear();
    m_class->addItem(tr("the class called"), QString());
    for (const std::string &label : m_readings.classes())
        m_class->addItem(classTitle(label), toText(label));
    lookForEpochs();
    follow();
}

void SheetWindow::lookForEpochs()
{
    if (!m_epochService)
        return;
    runTask(
        m_lanes.inference(), this,
        [service = m_epochService](const std::stop_token &) { return service->epochs(); },
        [this](const std::vector<ModelPackage> &epochs) { showEpochs(epochs); });
}

void SheetWindow::showEpochs(const std::vector<ModelPackage> &epochs)
{
    m_epochMenu->clear();
    for (const ModelPackage &epoch : epochs) {
        QAction *action = m_epochMenu->addAction(toText(epoch.card.title));
        action->setCheckable(true);
        action->setChecked(std::ranges::any_of(m_readings.networks(), [&](const NetworkEntry &network) {
            return network.package.folder == epoch.folder;
        }));
        connect(action, &QAction::triggered, this, [this, epoch](bool on) { offer(epoch, on); });
    }
    m_epochs->setVisible(!epochs.empty());
}

void SheetWindow::offer(const ModelPackage &epoch, bool on)
{
    if (on)
        m_session.chooseNext(epoch.folder);
    runTask(
        m_lanes.inference(), this,
        [service = m_epochService, epoch, on](const std::stop_token &) {
            service->offer(epoch, on);
            return true;
        },
        [this](bool) { m_readings.start(); });
}

void SheetWindow::setTheme(const PlotTheme &theme) { m_view->setTheme(theme); }

void SheetWindow::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_session.setActive(true);
}

void SheetWindow::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_session.setActive(false);
}

void SheetWindow::follow()
{
    if (!isVisible())
        return;
    for (std::size_t i = 0; i < m_networks.size(); ++i)
        m_networks[i]->setChecked(m_session.networks().contains(static_cast<int>(i)));
    const std::string called = m_readings.chosenClass().empty() ? m_readings.mapClass() : std::string();
    m_class->setItemText(
        0, called.empty() ? tr("the class called") : tr("the class called (%1)").arg(classTitle(called)));
    m_class->setCurrentIndex(std::max(0, m_class->findData(toText(m_readings.chosenClass()))));
    m_method->setCurrentIndex(m_method->findData(static_cast<int>(m_session.method())));
    Sheet made = sheet();
    setWindowTitle(made.question.isEmpty() ? tr("Networks side by side")
                                           : QStringLiteral("%1: %2").arg(made.film, made.question));
    m_view->setSheet(std::move(made));
    QStringList provenance;
    for (const int network : m_session.networks()) {
        const ModelCard &card = m_readings.networks()[static_cast<std::size_t>(network)].package.card;
        provenance << QStringLiteral("%1 %2 %3")
                          .arg(toText(card.id), toText(card.version),
                               toText(card.weightsSha256.substr(0, 12)));
    }
    m_view->setProvenance(provenance.join(QStringLiteral(", ")));
}

QString SheetWindow::noMapText(int network) const
{
    const ModelCard &card = m_readings.networks()[static_cast<std::size_t>(network)].package.card;
    if (!isOffered(card, m_session.method()))
        return tr("no %1: imported in one piece").arg(methodTitle(m_session.method()));
    if (const auto error = m_session.error(network))
        return tr("no map: %1").arg(toText(error->detail));
    if (m_readings.isWithheld(m_readings.filmId(), network))
        return tr("no map: the gate refused this picture");
    const auto &reading = m_readings.reading(network);
    if (reading.state == NetworkReading::State::Failed && reading.error)
        return tr("not read: %1").arg(toText(reading.error->detail));
    const std::string label = m_readings.mapClass();
    if (!label.empty() && std::ranges::count(card.classes, label) == 0)
        return tr("does not know %1").arg(classTitle(label));
    return tr("the map is being made\u2026");
}

QString SheetWindow::agreement() const
{
    std::vector<Call> calls;
    std::vector<const ActivationMap *> maps;
    for (const int network : m_session.networks()) {
        const auto &prediction = m_readings.reading(network).prediction;
        if (prediction && !m_readings.isWithheld(m_readings.filmId(), network))
            calls.push_back(
                {toText(m_readings.networks()[static_cast<std::size_t>(network)].package.card.title),
                 prediction->scores[prediction->top()].label});
        if (const ActivationMap *map = m_session.map(network))
            maps.push_back(map);
    }
    QString text
        = m_readings.fedLook() ? tr("Fed what the view shows, not the film's own values. ") : QString();
    text += agreementText(calls);
    if (maps.size() == 2 && commonOf(maps)) {
        const MapAgreement where = agreementOf(maps[0]->values, maps[1]->values);
        text += QLatin1Char(' ')
            + tr("Of the fifths where each looked most, %1 % is common; rank correlation of the maps %2.")
                  .arg(std::lround(100 * where.overlap))
                  .arg(twoDecimals(where.correlation));
    }
    return text;
}

Sheet SheetWindow::sheet() const
{
    Sheet sheet;
    const DisplayFilmPtr film = m_readings.film();
    if (!film)
        return sheet;
    const int row = m_films.rowOf(m_readings.filmId());
    sheet.film = row < 0 ? tr("The film") : m_films.nameOf(row);
    sheet.picture = m_films.film() == film
        ? thumbnail(*film, pictureSide, m_films.voi(), m_films.isInverted())
        : thumbnail(*film, pictureSide);
    sheet.filmSize = QSizeF(film->film->columns, film->film->rows);
    const std::string label = m_readings.mapClass();
    sheet.question
        = label.empty() ? QString() : tr("%1 for %2").arg(methodTitle(m_session.method()), classTitle(label));
    for (const int network : m_session.networks()) {
        const NetworkReading &reading = m_readings.reading(network);
        SheetNetwork one;
        one.name = toText(m_readings.networks()[static_cast<std::size_t>(network)].package.card.title);
        if (reading.prediction && !m_readings.isWithheld(m_readings.filmId(), network)) {
            one.prediction = *reading.prediction;
            one.bands = reading.bands;
        }
        if (const ActivationMap *map = m_session.map(network))
            one.map = *map;
        else
            one.noMap = noMapText(network);
        sheet.networks.push_back(std::move(one));
    }
    sheet.agreement = agreement();
    return sheet;
}

void SheetWindow::savePage()
{
    auto *dialog = new QFileDialog(this, tr("Save the page"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("pdf"));
    dialog->setNameFilter(tr("PDF files (*.pdf)"));
    dialog->selectFile(QStringLiteral("networks-side-by-side.pdf"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        if (!m_view->exportPdf(path))
            Q_EMIT saveFailed(tr("%1 could not be written. Try another folder.").arg(path));
    });
    dialog->open();
}

} // namespace hilum::ui
