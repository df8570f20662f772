// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/FilmPanel.h"

#include "ui/bridge/Convert.h"
#include "ui/library/FilmFacts.h"

#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace hilum::ui {

FilmPanel::FilmPanel(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(tr("About the film"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_notices = new QLabel(this);
    m_notices->setWordWrap(true);
    m_notices->setTextFormat(Qt::PlainText);
    m_notices->setProperty("role", QStringLiteral("warning"));
    m_filter = new QLineEdit(this);
    m_filter->setPlaceholderText(tr("Find a tag"));
    m_filter->setAccessibleName(tr("Find a tag by name, number or value"));
    m_filter->setClearButtonEnabled(true);
    m_tags = new QTreeWidget(this);
    m_tags->setColumnCount(2);
    m_tags->setHeaderLabels({tr("Tag"), tr("Value")});
    m_tags->setRootIsDecorated(true);
    m_tags->setUniformRowHeights(true);
    m_tags->setTextElideMode(Qt::ElideRight);
    m_tags->setIndentation(12);
    m_tags->setMinimumHeight(200);
    m_tags->header()->setStretchLastSection(true);
    m_tags->header()->resizeSection(0, fontMetrics().averageCharWidth() * 22);
    m_tags->setAccessibleName(tr("Tags"));
    layout->addWidget(m_notices);
    layout->addWidget(m_filter);
    layout->addWidget(m_tags);
    connect(m_filter, &QLineEdit::textChanged, this, &FilmPanel::filterTags);
    setFilm(nullptr);
}

void FilmPanel::setFilm(FilmPtr film)
{
    m_film = std::move(film);
    delete m_facts;
    m_facts = new QWidget(this);
    auto *form = new QFormLayout(m_facts);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(4);
    const auto add = [&](const QString &name, const QString &value) {
        auto *label = new QLabel(value, m_facts);
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setToolTip(value);
        auto *title = new QLabel(name, m_facts);
        title->setProperty("role", QStringLiteral("muted"));
        form->addRow(title, label);
    };
    if (m_film) {
        for (const FilmFact &fact : filmFacts(*m_film))
            add(fact.name, fact.value);
    } else {
        add(tr("Film"), tr("none open"));
    }
    qobject_cast<QVBoxLayout *>(layout())->insertWidget(0, m_facts);

    QStringList notices;
    if (m_film) {
        for (const std::string &notice : m_film->notices)
            notices << toText(notice);
    }
    m_notices->setText(notices.join(QLatin1Char('\n')));
    m_notices->setVisible(!notices.isEmpty());
    filterTags(m_filter->text());
    const bool hasTags = m_film && !m_film->tags.empty();
    m_filter->setVisible(hasTags);
    m_tags->setVisible(hasTags);
}

void FilmPanel::filterTags(const QString &wanted)
{
    m_tags->clear();
    if (!m_film)
        return;
    QList<QTreeWidgetItem *> roots;
    std::vector<QTreeWidgetItem *> path; // the last item of each depth
    for (const FilmTag &tag : m_film->tags) {
        const QString name = toText(tag.name);
        const QString number = toText(tag.tag);
        const QString value = toText(tag.value);
        const bool found = wanted.isEmpty() || name.contains(wanted, Qt::CaseInsensitive)
            || number.contains(wanted) || value.contains(wanted, Qt::CaseInsensitive);
        if (!found)
            continue;
        auto *item = new QTreeWidgetItem({name.isEmpty() ? number : name, value});
        item->setToolTip(0, number.isEmpty() ? name : tr("%1 (%2) %3").arg(name, number, toText(tag.vr)));
        item->setToolTip(1, value);
        // A filtered list is flat: what is above a hit need not be one.
        const auto depth
            = wanted.isEmpty() ? std::min(static_cast<std::size_t>(std::max(tag.depth, 0)), path.size()) : 0;
        path.resize(depth);
        if (depth == 0)
            roots << item;
        else
            path.back()->addChild(item);
        path.push_back(item);
    }
    m_tags->addTopLevelItems(roots);
}

} // namespace hilum::ui
