// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/batch/BatchTable.h"

#include "core/metrics/Evaluation.h"
#include "ui/bridge/Convert.h"
#include "ui/plots/ClassNames.h"
#include "ui/predict/ReadingText.h"

#include <QFileInfo>

#include <algorithm>
#include <limits>
#include <string_view>
#include <type_traits>

namespace hilum::ui {

namespace {

constexpr int sortAfterMs = 1000; // rows that come are put in their places once a second

// ASCII alone: a filter over a hundred thousand names while somebody types.
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

} // namespace

BatchTable::BatchTable(std::function<QString(const QString &)> shown, QObject *parent)
    : QAbstractTableModel(parent)
    , m_shown(std::move(shown))
{
    m_sorting.setSingleShot(true);
    m_sorting.setInterval(sortAfterMs);
    connect(&m_sorting, &QTimer::timeout, this, [this] { sort(m_column, m_direction); });
}

void BatchTable::setPlan(const std::optional<BatchPlan> &plan)
{
    beginResetModel();
    m_plan = plan;
    m_rows.clear();
    m_order.clear();
    m_words.assign(1, {});
    m_hasTruths = false;
    if (m_column >= columnCount())
        m_column = -1;
    endResetModel();
}

std::uint16_t BatchTable::wordOf(const std::string &text)
{
    const auto found = std::ranges::find(m_words, text);
    const auto place = static_cast<std::size_t>(found - m_words.begin());
    if (found == m_words.end() && place < std::numeric_limits<std::uint16_t>::max())
        m_words.push_back(text);
    return place < m_words.size() ? static_cast<std::uint16_t>(place) : std::uint16_t(0);
}

void BatchTable::add(const std::vector<BatchRow> &rows)
{
    std::vector<std::uint32_t> passing;
    for (const BatchRow &came : rows) {
        Row row;
        row.film = static_cast<std::uint32_t>(came.film);
        row.truth = wordOf(came.truth);
        row.source = wordOf(came.source);
        row.isFailed = !came.errorCode.empty();
        row.isRefused = !came.refusal.empty();
        row.name = came.name;
        row.problem = row.isFailed ? came.error : came.refusal;
        for (const auto &probabilities : came.probabilities) {
            const int call = hilum::callOf(probabilities);
            row.calls.push_back({call, static_cast<float>(probabilities[static_cast<std::size_t>(call)])});
        }
        m_hasTruths = m_hasTruths || row.truth != 0;
        if (passes(row))
            passing.push_back(static_cast<std::uint32_t>(m_rows.size()));
        m_rows.push_back(std::move(row));
    }
    if (passing.empty())
        return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(passing.size()) - 1);
    m_order.insert(m_order.end(), passing.begin(), passing.end());
    endInsertRows();
    if (m_column >= 0 && !m_sorting.isActive())
        m_sorting.start();
}

const std::string &BatchTable::callOf(const Row &row, std::size_t network) const
{
    return m_plan->models[network].classes[static_cast<std::size_t>(row.calls[network].label)];
}

bool BatchTable::passes(const Row &row) const
{
    if (!m_sought.empty() && std::ranges::search(row.name, m_sought, {}, lower).begin() == row.name.end())
        return false;
    const auto isCalled
        = [&](std::size_t network, const std::string &label) { return callOf(row, network) == label; };
    switch (m_filter.kind) {
    case BatchFilter::Kind::All:
        return true;
    case BatchFilter::Kind::Failed:
        return row.isFailed;
    case BatchFilter::Kind::Refused:
        return row.isRefused;
    case BatchFilter::Kind::Disagree:
        for (std::size_t network = 1; network < row.calls.size(); ++network) {
            if (!isCalled(network, callOf(row, 0)))
                return true;
        }
        return false;
    case BatchFilter::Kind::Wrong:
        for (std::size_t network = 0; row.truth != 0 && network < row.calls.size(); ++network) {
            if (!isCalled(network, m_words[row.truth]))
                return true;
        }
        return false;
    }
    return false;
}

void BatchTable::setFilter(const BatchFilter &filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    m_sought = filter.text.toStdString();
    std::ranges::transform(m_sought, m_sought.begin(), lower);
    refill();
}

void BatchTable::refill()
{
    beginResetModel();
    m_order.clear();
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        if (passes(m_rows[row]))
            m_order.push_back(static_cast<std::uint32_t>(row));
    }
    sortRows();
    endResetModel();
}

void BatchTable::namesChanged()
{
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, FilmColumn), index(rowCount() - 1, FilmColumn));
}

int BatchTable::rowOf(const std::string &name) const
{
    const auto found
        = std::ranges::find_if(m_order, [&](std::uint32_t row) { return m_rows[row].name == name; });
    return found == m_order.end() ? -1 : static_cast<int>(found - m_order.begin());
}

// By key, equals as they stand in the batch. Keys are taken once: rows lie far apart in memory.
template <class Key>
void BatchTable::sortBy(const Key &key)
{
    using Value = std::decay_t<decltype(key(m_rows.front()))>;
    struct Place {
        Value key;
        std::uint32_t film;
        std::uint32_t row;
    };
    std::vector<Place> places;
    places.reserve(m_order.size());
    for (const std::uint32_t row : m_order)
        places.push_back({key(m_rows[row]), m_rows[row].film, row});
    const bool isRising = m_direction == Qt::AscendingOrder;
    std::ranges::sort(places, [isRising](const Place &a, const Place &b) {
        if (a.key != b.key)
            return isRising ? a.key < b.key : b.key < a.key;
        return a.film < b.film;
    });
    std::ranges::transform(places, m_order.begin(), &Place::row);
}

// Words as numbers that are in the words' order.
std::vector<int> BatchTable::ranksOf(const std::vector<std::string> &words)
{
    std::vector<std::string> sorted = words;
    std::ranges::sort(sorted);
    std::vector<int> ranks;
    for (const std::string &word : words)
        ranks.push_back(static_cast<int>(std::ranges::lower_bound(sorted, word) - sorted.begin()));
    return ranks;
}

void BatchTable::sortRows()
{
    if (m_column < 0) {
        std::ranges::sort(m_order);
        return;
    }
    if (m_rows.empty())
        return;
    const auto networks = m_plan ? m_plan->models.size() : 0;
    const auto network = static_cast<std::size_t>(std::max(0, m_column - firstOfNetworks)) / 2;
    if (m_column == FilmColumn)
        return sortBy([](const Row &row) { return std::string_view(row.name); });
    if (m_column == StateColumn)
        return sortBy([](const Row &row) { return row.isFailed ? 2 : row.isRefused ? 1 : 0; });
    if (m_column == TruthColumn || network >= networks) {
        const bool isTruth = m_column == TruthColumn;
        return sortBy([ranks = ranksOf(m_words), isTruth](const Row &row) {
            return ranks[isTruth ? row.truth : row.source];
        });
    }
    if ((m_column - firstOfNetworks) % 2 == 0)
        return sortBy([ranks = ranksOf(m_plan->models[network].classes), network](const Row &row) {
            return network < row.calls.size() ? ranks[static_cast<std::size_t>(row.calls[network].label)]
                                              : -1;
        });
    sortBy([network](const Row &row) {
        return network < row.calls.size() ? row.calls[network].probability : -1.0F;
    });
}

void BatchTable::sort(int column, Qt::SortOrder order)
{
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    std::vector<std::uint32_t> kept;
    for (const QModelIndex &one : before)
        kept.push_back(m_order[static_cast<std::size_t>(one.row())]);
    m_column = column;
    m_direction = order;
    sortRows();
    QModelIndexList after;
    for (int i = 0; i < before.size(); ++i) {
        const auto place = std::ranges::find(m_order, kept[static_cast<std::size_t>(i)]);
        after << index(static_cast<int>(place - m_order.begin()), before[i].column());
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

int BatchTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_order.size());
}

int BatchTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_plan ? 0
                                       : firstOfNetworks + 2 * static_cast<int>(m_plan->models.size()) + 1;
}

QString BatchTable::textAt(const Row &row, int column) const
{
    const auto orDash = [](const QString &text) { return text.isEmpty() ? QStringLiteral("\u2013") : text; };
    switch (column) {
    case FilmColumn:
        return m_shown(QFileInfo(toText(row.name)).fileName());
    case StateColumn:
        return row.isFailed ? tr("not read") : row.isRefused ? tr("refused") : tr("read");
    case TruthColumn:
        return row.truth == 0 ? orDash({}) : classTitle(m_words[row.truth]);
    default:
        break;
    }
    const auto network = static_cast<std::size_t>(column - firstOfNetworks) / 2;
    if (network >= m_plan->models.size())
        return orDash(toText(m_words[row.source]));
    if (network >= row.calls.size())
        return orDash({});
    if ((column - firstOfNetworks) % 2 == 1)
        return probabilityText(row.calls[network].probability) + QChar(0x2003); // apart from the next column
    const std::string &call = callOf(row, network);
    // Wrong is a sign, not a colour.
    return row.truth == 0 || m_words[row.truth] == call ? classTitle(call)
                                                        : tr("%1 \u2717").arg(classTitle(call));
}

QVariant BatchTable::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || !m_plan)
        return {};
    const Row &row = m_rows[at(index.row())];
    if (role == Qt::DisplayRole)
        return textAt(row, index.column());
    if (role == Qt::TextAlignmentRole && headerData(index.column(), Qt::Horizontal, Qt::UserRole).toBool())
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && index.column() == FilmColumn)
        return m_shown(toText(row.name));
    if (role == Qt::ToolTipRole && index.column() == StateColumn && !row.problem.empty())
        return m_shown(row.isRefused ? tr("The gate: it %1").arg(toText(row.problem)) : toText(row.problem));
    return {};
}

// Qt::UserRole: whether the column is of numbers.
QVariant BatchTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || !m_plan)
        return {};
    const auto network = static_cast<std::size_t>(std::max(0, section - firstOfNetworks)) / 2;
    const bool isNumber = section >= firstOfNetworks && network < m_plan->models.size()
        && (section - firstOfNetworks) % 2 == 1;
    if (role == Qt::UserRole)
        return isNumber;
    if (role == Qt::TextAlignmentRole)
        return int((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && isNumber)
        return tr("Probability of the class that %1 calls").arg(toText(m_plan->models[network].id));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case FilmColumn:
        return tr("Film");
    case StateColumn:
        return tr("State");
    case TruthColumn:
        return tr("Truth");
    default:
        break;
    }
    if (network >= m_plan->models.size())
        return tr("Source");
    const QString id = toText(m_plan->models[network].id);
    const QChar forArrow(0x2003); // at the right of a header stands the arrow of the sorting
    return isNumber ? tr("p") + forArrow : tr("%1 calls").arg(id);
}

} // namespace hilum::ui
