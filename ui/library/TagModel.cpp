// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/TagModel.h"

#include "ui/bridge/Convert.h"
#include "ui/session/NameGuard.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>
#include <utility>

namespace hilum::ui {

namespace {

bool isPrivateNumber(const std::string &number)
{
    return number.size() == 9 && (std::strtoul(number.substr(0, 4).c_str(), nullptr, 16) & 1U) != 0;
}

// "Unknown Tag & Data" is DCMTK's word for having none.
QString nameOf(const FilmTag &tag)
{
    const QString name = toText(tag.name);
    return name.startsWith(QLatin1String("Unknown")) ? QString() : name;
}

} // namespace

TagModel::TagModel(NameGuard &names, QObject *parent)
    : QAbstractItemModel(parent)
    , m_names(names)
{
    connect(&names, &NameGuard::changed, this, [this] {
        beginResetModel();
        endResetModel();
    });
}

void TagModel::setFilm(FilmPtr film)
{
    if (film == m_film)
        return;
    beginResetModel();
    m_film = std::move(film);
    m_nodes.clear();
    m_roots.clear();
    if (m_film)
        build();
    endResetModel();
}

void TagModel::build()
{
    m_nodes.reserve(m_film->tags.size() * 5 / 4);
    std::vector<int> path; // the last node of each depth
    for (std::size_t i = 0; i < m_film->tags.size(); ++i) {
        const FilmTag &tag = m_film->tags[i];
        const auto depth = std::min(static_cast<std::size_t>(std::max(tag.depth, 0)), path.size());
        path.resize(depth);
        Node node;
        node.tag = static_cast<int>(i);
        node.isPrivate = isPrivateNumber(tag.tag);
        path.push_back(add(depth == 0 ? -1 : path.back(), std::move(node)));
    }
    addItems();
    nameOwners();
}

int TagModel::add(int parent, Node node)
{
    const int made = static_cast<int>(m_nodes.size());
    std::vector<int> &siblings = parent < 0 ? m_roots : m_nodes[static_cast<std::size_t>(parent)].children;
    node.parent = parent;
    node.row = static_cast<int>(siblings.size());
    siblings.push_back(made);
    m_nodes.push_back(std::move(node));
    return made;
}

void TagModel::addItems()
{
    const std::size_t tags = m_nodes.size();
    for (std::size_t n = 0; n < tags; ++n) {
        if (m_nodes[n].children.empty())
            continue;
        std::vector<std::vector<int>> items;
        const std::string *last = nullptr;
        for (const int child : m_nodes[n].children) {
            const std::string &number
                = m_film->tags[static_cast<std::size_t>(m_nodes[static_cast<std::size_t>(child)].tag)].tag;
            if (!last || number <= *last)
                items.emplace_back();
            items.back().push_back(child);
            last = &number;
        }
        const std::string &counted = m_film->tags[static_cast<std::size_t>(m_nodes[n].tag)].value;
        if (items.size() < 2 || std::atoi(counted.c_str()) != static_cast<int>(items.size()))
            continue;
        m_nodes[n].children.clear();
        for (std::size_t i = 0; i < items.size(); ++i) {
            Node item;
            item.item = static_cast<int>(i) + 1;
            item.isPrivate = m_nodes[n].isPrivate;
            const int made = add(static_cast<int>(n), std::move(item));
            for (std::size_t row = 0; row < items[i].size(); ++row) {
                Node &child = m_nodes[static_cast<std::size_t>(items[i][row])];
                child.parent = made;
                child.row = static_cast<int>(row);
            }
            m_nodes[static_cast<std::size_t>(made)].children = std::move(items[i]);
        }
    }
}

// (gggg,xxyy) belongs to who reserved (gggg,00xx) beside it (PS3.5 7.8.1).
void TagModel::nameOwners()
{
    const auto numberOf = [this](const Node &node) -> const std::string & {
        return m_film->tags[static_cast<std::size_t>(node.tag)].tag;
    };
    std::map<std::pair<int, std::string>, QString> creators; // by what they are in, and number
    for (const Node &node : m_nodes) {
        if (node.isPrivate && node.tag >= 0 && numberOf(node).compare(5, 2, "00") == 0)
            creators[{node.parent, numberOf(node)}]
                = toText(m_film->tags[static_cast<std::size_t>(node.tag)].value).trimmed();
    }
    for (Node &node : m_nodes) {
        if (!node.isPrivate || node.tag < 0 || numberOf(node).compare(5, 2, "00") == 0)
            continue;
        const auto found
            = creators.find({node.parent, numberOf(node).substr(0, 5) + "00" + numberOf(node).substr(5, 2)});
        if (found != creators.end())
            node.owner = found->second;
    }
}

const std::vector<int> &TagModel::childrenOf(int node) const
{
    return node < 0 ? m_roots : m_nodes[static_cast<std::size_t>(node)].children;
}

QModelIndex TagModel::index(int row, int column, const QModelIndex &parent) const
{
    const auto &children = childrenOf(parent.isValid() ? static_cast<int>(parent.internalId()) : -1);
    if (row < 0 || row >= static_cast<int>(children.size()) || column < 0 || column >= columns)
        return {};
    return createIndex(row, column, static_cast<quintptr>(children[static_cast<std::size_t>(row)]));
}

QModelIndex TagModel::parent(const QModelIndex &child) const
{
    if (!child.isValid())
        return {};
    const int above = m_nodes[child.internalId()].parent;
    return above < 0
        ? QModelIndex()
        : createIndex(m_nodes[static_cast<std::size_t>(above)].row, 0, static_cast<quintptr>(above));
}

int TagModel::rowCount(const QModelIndex &parent) const
{
    if (parent.column() > 0)
        return 0;
    return static_cast<int>(childrenOf(parent.isValid() ? static_cast<int>(parent.internalId()) : -1).size());
}

QString TagModel::text(const Node &node, int column) const
{
    if (node.tag < 0)
        return column == Name ? tr("Item %1").arg(node.item) : QString();
    const FilmTag &tag = m_film->tags[static_cast<std::size_t>(node.tag)];
    switch (column) {
    case Number:
        return toText(tag.tag);
    case Vr:
        return toText(tag.vr);
    case Value:
        return m_names.shown(tag);
    default:
        break;
    }
    const QString name = nameOf(tag);
    if (!node.owner.isEmpty())
        return name.isEmpty() ? tr("Private, of %1").arg(node.owner) : tr("%1 (of %2)").arg(name, node.owner);
    return name.isEmpty() ? (node.isPrivate ? tr("Private") : tr("Unknown")) : name;
}

QVariant TagModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = m_nodes[index.internalId()];
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return text(node, index.column());
    if (role == PrivateRole)
        return node.isPrivate;
    return {};
}

QVariant TagModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number:
        return tr("Tag");
    case Name:
        return tr("Name");
    case Vr:
        return tr("VR");
    default:
        return tr("Value");
    }
}

TagFilter::TagFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setRecursiveFilteringEnabled(true);
}

void TagFilter::setWanted(const QString &text)
{
    m_words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateFilter();
}

void TagFilter::setShowsPrivate(bool shows)
{
    m_private = shows;
    invalidateFilter();
}

bool TagFilter::matches(const QModelIndex &index) const
{
    QString text;
    for (int column = 0; column < TagModel::columns; ++column)
        text += index.siblingAtColumn(column).data().toString() + QLatin1Char('\n');
    return std::ranges::all_of(m_words,
                               [&](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

bool TagFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    bool found = m_words.isEmpty();
    for (QModelIndex at = index; at.isValid(); at = at.parent()) {
        if (!m_private && at.data(TagModel::PrivateRole).toBool())
            return false;
        found = found || matches(at);
    }
    return found;
}

} // namespace hilum::ui
