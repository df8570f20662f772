// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/FilmStrip.h"

#include "ui/library/FilmListModel.h"
#include "ui/session/FilmSession.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace hilum::ui {

namespace {

constexpr int pictureSide = 64;
constexpr int gap = 8;

// Most names of films differ at their end: a long one is broken, and cut in the middle of what is left.
QStringList inTwoLines(const QString &name, const QFontMetrics &metrics, int width)
{
    if (metrics.horizontalAdvance(name) <= width)
        return {name};
    qsizetype fits = name.size();
    while (fits > 1 && metrics.horizontalAdvance(name.left(fits)) > width)
        --fits;
    return {name.left(fits), metrics.elidedText(name.mid(fits), Qt::ElideMiddle, width)};
}

class FilmDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        const int text = option.fontMetrics.height() * 4;
        return {pictureSide * 2, std::max(pictureSide, text) + 2 * gap};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        painter->save();
        const bool selected = option.state & QStyle::State_Selected;
        const QPalette &colours = option.palette;
        if (selected) {
            painter->fillRect(option.rect, colours.color(QPalette::AlternateBase));
            painter->fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())),
                              colours.color(QPalette::Highlight));
        }
        const QRect content = option.rect.adjusted(gap, gap, -gap, -gap);
        paintPicture(*painter, QRect(content.left(), content.top(), pictureSide, pictureSide), index,
                     colours);

        QRect line(content.left() + pictureSide + gap, content.top(), content.width() - pictureSide - gap,
                   option.fontMetrics.height());
        painter->setPen(colours.color(QPalette::Text));
        const auto badges = index.data(FilmListModel::BadgesRole).value<std::vector<FilmBadge>>();
        const QString name = index.data().toString();
        const QStringList parts = badges.size() <= 2
            ? inTwoLines(name, option.fontMetrics, line.width())
            : QStringList{option.fontMetrics.elidedText(name, Qt::ElideMiddle, line.width())};
        for (const QString &part : parts) {
            painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter, part);
            line.translate(0, option.fontMetrics.height());
        }
        if (const QString title = index.data(FilmListModel::TitleRole).toString(); !title.isEmpty()) {
            painter->setPen(colours.color(QPalette::PlaceholderText));
            painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                              option.fontMetrics.elidedText(title, Qt::ElideRight, line.width()));
            line.translate(0, option.fontMetrics.height());
        }
        for (const FilmBadge &badge : badges) {
            if (line.bottom() > content.bottom() + 2)
                break;
            QRect words = line;
            if (badge.colour.isValid()) {
                // A square for one network, else a bar for each.
                const int side = line.height() / 2;
                const int width = badge.networks == 1 ? side : std::max(2, side * 5 / 8);
                QRect mark(line.left(), line.top() + (line.height() - side) / 2, width, side);
                for (int network = 0; network < badge.networks; ++network) {
                    painter->fillRect(mark, badge.colour);
                    mark.translate(width + 1, 0);
                }
                words.setLeft(mark.left() + 3);
            }
            painter->setPen(colours.color(QPalette::PlaceholderText));
            painter->drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                              option.fontMetrics.elidedText(badge.text, Qt::ElideRight, words.width()));
            line.translate(0, line.height());
        }
        if (option.state & QStyle::State_HasFocus) {
            painter->setPen(colours.color(QPalette::Highlight));
            painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
        }
        painter->restore();
    }

private:
    static void paintPicture(QPainter &painter, const QRect &place, const QModelIndex &index,
                             const QPalette &colours)
    {
        painter.fillRect(place, Qt::black);
        const auto image = index.data(Qt::DecorationRole).value<QImage>();
        if (image.isNull()) {
            painter.setPen(colours.color(QPalette::PlaceholderText));
            const bool failed = index.data(FilmListModel::FailedRole).toBool();
            painter.drawText(place, Qt::AlignCenter, failed ? QStringLiteral("?") : QStringLiteral("\u2026"));
            return;
        }
        QRect fitted(QPoint(0, 0), image.size().scaled(place.size(), Qt::KeepAspectRatio));
        fitted.moveCenter(place.center());
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(fitted, image);
    }
};

} // namespace

FilmStrip::FilmStrip(FilmSession &films, FilmListModel *model, QWidget *parent)
    : QListView(parent)
    , m_films(films)
{
    setModel(model);
    setItemDelegate(new FilmDelegate(this));
    setUniformItemSizes(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(NoEditTriggers);
    setFrameShape(NoFrame);
    setMinimumWidth(136);
    setAccessibleName(tr("Open films"));
    connect(&films, &FilmSession::currentChanged, this, [this] {
        const int row = m_films.currentRow();
        if (row >= 0 && row != currentIndex().row())
            setCurrentIndex(this->model()->index(row, 0));
    });
    // A click on the film that failed tries it again.
    connect(this, &QListView::clicked, this,
            [this](const QModelIndex &index) { m_films.select(index.row()); });
}

void FilmStrip::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    if (current.isValid() && current.row() != m_films.currentRow())
        m_films.select(current.row());
}

// A click below the last film leaves the one on the screen marked.
QItemSelectionModel::SelectionFlags FilmStrip::selectionCommand(const QModelIndex &index,
                                                                const QEvent *event) const
{
    return index.isValid() ? QListView::selectionCommand(index, event) : QItemSelectionModel::NoUpdate;
}

// Larger text makes a wider strip: what a film was called is never cut.
void FilmStrip::changeEvent(QEvent *event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        setMinimumWidth(pictureSide + 4 * gap + fontMetrics().height()
                        + fontMetrics().horizontalAdvance(QStringLiteral("Pneumonia")));
}

void FilmStrip::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Delete && currentIndex().isValid())
        m_films.close(currentIndex().row());
    else
        QListView::keyPressEvent(event);
}

} // namespace hilum::ui
