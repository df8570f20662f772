// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/FilmListModel.h"

#include "ui/bridge/ErrorText.h"
#include "ui/plots/ClassNames.h"
#include "ui/session/FilmSession.h"
#include "ui/session/ReadingSession.h"

#include "ui/bridge/Convert.h"

#include <map>

namespace hilum::ui {

FilmListModel::FilmListModel(FilmSession &films, ReadingSession &readings, QObject *parent)
    : QAbstractListModel(parent)
    , m_films(films)
    , m_readings(readings)
    , m_rows(films.count())
{
    const auto changed = [this](int row) {
        if (row >= 0 && row < m_rows)
            Q_EMIT dataChanged(index(row), index(row));
    };
    connect(&films, &FilmSession::filmsAdded, this, [this](int first, int last) {
        beginInsertRows({}, first, last);
        m_rows = last + 1;
        endInsertRows();
    });
    connect(&films, &FilmSession::filmRemoved, this, [this](int row) {
        beginRemoveRows({}, row, row);
        --m_rows;
        endRemoveRows();
    });
    connect(&films, &FilmSession::filmsCleared, this, [this] {
        beginResetModel();
        m_rows = 0;
        endResetModel();
    });
    connect(&films, &FilmSession::entryChanged, this, changed);
    connect(&films.names(), &NameGuard::changed, this, [this] {
        if (m_rows > 0)
            Q_EMIT dataChanged(index(0), index(m_rows - 1));
    });
    connect(&readings, &ReadingSession::filmRead, this,
            [this, changed](int id) { changed(m_films.rowOf(id)); });
}

int FilmListModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : m_rows; }

QVariant FilmListModel::data(const QModelIndex &index, int role) const
{
    const int row = index.row();
    if (!index.isValid() || row >= m_films.count())
        return {};
    const FilmEntry &film = m_films.entry(row);
    switch (role) {
    case Qt::DisplayRole:
        return m_films.nameOf(row);
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole:
        return description(row);
    case Qt::DecorationRole:
        if (film.thumbnail.isNull() && film.state == FilmState::Waiting)
            m_films.wantThumbnail(row);
        return film.thumbnail;
    case BadgesRole:
        return QVariant::fromValue(badges(row));
    case TitleRole:
        return m_films.names().shown(film.title);
    case FailedRole:
        return film.state == FilmState::Failed;
    default:
        return {};
    }
}

std::vector<FilmBadge> FilmListModel::badges(int row) const
{
    const FilmEntry &film = m_films.entry(row);
    if (film.error && !film.from.isEmpty() && film.error->code == ErrorCode::FileUnreadable)
        return {{tr("missing"), {}}}; // the DICOMDIR names it
    if (film.error)
        return {{errorBadge(film.error->code), {}}};
    if (film.state == FilmState::Loading)
        return {{tr("opening\u2026"), {}}};
    std::vector<FilmBadge> badges;
    std::map<std::string, std::size_t> badgeOf; // a class
    for (int n = 0; n < static_cast<int>(m_readings.networks().size()); ++n) {
        const auto &prediction = m_readings.ownReadingOf(film.id, n).prediction;
        if (!prediction || prediction->scores.empty())
            continue;
        if (m_readings.isOwnWithheld(film.id, n))
            return {{tr("refused"), {}}};
        const auto top = prediction->top();
        const std::string &label = prediction->scores[top].label;
        const auto [known, isNew] = badgeOf.try_emplace(label, badges.size());
        if (isNew)
            badges.push_back({classTitle(label), classColour(label, static_cast<int>(top))});
        else
            ++badges[known->second].networks;
    }
    return badges;
}

QString FilmListModel::description(int row) const
{
    const FilmEntry &film = m_films.entry(row);
    QString text = film.path;
    for (const QString &line : {film.title, film.from}) {
        if (!line.isEmpty())
            text += QLatin1Char('\n') + line;
    }
    if (film.error) {
        const ErrorWords words = errorWords(*film.error, m_films.nameOf(row));
        text += QLatin1Char('\n') + words.what + QLatin1Char('\n') + words.tryThis;
    }
    for (int n = 0; n < static_cast<int>(m_readings.networks().size()); ++n) {
        const NetworkReading &reading = m_readings.ownReadingOf(film.id, n);
        const auto &prediction = reading.prediction;
        if (!reading.gate.accepted)
            text += QLatin1Char('\n') + tr("Refused: %1").arg(toText(reading.gate.reason));
        if (prediction && !prediction->scores.empty() && !m_readings.isOwnWithheld(film.id, n))
            text += QLatin1Char('\n')
                + tr("Called %1 by %2")
                      .arg(classTitle(prediction->scores[prediction->top()].label),
                           toText(m_readings.networks()[static_cast<std::size_t>(n)].package.card.title));
    }
    return m_films.names().shown(text);
}

} // namespace hilum::ui
