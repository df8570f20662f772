// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/session/NameGuard.h"

#include "ui/bridge/Convert.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <string_view>

namespace hilum::ui {

namespace {

constexpr int shortest = 3; // shorter names are parts of ordinary words

constexpr std::array shownOfPatient{"0010,0040", "0010,1010", "0010,1020", "0010,1030"};

constexpr std::array hiddenElsewhere{
    "0008,0050", // Accession Number
    "0008,0080", // Institution Name
    "0008,0081", // Institution Address
    "0008,0092", // Referring Physician's Address
    "0008,0094", // Referring Physician's Telephone Numbers
    "0008,1010", // Station Name
    "0008,1040", // Institutional Department Name
    "0018,1000", // Device Serial Number
    "0020,0010", // Study ID
    "0020,4000", // Image Comments
    "0032,4000", // Study Comments
    "0038,0010", // Admission ID
    "0038,0300", // Current Patient Location
    "0038,0400", // Patient's Institution Residence
    "0038,0500", // Patient State
    "0038,4000", // Visit Comments
    "0040,0253", // Performed Procedure Step ID
    "0040,1001", // Requested Procedure ID
    "0040,1400", // Requested Procedure Comments
    "0040,2016", // Placer Order Number
    "0040,2017", // Filler Order Number
    "0040,2400", // Imaging Service Request Comments
    "0040,a123", // Person Name in a report
    "4008,0300", // Impressions
};

bool isPrivate(const FilmTag &tag)
{
    return tag.tag.size() == 9 && std::string_view("13579bdfBDF").find(tag.tag[3]) != std::string_view::npos;
}

bool isName(const FilmTag &tag) { return tag.vr == "PN"; }

} // namespace

bool NameGuard::isIdentifying(const FilmTag &tag)
{
    if (isName(tag))
        return true;
    if (tag.tag.empty() || tag.vr == "SQ")
        return false;
    if (isPrivate(tag))
        return true;
    std::string number = tag.tag;
    std::ranges::transform(number, number.begin(),
                           [](char c) { return c >= 'A' && c <= 'F' ? char(c + 32) : c; });
    if (number.starts_with("0010,"))
        return std::ranges::find(shownOfPatient, number) == shownOfPatient.end();
    return std::ranges::find(hiddenElsewhere, number) != hiddenElsewhere.end();
}

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
    for (const FilmTag &tag : tags) {
        const bool number = tag.tag == "0010,0020" || tag.tag == "0010,1000" || tag.tag == "0008,0050";
        const QString value = toText(tag.value).trimmed();
        if (isName(tag))
            found << namesIn(value);
        else if (number && value.size() >= shortest)
            found << value;
    }
    found.removeDuplicates();
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
