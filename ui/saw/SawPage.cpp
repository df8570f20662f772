// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/saw/SawPage.h"

#include "ui/bridge/Convert.h"
#include "ui/bridge/ErrorText.h"
#include "ui/bridge/Lanes.h"
#include "ui/bridge/Task.h"
#include "ui/saw/StepPicture.h"
#include "ui/saw/StepStrip.h"
#include "ui/session/ReadingSession.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QImageWriter>
#include <QLabel>
#include <QSaveFile>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace hilum::ui {

namespace {

constexpr int pngQuality = 75; // zlib's level 2: a tenth larger, three times faster

// Empty: written.
QString writtenPng(const QImage &picture, const QString &stamp, const QString &path)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return file.errorString();
    QImageWriter writer(&file, "png");
    writer.setQuality(pngQuality);
    writer.setText(QStringLiteral("Description"), stamp);
    if (!writer.write(picture))
        return writer.errorString();
    return file.commit() ? QString() : file.errorString();
}

} // namespace

SawPage::SawPage(Lanes &lanes, ReadingSession &readings, QWidget *parent)
    : QWidget(parent)
    , m_lanes(lanes)
    , m_readings(readings)
    , m_session(lanes, readings)
    , m_networkRow(new QHBoxLayout)
    , m_networks(new QButtonGroup(this))
    , m_spec(new QLabel(this))
    , m_feeds(new QCheckBox(tr("Feed what the view shows"), this))
    , m_empty(new QLabel(this))
    , m_scroll(new QScrollArea(this))
    , m_strip(new StepStrip)
{
    setAccessibleName(tr("What the network saw"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(4);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(12, 0, 12, 0);
    head->setSpacing(12);
    m_networkRow->setSpacing(4);
    head->addLayout(m_networkRow);
    m_spec->setProperty("role", QStringLiteral("small"));
    m_spec->setWordWrap(true);
    m_spec->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    head->addWidget(m_spec, 1);
    m_feeds->setToolTip(tr("Let the networks read the window, inversion and turns of the view instead of the "
                           "film's own values"));
    head->addWidget(m_feeds);
    layout->addLayout(head);
    m_empty->setProperty("role", QStringLiteral("muted"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setMargin(24);
    layout->addWidget(m_empty, 1);
    m_strip->setObjectName(QStringLiteral("steps"));
    m_scroll->setWidget(m_strip);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::StrongFocus);
    m_scroll->setAccessibleName(tr("Steps"));
    layout->addWidget(m_scroll, 1);

    connect(m_feeds, &QCheckBox::toggled, &readings, &ReadingSession::setFeedsTheView);
    connect(m_networks, &QButtonGroup::idClicked, &readings, &ReadingSession::chooseMapNetwork);
    connect(&readings, &ReadingSession::networksChanged, this, &SawPage::rebuildNetworks);
    connect(&readings, &ReadingSession::selectionChanged, this, &SawPage::showNetwork);
    connect(&readings, &ReadingSession::fedChanged, this, &SawPage::showNetwork);
    connect(&m_session, &SawSession::changed, this, &SawPage::showSteps);
    connect(m_strip, &StepStrip::pointed, this, &SawPage::pointed);
    connect(m_strip, &StepStrip::left, this, &SawPage::left);
    connect(m_strip, &StepStrip::copyRequested, this, &SawPage::copy);
    connect(m_strip, &StepStrip::saveRequested, this, &SawPage::save);
    rebuildNetworks();
    showSteps();
}

void SawPage::setPoint(std::optional<QPointF> filmPoint) { m_strip->setPoint(filmPoint); }

void SawPage::showEvent(QShowEvent *) { m_session.setWatched(true); }

void SawPage::resizeEvent(QResizeEvent *) { makeRoom(); }

void SawPage::makeRoom()
{
    m_strip->setRoom(height() - m_networkRow->sizeHint().height());
    // Never lower than its content: only sideways does it scroll.
    m_scroll->setMinimumHeight(m_session.sawn() ? m_strip->minimumSizeHint().height()
                                       + m_scroll->horizontalScrollBar()->sizeHint().height()
                                                : 0);
}

void SawPage::hideEvent(QHideEvent *) { m_session.setWatched(false); }

void SawPage::rebuildNetworks()
{
    const auto old = m_networks->buttons();
    for (QAbstractButton *button : old)
        delete button;
    int id = 0;
    for (const NetworkEntry &network : m_readings.networks()) {
        auto *button = new QToolButton(this);
        button->setText(toText(network.package.card.title));
        button->setCheckable(true);
        button->setAccessibleName(tr("What %1 saw").arg(button->text()));
        m_networkRow->addWidget(button);
        m_networks->addButton(button, id++);
    }
    showNetwork();
}

void SawPage::showNetwork()
{
    const auto chosen = static_cast<std::size_t>(m_readings.mapNetwork());
    if (QAbstractButton *button = m_networks->button(m_readings.mapNetwork()))
        button->setChecked(true);
    const QSignalBlocker quiet(m_feeds);
    m_feeds->setChecked(m_readings.feedsTheView());
    const auto &networks = m_readings.networks();
    if (chosen >= networks.size()) {
        m_spec->clear();
        return;
    }
    const ModelCard &card = networks[chosen].package.card;
    QStringList same;
    for (std::size_t n = 0; n < networks.size(); ++n) {
        if (n != chosen && networks[n].package.card.input == card.input)
            same << toText(networks[n].package.card.title);
    }
    QString text = tr("%1 \u00d7 %1 pixels").arg(card.input.size);
    if (!same.isEmpty())
        text += tr(", as %1").arg(same.join(tr(" and ")));
    m_spec->setText(text);
}

QString SawPage::emptyText() const
{
    if (const auto &error = m_session.error()) {
        const ErrorWords words = errorWords(*error, tr("The film"));
        return words.what + QLatin1Char(' ') + words.tryThis
            + (words.detail.isEmpty() ? QString() : QLatin1Char('\n') + words.detail);
    }
    if (m_readings.networks().empty())
        return tr("No network is installed.");
    return m_readings.film() ? tr("The steps are being made\u2026")
                             : tr("Open a film to see what becomes of it on its way into a network.");
}

void SawPage::showSteps()
{
    const SawnPtr &sawn = m_session.sawn();
    m_strip->setSawn(sawn);
    m_scroll->setVisible(sawn != nullptr);
    m_empty->setVisible(sawn == nullptr);
    m_empty->setText(emptyText());
    makeRoom();
}

void SawPage::copy(int step)
{
    const SawnPtr sawn = m_session.sawn();
    if (!sawn || step >= static_cast<int>(sawn->steps.size()))
        return;
    runTask(
        m_lanes.decode(), this,
        [sawn, step, font = font()](std::stop_token) { return stepExport(*sawn, step, font); },
        [this](const Result<QImage> &picture) {
            if (picture)
                QGuiApplication::clipboard()->setImage(*picture);
            Q_EMIT said(picture ? tr("Copied the step")
                                : tr("The step was not copied. %1").arg(toText(picture.error().detail)));
        });
}

void SawPage::save(int step)
{
    const SawnPtr sawn = m_session.sawn();
    if (!sawn || step >= static_cast<int>(sawn->steps.size()))
        return;
    const SawnStep &one = sawn->steps[static_cast<std::size_t>(step)];
    auto *where = new QFileDialog(this, tr("Save the step"), m_folder);
    where->setAttribute(Qt::WA_DeleteOnClose);
    where->setAcceptMode(QFileDialog::AcceptSave);
    where->setNameFilter(tr("PNG pictures (*.png)"));
    where->setDefaultSuffix(QStringLiteral("png"));
    where->selectFile(QStringLiteral("%1-%2-%3.png")
                          .arg(toText(sawn->request.card.id))
                          .arg(step + 1)
                          .arg(toText(one.step.name)));
    connect(where, &QFileDialog::fileSelected, this, [this, sawn, step](const QString &path) {
        m_folder = QFileInfo(path).absolutePath();
        saveTo(path, sawn, step);
    });
    where->show();
}

void SawPage::saveTo(const QString &path, const SawnPtr &sawn, int step)
{
    runTask(
        m_lanes.decode(), this,
        [sawn, step, path, font = font()](std::stop_token) {
            const auto picture = stepExport(*sawn, step, font);
            return picture ? writtenPng(*picture, stepStamp(*sawn, step), path)
                           : toText(picture.error().detail);
        },
        [this, name = QFileInfo(path).fileName()](const QString &problem) {
            Q_EMIT said(problem.isEmpty() ? tr("Saved %1").arg(name)
                                          : tr("%1 was not saved. %2").arg(name, problem));
        });
}

} // namespace hilum::ui
