// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/train/TrainWindow.h"

#include "ui/bridge/Convert.h"
#include "ui/session/ReadingSession.h"
#include "ui/train/NetworkPage.h"
#include "ui/train/RunPage.h"
#include "ui/train/SetupPage.h"
#include "ui/train/TrainingRun.h"
#include "ui/train/Words.h"

#include <QDragEnterEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScreen>
#include <QStackedWidget>
#include <QUrl>

#include <algorithm>
#include <cmath>
#include <utility>

namespace hilum::ui {

namespace {

constexpr int listLetters = 40;
constexpr int kindRole = Qt::UserRole;
constexpr int keyRole = Qt::UserRole + 1;

} // namespace

TrainWindow::TrainWindow(Parts parts, QWidget *parent)
    : QDialog(parent)
    , m_parts(parts)
    , m_shelf(readShelf(parts.recipes))
    , m_list(new QListWidget(this))
    , m_pages(new QStackedWidget(this))
    , m_setup(new SetupPage(parts.lanes, parts.store, parts.training.program(), m_pages))
    , m_run(new RunPage(parts.training, m_pages))
    , m_network(new NetworkPage(parts.store, m_pages))
{
    setWindowTitle(tr("Train a network"));
    setWindowFlags(windowFlags() | Qt::WindowMinMaxButtonsHint);
    setAcceptDrops(true);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setAccessibleName(tr("Recipes, trainings and networks"));
    m_list->setWordWrap(true);
    m_list->setStyleSheet(QStringLiteral("QListWidget::item { padding: 4px 12px; border: none; }"
                                         "QListWidget::item:selected { background: palette(highlight);"
                                         " color: palette(highlighted-text); }"));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    layout->addWidget(m_list);
    for (QWidget *page : std::initializer_list<QWidget *>{m_setup, m_run, m_network})
        m_pages->addWidget(page);
    layout->addWidget(m_pages, 1);
    connect(m_list, &QListWidget::currentItemChanged, this, [this] {
        if (!m_rebuilding)
            showCurrent();
    });
    connect(&parts.readings, &ReadingSession::networksChanged, this, &TrainWindow::rebuild);
    connectPages();
    rebuild();
    showCurrent();
    const QSize room = screen()->availableSize() - QSize(64, 96);
    resize(QSize(1120, 720).boundedTo(room));
    fitList();
    m_list->setFocus();
}

void TrainWindow::connectPages()
{
    connect(m_setup, &SetupPage::startRequested, this, &TrainWindow::begin);
    connect(m_run, &RunPage::resumeRequested, this, &TrainWindow::resume);
    connect(m_run, &RunPage::removeRequested, this, [this](const StoredRun &run) { remove(run.name); });
    connect(m_run, &RunPage::stopped, this, [this] {
        if (!m_shelf.offers.empty())
            select(Kind::Recipe, m_shelf.offers.front().name);
    });
    connect(m_run, &RunPage::cardRequested, this, [this](const QString &name) {
        m_wanted = name; // it may not be listed yet
        rebuild();
    });
    connect(m_run, &RunPage::saveFailed, this, &TrainWindow::saveFailed);
    connect(m_network, &NetworkPage::saveFailed, this, &TrainWindow::saveFailed);
    connect(m_network, &NetworkPage::removeRequested, this, &TrainWindow::remove);
    connect(m_network, &NetworkPage::renameRequested, this, &TrainWindow::rename);
    TrainingRun &training = m_parts.training;
    connect(&training, &TrainingRun::stateChanged, this, &TrainWindow::rebuild);
    connect(&training, &TrainingRun::stepTaken, this, &TrainWindow::refreshRun);
}

void TrainWindow::setTheme(const PlotTheme &theme)
{
    m_run->setTheme(theme);
    m_network->setTheme(theme);
}

QStringList TrainWindow::takenNames() const
{
    QStringList names;
    for (const NetworkEntry &network : m_parts.readings.networks())
        names << toText(network.package.card.id);
    return names;
}

QListWidgetItem *TrainWindow::add(Kind kind, const QString &key, const QString &text, const QString &hint)
{
    auto *item = new QListWidgetItem(text, m_list);
    item->setData(kindRole, static_cast<int>(kind));
    item->setData(keyRole, key);
    item->setToolTip(hint);
    if (kind == Kind::Heading) {
        QFont bold = font();
        bold.setWeight(QFont::DemiBold);
        item->setFont(bold);
        item->setFlags(Qt::NoItemFlags);
    }
    return item;
}

QString TrainWindow::runText(const StoredRun &run) const
{
    using State = TrainingRun::State;
    const TrainingRun &training = m_parts.training;
    if (training.run().name == run.name && training.isActive()) {
        if (training.state() == State::Pausing)
            return tr("%1\nkeeping a checkpoint\u2026").arg(run.name);
        if (!training.latest())
            return tr("%1\nreading the films\u2026").arg(run.name);
        return tr("%1\ntraining, %2 %").arg(run.name).arg(std::floor(100 * training.latest()->fraction));
    }
    if (m_parts.store.isFinished(run.name))
        return tr("%1\nfinished").arg(run.name);
    const bool isLive = training.run().name == run.name;
    const QString done = epochsText(isLive ? training.run().epochsDone : run.epochsDone, run.epochs);
    return isLive && training.state() == State::Paused ? tr("%1\npaused, %2").arg(run.name, done)
                                                       : tr("%1\nstopped, %2").arg(run.name, done);
}

void TrainWindow::rebuild()
{
    const QListWidgetItem *current = m_list->currentItem();
    const bool any = current != nullptr;
    const int kind = any ? current->data(kindRole).toInt() : static_cast<int>(Kind::Recipe);
    const QString key = any ? current->data(keyRole).toString() : QString();
    {
        const QScopedValueRollback rebuilding(m_rebuilding, true);
        m_list->clear();
        add(Kind::Heading, {}, tr("New network"), {});
        bool headed = false;
        for (const RecipeOffer &offer : m_shelf.offers) {
            if (offer.isHistory() && !std::exchange(headed, true))
                add(Kind::Heading, {}, tr("As the student projects did"), {});
            add(Kind::Recipe, offer.name, offer.title, offer.description);
        }
        if (m_shelf.offers.empty())
            add(Kind::Heading, {}, tr("No recipe was found beside the program."), {});
        auto runs = m_parts.store.unfinished();
        // What becomes a network, or has just become one, stays to be looked at.
        const TrainingRun &training = m_parts.training;
        const QString &name = training.run().name;
        if (!name.isEmpty() && std::ranges::find(runs, name, &StoredRun::name) == runs.end()
            && m_parts.store.run(name))
            runs.insert(runs.begin(), training.run());
        if (!runs.empty())
            add(Kind::Heading, {}, tr("Trainings"), {});
        for (const StoredRun &run : runs)
            add(Kind::Run, run.name, runText(run), tr("Look at it, resume it or remove it"));
        headed = false;
        for (const NetworkEntry &network : m_parts.readings.networks()) {
            const QString folder = toText(network.package.folder);
            if (!m_parts.store.owns(folder))
                continue;
            if (!std::exchange(headed, true))
                add(Kind::Heading, {}, tr("Your networks"), {});
            add(Kind::Network, QFileInfo(folder).fileName(), toText(network.package.card.title),
                tr("How good it is; rename or remove it"));
        }
        const QStringList taken = takenNames();
        m_setup->setTaken(taken);
        m_network->setTaken(taken);
        m_setup->setBusy(m_parts.training.isActive()
                             ? tr("%1 is being trained; one at a time.").arg(m_parts.training.run().name)
                             : QString());
    }
    if (itemOf(Kind::Network, m_wanted))
        return select(Kind::Network, std::exchange(m_wanted, QString()));
    QListWidgetItem *same = any ? itemOf(static_cast<Kind>(kind), key) : nullptr;
    if (!same)
        return select(static_cast<Kind>(kind), key);
    // What is shown is not shown anew: fields that were filled in stay so.
    const QScopedValueRollback rebuilding(m_rebuilding, true);
    m_list->setCurrentItem(same);
}

QListWidgetItem *TrainWindow::itemOf(Kind kind, const QString &key) const
{
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem *item = m_list->item(row);
        if (static_cast<Kind>(item->data(kindRole).toInt()) == kind && item->data(keyRole).toString() == key)
            return item;
    }
    return nullptr;
}

void TrainWindow::refreshRun()
{
    const StoredRun &run = m_parts.training.run();
    if (QListWidgetItem *item = itemOf(Kind::Run, run.name))
        item->setText(runText(run));
}

void TrainWindow::select(Kind kind, const QString &key)
{
    QListWidgetItem *item = itemOf(kind, key);
    if (!item && !m_shelf.offers.empty())
        item = itemOf(Kind::Recipe, m_shelf.offers.front().name);
    m_list->setCurrentItem(item);
}

void TrainWindow::showCurrent()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    const QString key = item->data(keyRole).toString();
    switch (static_cast<Kind>(item->data(kindRole).toInt())) {
    case Kind::Recipe:
        for (const RecipeOffer &offer : m_shelf.offers) {
            if (offer.name == key)
                m_setup->setRecipe(offer);
        }
        m_pages->setCurrentWidget(m_setup);
        break;
    case Kind::Run:
        if (const auto run = m_parts.store.run(key)) {
            m_run->setRun(*run);
            m_pages->setCurrentWidget(m_run);
        }
        break;
    case Kind::Network:
        for (const NetworkEntry &network : m_parts.readings.networks()) {
            if (QFileInfo(toText(network.package.folder)).fileName() == key
                && m_parts.store.owns(toText(network.package.folder))) {
                m_network->setNetwork(network);
                m_pages->setCurrentWidget(m_network);
            }
        }
        break;
    case Kind::Heading:
        break;
    }
}

void TrainWindow::begin(const QString &name, const RecipeOffer &recipe, const TrainingSettings &settings)
{
    const auto &source = m_setup->source().source();
    if (!source || m_parts.training.isActive())
        return;
    const auto run = m_parts.store.create(name, *source, recipe, settings);
    if (!run) {
        const ErrorWords words = errorWords(run.error(), name);
        return m_setup->setProblem(tr("The training can't begin: %1").arg(words.detail));
    }
    resume(*run);
}

void TrainWindow::resume(const StoredRun &run)
{
    if (m_parts.training.isActive())
        return;
    m_parts.training.start(run);
    rebuild();
    select(Kind::Run, run.name);
    if (m_pages->currentWidget() == m_run && m_run->run().name == run.name)
        m_run->setRun(run);
}

void TrainWindow::remove(const QString &name)
{
    const auto removed = m_parts.store.remove(name);
    if (!removed && m_pages->currentWidget() == m_network)
        return m_network->setProblem(toText(removed.error().detail));
    rebuild();
    showCurrent();
    Q_EMIT networksTouched();
}

void TrainWindow::rename(const QString &name, const QString &newName)
{
    if (const auto renamed = m_parts.store.rename(name, newName); !renamed)
        return m_network->setProblem(toText(renamed.error().detail));
    m_wanted = newName;
    Q_EMIT networksTouched();
}

void TrainWindow::showQuick()
{
    for (const RecipeOffer &offer : m_shelf.offers) {
        if (offer.isQuick()) {
            select(Kind::Recipe, offer.name);
            break;
        }
    }
    if (!m_setup->source().source())
        m_setup->source().chooseFolder();
}

void TrainWindow::showTraining()
{
    if (m_parts.training.isActive())
        select(Kind::Run, m_parts.training.run().name);
}

void TrainWindow::setSource(const QString &path)
{
    if (m_pages->currentWidget() != m_setup && !m_shelf.offers.empty())
        select(Kind::Recipe, m_shelf.offers.front().name);
    m_setup->source().setPath(path);
}

void TrainWindow::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fitList();
}

// Wide enough for a recipe's title at any size of text.
void TrainWindow::fitList() { m_list->setFixedWidth(m_list->fontMetrics().averageCharWidth() * listLetters); }

void TrainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void TrainWindow::dropEvent(QDropEvent *event)
{
    for (const QUrl &url : event->mimeData()->urls()) {
        if (!url.isLocalFile())
            continue;
        event->acceptProposedAction();
        return setSource(url.toLocalFile());
    }
}

} // namespace hilum::ui
