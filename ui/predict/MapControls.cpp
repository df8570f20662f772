// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/predict/MapControls.h"

#include "ui/bridge/Convert.h"
#include "ui/plots/ClassNames.h"
#include "ui/predict/ColourBar.h"
#include "ui/predict/ReadingText.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace hilum::ui {

namespace {

QLabel *wrapped(QWidget *parent, const char *role)
{
    auto *label = new QLabel(parent);
    label->setWordWrap(true);
    label->setProperty("role", QLatin1String(role));
    return label;
}

} // namespace

MapControls::MapControls(ReadingSession &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
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
    m_class = new QComboBox(this);
    m_class->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_class->setMinimumContentsLength(12);
    m_class->setFocusPolicy(Qt::StrongFocus);
    m_class->setAccessibleName(tr("Class whose evidence is shown"));
    form->addRow(tr("Evidence for"), m_class);
    m_networkRow = new QHBoxLayout;
    m_networkRow->setSpacing(4);
    m_networks = new QButtonGroup(this);
    form->addRow(tr("Found by"), m_networkRow);
    auto *opacityRow = new QHBoxLayout;
    opacityRow->setSpacing(8);
    m_opacity = new QSlider(Qt::Horizontal, this);
    m_opacity->setRange(0, 100);
    m_opacity->setFocusPolicy(Qt::StrongFocus);
    m_opacity->setAccessibleName(tr("Opacity of the map"));
    m_opacityText = new QLabel(this);
    m_opacityText->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("100 %")) + 4);
    m_opacityText->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    opacityRow->addWidget(m_opacity);
    opacityRow->addWidget(m_opacityText);
    form->addRow(tr("Opacity"), opacityRow);
    layout->addLayout(form);

    m_bar = new ColourBar(this);
    m_evidence = wrapped(this, "muted");
    m_method = wrapped(this, "small");
    layout->addWidget(m_bar);
    layout->addWidget(m_evidence);
    layout->addWidget(m_method);

    connect(m_shown, &QCheckBox::toggled, &session, &ReadingSession::setOverlayShown);
    connect(m_class, &QComboBox::activated, this,
            [this](int index) { m_session.chooseClass(m_class->itemData(index).toString().toStdString()); });
    connect(m_networks, &QButtonGroup::idClicked, &session, &ReadingSession::chooseMapNetwork);
    connect(m_opacity, &QSlider::valueChanged, this, [this](int percent) {
        m_session.setOpacity(percent / 100.0);
        m_session.setOverlayShown(true); // who turns the opacity wants to see it
    });
    connect(&session, &ReadingSession::networksChanged, this, &MapControls::rebuild);
    connect(&session, &ReadingSession::selectionChanged, this, &MapControls::showSelection);
    connect(&session, &ReadingSession::mapChanged, this, &MapControls::showMap);
    connect(&session, &ReadingSession::readingChanged, this, &MapControls::showMap);
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
        button->setText(toText(network.package.card.title));
        button->setCheckable(true);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        button->setAccessibleName(tr("Map by %1").arg(button->text()));
        m_networkRow->addWidget(button);
        m_networks->addButton(button, id++);
    }
    setEnabled(!m_session.networks().empty());
    showSelection();
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

void MapControls::showMap()
{
    showSelection();
    const auto &networks = m_session.networks();
    const int chosen = m_session.mapNetwork();
    const auto map = m_session.currentMap();
    m_method->setVisible(map.has_value());
    if (networks.empty() || !map) {
        const bool waits = m_session.reading(chosen).state == NetworkReading::State::Waiting;
        const bool withheld = m_session.isWithheld(m_session.filmId(), chosen);
        m_evidence->setText(withheld ? tr("No map: the gate refused this picture.")
                            : waits ? tr("The map is being made\u2026") : tr("No map yet: open a film."));
        m_evidence->setVisible(!networks.empty());
        return;
    }
    const QString network = toText(networks[static_cast<std::size_t>(chosen)].package.card.title);
    const QString title = classTitle(m_session.mapClass());
    m_evidence->setVisible(!map->hasEvidence());
    m_evidence->setText(tr("%1 finds no positive evidence for %2 in this film.").arg(network, title));
    m_method->setText(tr("%1 for %2 by %3, %4 \u00d7 %5 cells. It shows where the network looked, not "
                         "where disease is.")
                          .arg(methodTitle(map->method), title, network)
                          .arg(map->values.width())
                          .arg(map->values.height()));
}

} // namespace hilum::ui
