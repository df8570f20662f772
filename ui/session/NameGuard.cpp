// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/session/NameGuard.h"

#include "core/film/Identifiers.h"
#include "ui/bridge/Convert.h"

#include <QRegularExpression>

#include <algorithm>

namespace hilum::ui {

namespace {

constexpr int shortest = 3; // shorter names are parts of ordinary words

} // namespace

bool NameGuard::isIdentifying(const FilmTag &tag) { return hilum::isIdentifying(tag); }

QStringList NameGuard::namesIn(const QString &personName)
{
    static const QRegularExpression between(QStringLiteral("[\\^=\\\\\\s,]+"));
    QStringList names;
    for (const QString &part : personName.split(between, Qt::SkipEmptyParts)) {
        if (part.size() >= shortest)
            names << part;
    }
    return names;
}

QStringList NameGuard::identifiersOf(const std::vector<FilmTag> &tags)
{
    QStringList found;
    for (const std::string &identifier : hilum::identifiersOf(tags))
        found << toText(identifier);
    return found;
}

void NameGuard::setHiding(bool hides)
{
    if (hides == m_hiding)
        return;
    m_hiding = hides;
    Q_EMIT changed();
}

void NameGuard::learn(const QStringList &identifiers)
{
    bool isNew = false;
    for (const QString &identifier : identifiers) {
        if (identifier.size() < shortest || m_identifiers.contains(identifier, Qt::CaseInsensitive))
            continue;
        m_identifiers << identifier;
        isNew = true;
    }
    if (!isNew)
        return;
    std::ranges::stable_sort(m_identifiers, std::ranges::greater{}, &QString::size);
    if (m_hiding)
        Q_EMIT changed();
}

bool NameGuard::namesSomeone(const QString &text) const
{
    return std::ranges::any_of(m_identifiers, [&](const QString &identifier) {
        return text.contains(identifier, Qt::CaseInsensitive);
    });
}

QString NameGuard::shown(const QString &text) const
{
    if (!m_hiding)
        return text;
    QString hidden = text;
    for (const QString &identifier : m_identifiers)
        hidden.replace(identifier, QStringLiteral("\u2022\u2022\u2022"), Qt::CaseInsensitive);
    return hidden;
}

QString NameGuard::shown(const FilmTag &tag) const
{
    const QString value = toText(tag.value);
    if (!m_hiding || value.isEmpty())
        return value;
    return isIdentifying(tag) ? tr("hidden") : shown(value);
}

} // namespace hilum::ui
