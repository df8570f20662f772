// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/FilmPanel.h"

#include "ui/bridge/Convert.h"
#include "ui/library/FilmFacts.h"
#include "ui/library/TagBrowser.h"
#include "ui/session/NameGuard.h"

#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace hilum::ui {

FilmPanel::FilmPanel(NameGuard &names, QWidget *parent)
    : QWidget(parent)
    , m_names(names)
    , m_notices(new QLabel(this))
    , m_open(new QPushButton(tr("Tags in a window\u2026"), this))
    , m_tags(new TagBrowser(names, TagBrowser::Shape::Column, this))
{
    setAccessibleName(tr("About the film"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_notices->setWordWrap(true);
    m_notices->setTextFormat(Qt::PlainText);
    m_notices->setProperty("role", QStringLiteral("warning"));
    m_notices->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_open->setToolTip(tr("See every tag with its number and VR, and copy them"));
    layout->addWidget(m_notices);
    layout->addWidget(m_tags);
    layout->addWidget(m_open, 0, Qt::AlignLeft);
    connect(m_open, &QPushButton::clicked, this, &FilmPanel::tagsRequested);
    connect(&names, &NameGuard::changed, this, &FilmPanel::showFacts);
    setFilm(nullptr);
}

void FilmPanel::setFilm(FilmPtr film, const QString &from, const QStringList &notices)
{
    m_film = std::move(film);
    m_from = from;
    showFacts();
    QStringList sentences = notices;
    if (m_film) {
        for (const std::string &notice : m_film->notices)
            sentences << toText(notice);
    }
    m_notices->setText(sentences.join(QLatin1Char('\n')));
    m_notices->setVisible(!sentences.isEmpty());
    const bool hasTags = m_film && !m_film->tags.empty();
    m_tags->setFilm(m_film);
    m_tags->setVisible(hasTags);
    m_open->setVisible(hasTags);
}

void FilmPanel::showFacts()
{
    delete m_facts;
    m_facts = new QWidget(this);
    auto *form = new QFormLayout(m_facts);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(4);
    const auto add = [&](const QString &name, const QString &value) {
        const QString shown = m_names.shown(value);
        auto *label = new QLabel(shown, m_facts);
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setToolTip(shown);
        auto *title = new QLabel(name, m_facts);
        title->setProperty("role", QStringLiteral("muted"));
        form->addRow(title, label);
    };
    if (m_film) {
        for (const FilmFact &fact : filmFacts(*m_film))
            add(fact.name, fact.value);
        if (!m_from.isEmpty())
            add(tr("From"), m_from);
    } else {
        add(tr("Film"), tr("none open"));
    }
    qobject_cast<QVBoxLayout *>(layout())->insertWidget(1, m_facts);
}

} // namespace hilum::ui
