// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/compare/CompareTable.h"

#include "ui/bridge/Convert.h"
#include "ui/compare/CompareSession.h"
#include "ui/plots/ClassNames.h"
#include "ui/predict/ReadingText.h"

#include <QFileInfo>
#include <QFont>

#include <algorithm>
#include <utility>

namespace hilum::ui {

namespace {

QString two(double value) { return QString::number(value, 'f', 2); }

QString orDash(const QString &text) { return text.isEmpty() ? QStringLiteral("\u2013") : text; }

bool isNumber(int column)
{
    return column == CompareTable::Disagreement || column == CompareTable::FirstP
        || column == CompareTable::SecondP;
}

} // namespace

CompareTable::CompareTable(CompareSession &session, std::function<QString(const QString &)> shown,
                           QObject *parent)
    : QAbstractTableModel(parent)
    , m_session(session)
    , m_shown(std::move(shown))
{
    connect(&session, &CompareSession::comparisonChanged, this, &CompareTable::refill);
    connect(&session, &CompareSession::filterChanged, this, &CompareTable::refill);
    connect(&session, &CompareSession::currentChanged, this, &CompareTable::currentMoved);
    connect(&session, &CompareSession::labelChanged, this, [this] {
        Q_EMIT headerDataChanged(Qt::Horizontal, FirstP, SecondP);
        if (m_column == FirstP || m_column == SecondP)
            sort(m_column, m_order);
        else if (!m_rows.empty())
            Q_EMIT dataChanged(index(0, FirstP), index(rowCount() - 1, SecondP));
    });
    refill();
}

void CompareTable::refill()
{
    beginResetModel();
    m_rows = m_session.shown();
    m_current = m_session.current();
    sortRows();
    endResetModel();
}

void CompareTable::namesChanged()
{
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, FilmColumn), index(rowCount() - 1, FilmColumn));
}

void CompareTable::sortRows()
{
    if (const FilmComparison *all = m_session.comparison()) {
        const auto &films = all->read;
        const auto label = static_cast<std::size_t>(m_session.label());
        const auto by = [&](auto key) {
            const auto less = [&](int a, int b) {
                return key(films[static_cast<std::size_t>(a)]) < key(films[static_cast<std::size_t>(b)]);
            };
            if (m_order == Qt::AscendingOrder)
                std::ranges::stable_sort(m_rows, less);
            else
                std::ranges::stable_sort(m_rows, [&](int a, int b) { return less(b, a); });
        };
        using Film = const TwiceReadFilm &;
        std::ranges::sort(m_rows); // equals in the data set's order
        switch (m_column) {
        case FilmColumn:
            by([](Film film) -> const std::string & { return film.film; });
            break;
        case SourceColumn:
            by([](Film film) -> const std::string & { return film.source; });
            break;
        case TruthColumn:
            by([](Film film) { return film.truth; });
            break;
        case FirstCall:
            by([](Film film) { return film.firstCall(); });
            break;
        case SecondCall:
            by([](Film film) { return film.secondCall(); });
            break;
        case FirstP:
            by([label](Film film) { return film.first[label]; });
            break;
        case SecondP:
            by([label](Film film) { return film.second[label]; });
            break;
        default:
            by([](Film film) { return film.disagreement(); });
        }
        m_rowOf.assign(films.size(), -1);
    }
    for (std::size_t row = 0; row < m_rows.size(); ++row)
        m_rowOf[static_cast<std::size_t>(m_rows[row])] = static_cast<int>(row);
}

void CompareTable::sort(int column, Qt::SortOrder order)
{
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    std::vector<int> films;
    for (const QModelIndex &at : before)
        films.push_back(filmOf(at.row()));
    m_column = column;
    m_order = order;
    sortRows();
    QModelIndexList after;
    for (int i = 0; i < before.size(); ++i)
        after << index(rowOf(films[static_cast<std::size_t>(i)]), before[i].column());
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

int CompareTable::rowOf(int film) const
{
    return film < 0 || static_cast<std::size_t>(film) >= m_rowOf.size()
        ? -1
        : m_rowOf[static_cast<std::size_t>(film)];
}

void CompareTable::currentMoved()
{
    const int was = rowOf(std::exchange(m_current, m_session.current()));
    for (const int row : {was, rowOf(m_current)}) {
        if (row >= 0)
            Q_EMIT dataChanged(index(row, 0), index(row, columns - 1));
    }
}

int CompareTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CompareTable::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : columns; }

QString CompareTable::callText(int film, int call) const
{
    const TwiceReadFilm &one = m_session.comparison()->read[static_cast<std::size_t>(film)];
    const QString title = classTitle(m_session.comparison()->classes[static_cast<std::size_t>(call)]);
    // Wrong is a sign, not a colour.
    return one.truth < 0 || one.truth == call ? title : tr("%1 \u2717").arg(title);
}

QString CompareTable::textAt(int film, int column) const
{
    const FilmComparison &all = *m_session.comparison();
    const TwiceReadFilm &one = all.read[static_cast<std::size_t>(film)];
    const auto label = static_cast<std::size_t>(m_session.label());
    switch (column) {
    case FilmColumn: {
        const QString name = m_shown(QFileInfo(toText(one.film)).fileName());
        return film == m_current ? QStringLiteral("\u25b8 %1").arg(name) : name;
    }
    case SourceColumn:
        return orDash(toText(one.source));
    case TruthColumn:
        return one.truth < 0 ? orDash({}) : classTitle(all.className(one.truth));
    case FirstCall:
        return callText(film, one.firstCall());
    case SecondCall:
        return callText(film, one.secondCall());
    case FirstP:
        return probabilityText(one.first[label]);
    case SecondP:
        return probabilityText(one.second[label]);
    default:
        return two(one.disagreement());
    }
}

QVariant CompareTable::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || !m_session.comparison())
        return {};
    const int film = filmOf(index.row());
    const int column = index.column();
    if (role == Qt::DisplayRole)
        return textAt(film, column);
    if (role == Qt::TextAlignmentRole && isNumber(column))
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::FontRole && film == m_current) {
        QFont bold;
        bold.setBold(true);
        return bold;
    }
    if (role == Qt::ToolTipRole && column == FilmColumn) {
        const QString name
            = m_shown(toText(m_session.comparison()->read[static_cast<std::size_t>(film)].film));
        return film == m_current ? tr("%1 (on the screen)").arg(name) : name;
    }
    if (role == Qt::ToolTipRole && (column == FirstCall || column == SecondCall))
        return textAt(film, column).endsWith(QChar(0x2717)) ? tr("not the film's true class") : QString();
    return {};
}

QVariant CompareTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == Disagreement)
        return tr("0: the same probabilities; 1: each is sure of another class");
    const FilmComparison *all = m_session.comparison();
    const auto names = all ? all->names() : std::array<std::string, 2>{};
    const QString of
        = all ? classTitle(all->classes[static_cast<std::size_t>(m_session.label())]) : QString();
    if (role == Qt::ToolTipRole && (section == FirstP || section == SecondP))
        return tr("p(%1) by %2").arg(of, toText(names[section == FirstP ? 0 : 1]));
    if (role != Qt::DisplayRole)
        return {};
    const QChar forArrow(0x2003); // at the right of a header stands the arrow of the sorting
    switch (section) {
    case FilmColumn:
        return tr("Film");
    case SourceColumn:
        return tr("Source");
    case TruthColumn:
        return tr("Truth");
    case FirstCall:
        return tr("%1 calls").arg(toText(names[0]));
    case SecondCall:
        return tr("%1 calls").arg(toText(names[1]));
    case FirstP:
        return tr("p %1").arg(toText(names[0])) + forArrow;
    case SecondP:
        return tr("p %1").arg(toText(names[1])) + forArrow;
    default:
        return tr("Disagree") + forArrow;
    }
}

} // namespace hilum::ui
