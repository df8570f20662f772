// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/StartPage.h"

#include "ui/shell/CentredColumn.h"
#include "ui/shell/Icons.h"
#include "ui/shell/SampleFilms.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace hilum::ui {

namespace {

constexpr int mostRecent = 5;
constexpr int columnWidth = 460;

QLabel *label(const QString &text, const char *role, QWidget *parent)
{
    auto *made = new QLabel(text, parent);
    made->setWordWrap(true);
    made->setProperty("role", QLatin1String(role));
    return made;
}

} // namespace

StartPage::StartPage(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Start"));
    auto *column = new QWidget(this);
    column->setMaximumWidth(columnWidth);
    auto *layout = new QVBoxLayout(column);
    layout->setSpacing(12);
    layout->addWidget(label(tr("Open a chest film"), "title", column));
    layout->addWidget(label(tr("Drop films or a folder of films here, or choose them. Hilum opens DICOM, PNG "
                               "and JPEG; two networks read each film and show where they looked."),
                            "muted", column));
    m_notice = label({}, "warning", column);
    m_notice->hide();
    layout->addWidget(m_notice);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    auto *open = new QPushButton(icon(QStringLiteral("open")), tr("Open films\u2026"), column);
    open->setToolTip(tr("Open films (Ctrl+O)"));
    open->setDefault(true);
    auto *folder = new QPushButton(tr("Open a folder\u2026"), column);
    folder->setToolTip(tr("Open every film below a folder (Ctrl+Shift+O)"));
    buttons->addWidget(open);
    buttons->addWidget(folder);
    const QStringList samples = sampleFilms();
    if (!samples.isEmpty()) {
        auto *sample = new QPushButton(tr("Sample films"), column);
        sample->setToolTip(tr("Open the films that come with Hilum"));
        buttons->addWidget(sample);
        connect(sample, &QPushButton::clicked, this, [this, samples] { Q_EMIT filmsRequested(samples); });
    }
    buttons->addStretch(1);
    layout->addLayout(buttons);

    m_recentPlace = new QVBoxLayout;
    layout->addLayout(m_recentPlace);
    layout->addSpacing(8);
    layout->addWidget(
        label(tr("Hilum is for learning how films look and how networks read them. It is not for "
                 "diagnosis. Ctrl+K finds every action, F1 explains the mouse and the keys."),
              "small", column));

    centreColumn(this, column);

    connect(open, &QPushButton::clicked, this, &StartPage::openRequested);
    connect(folder, &QPushButton::clicked, this, &StartPage::openFolderRequested);
}

void StartPage::setNotice(const QString &sentence)
{
    m_notice->setText(sentence);
    m_notice->setVisible(!sentence.isEmpty());
}

void StartPage::setRecent(const QList<Recent> &films)
{
    delete m_recent;
    m_recent = nullptr;
    if (films.isEmpty())
        return;
    m_recent = new QWidget(this);
    auto *layout = new QVBoxLayout(m_recent);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(label(tr("Recent films"), "strong", m_recent));
    for (const Recent &film : films.mid(0, mostRecent)) {
        auto *button = new QPushButton(m_recent);
        button->setProperty("role", QStringLiteral("link"));
        button->setText(button->fontMetrics().elidedText(film.name, Qt::ElideMiddle, columnWidth - 16));
        button->setToolTip(film.hint);
        layout->addWidget(button);
        connect(button, &QPushButton::clicked, this,
                [this, path = film.path] { Q_EMIT filmsRequested({path}); });
    }
    m_recentPlace->addWidget(m_recent);
}

void StartPage::paintEvent(QPaintEvent *)
{
    // A dashed frame says "drop here" without a word.
    QPainter painter(this);
    painter.setPen(QPen(palette().color(QPalette::Mid), 1, Qt::DashLine));
    painter.drawRect(rect().adjusted(12, 12, -13, -13));
}

} // namespace hilum::ui
