// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/predict/MapControls.h"

#include "ui/bridge/Convert.h"
#include "ui/bridge/Labels.h"
#include "ui/plots/ClassNames.h"
#include "ui/predict/ColourBar.h"
#include "ui/predict/ReadingText.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QStandardItemModel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace hilum::ui {

MapControls::MapControls(ReadingSession &session, MapSession &maps, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_maps(maps)
{
    setAccessibleName(tr("Map"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);

    m_shown = new QCheckBox(tr("Show the map over the film"), this);
    m_shown->setToolTip(tr("Show or hide the map (M)"));
    layout->addWidget(m_shown);

    auto *form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(8);
    const auto chooser = [&](const QString &title, const QString &spoken) {
        auto *box = new QComboBox(this);
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(12);
        box->setFocusPolicy(Qt::StrongFocus);
        box->setAccessibleName(spoken);
        form->addRow(title, box);
        return box;
    };
    const auto slider = [&](const QString &title, const QString &spoken, QLabel *&number) {
        auto *row = new QHBoxLayout;
        row->setSpacing(8);
        auto *hand = new QSlider(Qt::Horizontal, this);
        hand->setRange(0, 100);
        hand->setFocusPolicy(Qt::StrongFocus);
        hand->setAccessibleName(spoken);
        number = new QLabel(this);
        number->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("100 %")) + 4);
        number->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        row->addWidget(hand);
        row->addWidget(number);
        form->addRow(title, row);
        return hand;
    };
    m_class = chooser(tr("Evidence for"), tr("Class whose evidence is shown"));
    m_networkRow = new QHBoxLayout;
    m_networkRow->setSpacing(4);
    m_networks = new QButtonGroup(this);
    form->addRow(tr("Found by"), m_networkRow);
    m_method = chooser(tr("Method"), tr("Method of the map"));
    for (const MethodFacts &facts : mapMethods()) {
        if (facts.method == MapMethod::Random) // the null maps follow
            m_method->insertSeparator(m_method->count());
        m_method->addItem(facts.isNull ? tr("%1 (null map)").arg(toText(facts.title)) : toText(facts.title),
                          static_cast<int>(facts.method));
        m_method->setItemData(m_method->count() - 1, toText(facts.source), Qt::ToolTipRole);
    }
    m_stage = chooser(tr("Read at"), tr("Stage of the network at which the map is read"));
    m_stage->setPlaceholderText(tr("no stage: imported in one piece"));
    m_sign = chooser(tr("Shows"), tr("What speaks for the class, against it, or both"));
    m_sign->addItem(tr("what speaks for it"), static_cast<int>(MapSign::Positive));
    m_sign->addItem(tr("what speaks against it"), static_cast<int>(MapSign::Negative));
    m_sign->addItem(tr("both"), static_cast<int>(MapSign::Both));
    m_style = chooser(tr("Drawn as"), tr("How the map is drawn"));
    m_style->addItem(tr("smooth colours"), static_cast<int>(MapLook::Style::Smooth));
    m_style->addItem(tr("the method's own cells"), static_cast<int>(MapLook::Style::Cells));
    m_style->addItem(tr("contours at \u00bc, \u00bd, \u00be"), static_cast<int>(MapLook::Style::Contours));
    m_threshold = slider(tr("From"), tr("Weaker values are not drawn"), m_thresholdText);
    m_opacity = slider(tr("Opacity"), tr("Opacity of the map"), m_opacityText);
    layout->addLayout(form);

    auto *work = new QHBoxLayout;
    work->setSpacing(8);
    m_progress = new QProgressBar(this);
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("How far the map is"));
    m_word = new QPushButton(this);
    work->addWidget(m_progress, 1);
    work->addWidget(m_word);
    layout->addLayout(work);

    m_bar = new ColourBar(this);
    m_evidence = wrappedLabel(this, "muted");
    m_facts = wrappedLabel(this, "small");
    layout->addWidget(m_bar);
    layout->addWidget(m_evidence);
    layout->addWidget(m_facts);

    connect(m_shown, &QCheckBox::toggled, &session, &ReadingSession::setOverlayShown);
    connect(m_class, &QComboBox::activated, this,
            [this](int index) { m_session.chooseClass(m_class->itemData(index).toString().toStdString()); });
    connect(m_networks, &QButtonGroup::idClicked, &session, &ReadingSession::chooseMapNetwork);
    connect(m_opacity, &QSlider::valueChanged, this, [this](int percent) {
        m_session.setOpacity(percent / 100.0);
        m_session.setOverlayShown(true); // who turns the opacity wants to see it
    });
    // So does who chooses another map.
    const auto chosen = [this](QComboBox *box, auto take) {
        connect(box, &QComboBox::activated, this, [this, box, take](int index) {
            take(box->itemData(index).toInt());
            m_session.setOverlayShown(true);
        });
    };
    chosen(m_method, [this](int value) { m_maps.chooseMethod(static_cast<MapMethod>(value)); });
    chosen(m_stage, [this](int value) { m_maps.chooseStage(value); });
    chosen(m_sign, [this](int value) { m_maps.chooseSign(static_cast<MapSign>(value)); });
    chosen(m_style, [this](int value) {
        m_maps.setLook({static_cast<MapLook::Style>(value), m_maps.look().threshold});
    });
    connect(m_threshold, &QSlider::valueChanged, this, [this](int percent) {
        m_maps.setLook({m_maps.look().style, percent / 100.0});
        m_session.setOverlayShown(true);
    });
    connect(m_word, &QPushButton::clicked, this, [this] {
        m_session.setOverlayShown(true);
        if (m_maps.isMaking())
            m_maps.stop();
        else
            m_maps.make();
    });
    connect(&session, &ReadingSession::networksChanged, this, &MapControls::rebuild);
    connect(&session, &ReadingSession::selectionChanged, this, &MapControls::showSelection);
    connect(&maps, &MapSession::choiceChanged, this, &MapControls::showChoice);
    connect(&maps, &MapSession::lookChanged, this, &MapControls::showChoice);
    connect(&maps, &MapSession::mapChanged, this, &MapControls::showMap);
    connect(&maps, &MapSession::progressed, this, &MapControls::showProgress);
    rebuild();
}

void MapControls::rebuild()
{
    m_class->clear();
    m_class->addItem(tr("the class called"), QString());
    for (const std::string &label : m_session.classes())
        m_class->addItem(classTitle(label), toText(label));
    const auto old = m_networks->buttons();
    for (QAbstractButton *button : old)
        delete button;
    int id = 0;
    for (const NetworkEntry &network : m_session.networks()) {
        auto *button = new QToolButton(this);
        const QString title = toText(network.package.card.title);
        button->setText(columnTitle(title, m_session.networks().size(), button->fontMetrics()));
        button->setToolTip(title);
        button->setCheckable(true);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        button->setAccessibleName(tr("Map by %1").arg(title));
        m_networkRow->addWidget(button);
        m_networks->addButton(button, id++);
    }
    setEnabled(!m_session.networks().empty());
    showMap();
}

void MapControls::showSelection()
{
    const QSignalBlocker quietShown(m_shown);
    const QSignalBlocker quietOpacity(m_opacity);
    m_shown->setChecked(m_session.isOverlayShown());
    const int percent = static_cast<int>(std::lround(m_session.opacity() * 100));
    m_opacity->setValue(percent);
    m_opacityText->setText(tr("%1 %").arg(percent));
    const std::string called = m_session.chosenClass().empty() ? m_session.mapClass() : std::string();
    m_class->setItemText(
        0, called.empty() ? tr("the class called") : tr("the class called (%1)").arg(classTitle(called)));
    m_class->setCurrentIndex(std::max(0, m_class->findData(toText(m_session.chosenClass()))));
    if (QAbstractButton *button = m_networks->button(m_session.mapNetwork()))
        button->setChecked(true);
}

void MapControls::showChoice()
{
    const MethodFacts &facts = factsOf(m_maps.method());
    m_method->setCurrentIndex(m_method->findData(static_cast<int>(facts.method)));
    m_method->setToolTip(toText(facts.source));
    offerMethods();
    // Filled anew only for another network: a list that is open stays open.
    if (std::vector<std::string> stages = m_maps.stages(); stages != m_stages) {
        m_stages = std::move(stages);
        m_stage->clear();
        for (std::size_t i = 0; i < m_stages.size(); ++i) {
            const QString name = toText(m_stages[i]);
            m_stage->addItem(i + 1 == m_stages.size() ? tr("%1 (the last)").arg(name) : name,
                             static_cast<int>(i));
        }
    }
    m_stage->setCurrentIndex(m_maps.stage());
    m_stage->setEnabled(facts.readsStage && m_stages.size() > 1);
    m_sign->setCurrentIndex(m_sign->findData(static_cast<int>(m_maps.sign())));
    m_sign->setEnabled(facts.readsClass);
    m_style->setCurrentIndex(m_style->findData(static_cast<int>(m_maps.look().style)));
    const QSignalBlocker quiet(m_threshold);
    const int percent = static_cast<int>(std::lround(m_maps.look().threshold * 100));
    m_threshold->setValue(percent);
    m_thresholdText->setText(tr("%1 %").arg(percent));
    m_bar->setSign(m_maps.sign());
}

// Those that the chosen network can be asked for.
void MapControls::offerMethods()
{
    const auto *items = qobject_cast<QStandardItemModel *>(m_method->model());
    auto *list = qobject_cast<QListView *>(m_method->view());
    for (int row = 0; items != nullptr && list != nullptr && row < m_method->count(); ++row) {
        const QVariant method = m_method->itemData(row);
        if (!method.isValid()) // the line before the null maps
            continue;
        const bool isOffered = m_maps.offers(static_cast<MapMethod>(method.toInt()));
        items->item(row)->setEnabled(isOffered);
        list->setRowHidden(row, !isOffered);
    }
}

void MapControls::showProgress()
{
    const bool isMaking = m_maps.isMaking();
    const bool waits = m_maps.isWaitingForAWord();
    const bool isSlow = factsOf(m_maps.method()).readsManyTimes;
    m_progress->setVisible(isMaking && isSlow);
    m_progress->setValue(static_cast<int>(std::lround(1000 * m_maps.progress())));
    m_word->setVisible((isMaking && isSlow) || waits);
    m_word->setText(isMaking ? tr("Stop") : m_maps.currentMap() ? tr("Go on") : tr("Make the map"));
}

QString MapControls::emptyText() const
{
    const int chosen = m_session.mapNetwork();
    if (const auto error = m_maps.error())
        return tr("No map: %1").arg(toText(error->detail));
    if (m_session.isWithheld(m_session.filmId(), chosen))
        return tr("No map: the gate refused this picture.");
    if (m_maps.isWaitingForAWord())
        return tr("This method reads the film hundreds of times: make the map when you want it.");
    const bool waits = m_session.reading(chosen).state == NetworkReading::State::Waiting || m_maps.isMaking();
    return waits ? tr("The map is being made\u2026") : tr("No map yet: open a film.");
}

void MapControls::showMap()
{
    showSelection();
    showChoice();
    showProgress();
    const auto &networks = m_session.networks();
    const auto map = m_maps.currentMap();
    m_facts->setVisible(map.has_value());
    if (networks.empty() || !map) {
        m_evidence->setText(emptyText());
        m_evidence->setVisible(!networks.empty());
        return;
    }
    const QString network
        = toText(networks[static_cast<std::size_t>(m_session.mapNetwork())].package.card.title);
    const QString title = classTitle(m_session.mapClass());
    m_evidence->setVisible(!map->hasEvidence());
    m_evidence->setText(map->sign == MapSign::Negative
                            ? tr("%1 finds nothing that speaks against %2 in this film.").arg(network, title)
                            : tr("%1 finds no positive evidence for %2 in this film.").arg(network, title));
    QString facts
        = tr("%1 by %2, %3 \u00d7 %4 cells. It shows where the network looked, not where disease is.")
              .arg(mapTitle(*map), network)
              .arg(map->values.width())
              .arg(map->values.height());
    if (factsOf(map->method).isNull)
        facts = tr("%1. It knows nothing of what the network learned: a map that is no better says nothing.")
                    .arg(mapTitle(*map));
    if (const auto missed = m_maps.completenessError())
        facts += QLatin1Char(' ') + tr("Completeness error %1 %.").arg(100 * *missed, 0, 'f', 1);
    m_facts->setText(facts);
}

} // namespace hilum::ui
