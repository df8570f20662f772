// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desk/FilmsBehind.h"

#include "ui/bridge/Convert.h"
#include "ui/bridge/DisplayFilm.h"
#include "ui/bridge/ErrorText.h"
#include "ui/bridge/Lanes.h"
#include "ui/bridge/Task.h"
#include "ui/desk/FilmMaps.h"
#include "ui/plots/ClassNames.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace hilum::ui {

namespace {

constexpr int pictureSide = 84;
constexpr int itemWidth = 268;
constexpr std::size_t mostThumbnails = 400;
constexpr double heatOpacity = 0.6;

std::size_t at(int index) { return static_cast<std::size_t>(index); }

void paintMap(QPainter &painter, const QRect &picture, const QRect &frame, const QModelIndex &index)
{
    const QImage heat = index.data(FilmsBehindModel::HeatRole).value<QImage>();
    if (!heat.isNull()) {
        const QRectF part = index.data(FilmsBehindModel::HeatPartRole).toRectF();
        painter.setOpacity(heatOpacity);
        painter.drawImage(QRectF(picture.left() + part.left() * picture.width(),
                                 picture.top() + part.top() * picture.height(),
                                 part.width() * picture.width(), part.height() * picture.height()),
                          heat);
        painter.setOpacity(1);
    }
    const QString words = index.data(FilmsBehindModel::MapStateRole).toString();
    if (words.isEmpty())
        return;
    const int line = painter.fontMetrics().height();
    const QRect place(frame.left(), frame.bottom() - line + 1, frame.width(), line);
    painter.fillRect(place, QColor(0, 0, 0, 190));
    painter.setPen(QColor(0xe6, 0xe6, 0xe6));
    painter.drawText(place.adjusted(3, 0, -2, 0), Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(words, Qt::ElideRight, place.width() - 5));
}

class Delegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {itemWidth, pictureSide + 8};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        painter->save();
        const QRect cell = option.rect.adjusted(1, 1, -1, -1);
        if (option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(cell, option.palette.color(QPalette::AlternateBase));
        const QRect frame(cell.left() + 3, cell.top() + 3, pictureSide, pictureSide);
        painter->fillRect(frame, Qt::black);
        const QImage picture = index.data(Qt::DecorationRole).value<QImage>();
        if (picture.isNull()) {
            painter->setPen(QColor(0x9a, 0xa0, 0xa8));
            painter->drawText(frame.adjusted(2, 2, -2, -2), Qt::AlignCenter | Qt::TextWordWrap,
                              index.data(FilmsBehindModel::StateRole).toString());
        } else {
            const QSize fitted = picture.size().scaled(frame.size(), Qt::KeepAspectRatio);
            const QRect place(frame.center() - QPoint(fitted.width() / 2, fitted.height() / 2), fitted);
            painter->setRenderHint(QPainter::SmoothPixmapTransform);
            painter->drawImage(place, picture);
            paintMap(*painter, place, frame, index);
        }
        const int line = option.fontMetrics.height();
        const int left = frame.right() + 7;
        int top = frame.top() + 2;
        painter->setPen(option.palette.color(QPalette::Text));
        for (const QString &words : index.data(FilmsBehindModel::LinesRole).toStringList()) {
            const QRect place(left, top, cell.right() - left - 2, line);
            painter->drawText(place, Qt::AlignLeft,
                              option.fontMetrics.elidedText(words, Qt::ElideRight, place.width()));
            top += line + 2;
        }
        if (index.data(FilmsBehindModel::CurrentRole).toBool()) {
            painter->setPen(QPen(option.palette.color(QPalette::Highlight), 2));
            painter->drawRect(cell.adjusted(1, 1, -1, -1));
        }
        if (option.state.testFlag(QStyle::State_HasFocus)) {
            painter->setPen(QPen(option.palette.color(QPalette::Text), 1, Qt::DotLine));
            painter->drawRect(cell);
        }
        painter->restore();
    }
};

} // namespace

FilmsBehindModel::FilmsBehindModel(Lanes &lanes, DeskSession &session, Sources sources, QObject *parent)
    : QAbstractListModel(parent)
    , m_lanes(lanes)
    , m_session(session)
    , m_sources(std::move(sources))
    , m_maps(new FilmMaps(lanes, m_sources.service, m_sources.makeReader, this))
{
    connect(m_maps, &FilmMaps::made, this, &FilmsBehindModel::picturesChanged);
}

FilmsBehindModel::~FilmsBehindModel() { m_stop.request_stop(); }

void FilmsBehindModel::setShownName(std::function<QString(const QString &)> shownName)
{
    m_shownName = std::move(shownName);
    reset();
}

int FilmsBehindModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_session.firstSet() ? 0
                                                     : static_cast<int>(m_session.selection().films.size());
}

QVariant FilmsBehindModel::data(const QModelIndex &index, int role) const
{
    const DeskJudgementPtr judgement = m_session.judgement();
    if (!index.isValid() || !judgement)
        return {};
    const DeskSet &set = *judgement->first().set;
    const int film = filmAt(index.row());
    if (film >= static_cast<int>(set.films.size()))
        return {};
    const ScoredFilm &one = set.films[at(film)];
    const std::filesystem::path &path = set.files[at(film)];
    const QString name = m_shownName ? m_shownName(toText(one.film)) : toText(one.film);
    const auto called = [&](const DeskSet &by, const ScoredFilm &said) {
        const int call = said.call();
        return tr("%2 %3 \u00b7 %1")
            .arg(toText(by.title), classTitle(by.labels[at(call)]))
            .arg(said.probabilities[at(call)], 0, 'f', 2);
    };
    switch (role) {
    case Qt::DecorationRole: {
        if (path.empty())
            return {};
        const auto known = m_thumbnails.find(path.string());
        if (known == m_thumbnails.end()) {
            want(film);
            return {};
        }
        return known->second.picture;
    }
    case StateRole: {
        if (path.empty())
            return tr("film not found");
        const auto known = m_thumbnails.find(path.string());
        return known == m_thumbnails.end() ? tr("\u2026") : known->second.state;
    }
    case LinesRole: {
        QStringList lines{name.section(QLatin1Char('/'), -1),
                          tr("truly %1").arg(classTitle(set.labels[at(one.truth)])), called(set, one)};
        if (const DeskSide *second = judgement->second()) {
            if (const int twin = second->set->filmOf(one.film); twin >= 0)
                lines << called(*second->set, second->set->films[at(twin)]);
        }
        return lines;
    }
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return data(index, LinesRole).toStringList().join(QStringLiteral(", "));
    case Qt::ToolTipRole: {
        QStringList lines{name};
        lines << data(index, LinesRole).toStringList().mid(1);
        for (const DeskColumn &column : set.columns) {
            if (column.of[at(film)] >= 0)
                lines << tr("%1: %2").arg(toText(column.name),
                                          toText(column.values[at(column.of[at(film)])]));
        }
        if (path.empty())
            lines << tr("Where this film lies is not known: choose the manifest of the films.");
        if (const FilmMap *map = m_showsMaps ? m_maps->find(path, mapLabel(film)) : nullptr;
            map && map->probability >= 0)
            lines << tr("The map: where %1 looks for %2, which it now gives %3")
                         .arg(toText(m_maps->network()->card.title), classTitle(mapLabel(film)))
                         .arg(map->probability, 0, 'f', 2);
        return lines.join(QLatin1Char('\n'));
    }
    case CurrentRole:
        return m_session.filmIn(0) == film;
    case HeatRole:
    case HeatPartRole:
    case MapStateRole:
        return m_showsMaps && !path.empty() ? mapData(film, role) : QVariant();
    default:
        return {};
    }
}

// Asks for a map when every thumbnail in sight is there.
QVariant FilmsBehindModel::mapData(int film, int role) const
{
    const std::string label = mapLabel(film);
    if (label.empty())
        return {};
    const std::filesystem::path &path = m_session.judgement()->first().set->files[at(film)];
    const FilmMap *map = m_maps->find(path, label);
    if (!map) {
        if (m_isMaking || !m_wanted.empty())
            return {};
        m_maps->want(film, path, label);
        return role == MapStateRole ? QVariant(tr("map\u2026")) : QVariant();
    }
    return role == HeatRole    ? QVariant(map->heat)
        : role == HeatPartRole ? QVariant(map->part)
                               : QVariant(map->words);
}

std::string FilmsBehindModel::mapLabel(int film) const
{
    const DeskJudgementPtr judgement = m_session.judgement();
    const DeskSelection &chosen = m_session.selection();
    if (!judgement || !m_maps->network() || chosen.side >= static_cast<int>(judgement->sides.size()))
        return {};
    const DeskSet &by = *judgement->sides[at(chosen.side)].set;
    int label = chosen.label;
    if (label < 0) {
        const int twin = by.filmOf(judgement->first().set->films[at(film)].film);
        label = twin < 0 ? -1 : by.films[at(twin)].call();
    }
    if (label < 0 || label >= static_cast<int>(by.labels.size()))
        return {};
    const auto &known = m_maps->network()->card.classes;
    return std::ranges::find(known, by.labels[at(label)]) == known.end() ? std::string()
                                                                         : by.labels[at(label)];
}

void FilmsBehindModel::setShowsMaps(bool shows)
{
    m_showsMaps = shows;
    m_maps->stop();
    picturesChanged();
}

void FilmsBehindModel::findNetwork()
{
    m_maps->stop();
    const DeskJudgementPtr judgement = m_session.judgement();
    const int side = m_session.selection().side;
    std::optional<ModelPackage> network;
    if (judgement && side < static_cast<int>(judgement->sides.size()) && m_sources.networks) {
        const std::string &id = judgement->sides[at(side)].set->modelId;
        for (ModelPackage &package : m_sources.networks()) {
            if (!id.empty() && package.card.id == id && !network)
                network = std::move(package);
        }
    }
    m_maps->setNetwork(std::move(network));
}

bool FilmsBehindModel::hasMaps() const { return m_maps->network().has_value(); }

QString FilmsBehindModel::mapWords() const
{
    const DeskJudgementPtr judgement = m_session.judgement();
    const DeskSelection &chosen = m_session.selection();
    if (!judgement || chosen.side >= static_cast<int>(judgement->sides.size()))
        return {};
    const DeskSet &by = *judgement->sides[at(chosen.side)].set;
    const QString who = toText(by.title);
    if (!hasMaps())
        return tr("No maps: %1 is of no installed network").arg(who);
    if (chosen.label < 0)
        return tr("Grad-CAM of the call by %1").arg(who);
    return mapLabel(0).empty()
        ? tr("No maps: %1 does not know %2").arg(who, classTitle(by.labels[at(chosen.label)]))
        : tr("Grad-CAM of %2 by %1").arg(who, classTitle(by.labels[at(chosen.label)]));
}

void FilmsBehindModel::picturesChanged()
{
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {Qt::DecorationRole});
}

void FilmsBehindModel::reset()
{
    beginResetModel();
    m_wanted.clear();
    findNetwork();
    endResetModel();
}

void FilmsBehindModel::filmChanged()
{
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {CurrentRole});
}

void FilmsBehindModel::want(int film) const
{
    if (std::ranges::find(m_wanted, film) == m_wanted.end())
        m_wanted.push_back(film);
    if (std::exchange(m_isAsking, true))
        return;
    // Painting asks; making begins when it is done.
    QTimer::singleShot(0, const_cast<FilmsBehindModel *>(this), [this] {
        auto *self = const_cast<FilmsBehindModel *>(this);
        m_isAsking = false;
        self->next();
    });
}

void FilmsBehindModel::next()
{
    if (m_isMaking || m_wanted.empty() || !m_sources.makeReader || !m_session.judgement())
        return;
    const int film = m_wanted.back();
    m_wanted.pop_back();
    const DeskSet &set = *m_session.judgement()->first().set;
    if (film >= static_cast<int>(set.files.size()))
        return next();
    if (!m_reader)
        m_reader = std::make_shared<FilmReader>(m_sources.makeReader());
    m_isMaking = true;
    m_stop = runTask(
        m_lanes.decode(), this,
        [reader = m_reader, path = set.files[at(film)]](const std::stop_token &stop) -> Made {
            auto read = (*reader)(path, stop);
            if (!read)
                return tl::unexpected(read.error());
            return thumbnail(*makeDisplayFilm(*read), 2 * pictureSide);
        },
        [this, path = set.files[at(film)].string()](Made made) {
            m_isMaking = false;
            if (m_thumbnails.size() > mostThumbnails)
                m_thumbnails.clear();
            m_thumbnails[path] = made ? Thumbnail{*made, {}} : Thumbnail{{}, errorBadge(made.error().code)};
            next();
            picturesChanged();
        });
}

FilmsBehind::FilmsBehind(Lanes &lanes, DeskSession &session, FilmsBehindModel::Sources sources,
                         QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(new FilmsBehindModel(lanes, session, std::move(sources), this))
    , m_title(new QLabel(this))
    , m_list(new QListView(this))
    , m_find(new QPushButton(tr("&Where are the films?\u2026"), this))
    , m_maps(new QCheckBox(tr("&Maps"), this))
    , m_mapWords(new QLabel(this))
{
    m_title->setTextFormat(Qt::PlainText);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new Delegate(m_list));
    m_list->setViewMode(QListView::ListMode);
    m_list->setFlow(QListView::LeftToRight);
    m_list->setWrapping(false);
    m_list->setUniformItemSizes(true);
    m_list->setLayoutMode(QListView::Batched);
    m_list->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setAccessibleName(tr("Films behind what was chosen"));
    m_list->setFixedHeight(pictureSide + 8 + 20);
    m_find->setAutoDefault(false);
    m_find->setToolTip(
        tr("Choose the manifest of these films: it also says view, age and source where it knows"));
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_title, 1);
    auto *close = new QPushButton(tr("&Close the strip"), this);
    close->setAutoDefault(false);
    close->setVisible(false);
    m_close = close;
    connect(close, &QPushButton::clicked, this, [this] { m_session.select({}, 0, {}); });
    head->addWidget(m_mapWords);
    head->addWidget(m_maps);
    head->addWidget(m_find);
    head->addWidget(close);
    m_mapWords->setTextFormat(Qt::PlainText);
    m_mapWords->setProperty("role", "small");
    m_maps->setChecked(true);
    m_maps->setToolTip(
        tr("Where the network whose plot was clicked looks in each film, over its picture; the "
           "installed network makes them now, which need not be the one that made the table"));
    m_model->maps().setIsSeen([this](int film) { return isSeen(film); });
    connect(m_maps, &QCheckBox::toggled, m_model, &FilmsBehindModel::setShowsMaps);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(head);
    layout->addWidget(m_list);
    connect(m_list, &QListView::activated, this, &FilmsBehind::open);
    connect(m_find, &QPushButton::clicked, this, &FilmsBehind::manifestWanted);
    connect(&session, &DeskSession::selectionChanged, this, &FilmsBehind::showSelection);
    connect(&session, &DeskSession::setsChanged, this, &FilmsBehind::showSelection);
    connect(&session, &DeskSession::judgementChanged, this, [this] {
        showMapWords();
        m_list->viewport()->update();
    });
    connect(&session, &DeskSession::filmChanged, m_model, &FilmsBehindModel::filmChanged);
    showSelection();
}

void FilmsBehind::showSelection()
{
    const DeskSelection &chosen = m_session.selection();
    m_model->reset();
    m_list->setVisible(!chosen.films.empty());
    m_close->setVisible(!chosen.films.empty());
    const DeskSetPtr set = m_session.firstSet();
    m_title->setText(chosen.title.isEmpty()
                         ? tr("Click a cell, a bar or a point of a curve: the films behind it appear here.")
                         : tr("%1 \u00b7 double click opens a film").arg(chosen.title));
    m_find->setVisible(set && !set->films.empty() && set->filesKnown() == 0);
    showMapWords();
}

void FilmsBehind::showMapWords()
{
    const DeskSetPtr set = m_session.firstSet();
    const bool isOfUse = !m_session.selection().films.empty() && set && set->filesKnown() > 0;
    m_mapWords->setVisible(isOfUse);
    m_maps->setVisible(isOfUse);
    m_maps->setEnabled(m_model->hasMaps());
    m_mapWords->setText(m_model->mapWords());
}

void FilmsBehind::networksChanged()
{
    m_model->findNetwork();
    showMapWords();
    m_list->viewport()->update();
}

bool FilmsBehind::isSeen(int film) const
{
    if (!m_list->isVisible() || m_model->rowCount() == 0)
        return false;
    const QRect seen = m_list->viewport()->rect();
    const auto row = [&](int x, int otherwise) {
        const QModelIndex index = m_list->indexAt({x, seen.center().y()});
        return index.isValid() ? index.row() : otherwise;
    };
    const int last = row(seen.right() - 1, m_model->rowCount() - 1);
    for (int i = row(seen.left() + 1, 0); i <= last; ++i) {
        if (m_model->filmAt(i) == film)
            return true;
    }
    return false;
}

void FilmsBehind::hideEvent(QHideEvent *event)
{
    m_model->maps().stop();
    QWidget::hideEvent(event);
}

void FilmsBehind::open(const QModelIndex &index)
{
    if (!index.isValid() || !m_session.judgement())
        return;
    const auto &path = m_session.judgement()->first().set->files[at(m_model->filmAt(index.row()))];
    if (path.empty())
        Q_EMIT manifestWanted();
    else
        Q_EMIT filmWanted(toText(path));
}

} // namespace hilum::ui
