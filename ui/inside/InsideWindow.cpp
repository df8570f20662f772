// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inside/InsideWindow.h"

#include "ui/bridge/Convert.h"
#include "ui/bridge/ErrorText.h"
#include "ui/bridge/Labels.h"
#include "ui/inside/ArchitectureView.h"
#include "ui/inside/CellView.h"
#include "ui/inside/ChannelGrid.h"
#include "ui/session/ReadingSession.h"

#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QFontMetrics>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace hilum::ui {

namespace {

constexpr int channelSide = 76; // logical pixels
constexpr int filterSide = 30;

QScrollArea *scrolled(QWidget *content, QWidget *parent)
{
    auto *area = new QScrollArea(parent);
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    return area;
}

QString number(double value)
{
    return QString::number(value, 'g', 4).replace(QLatin1Char('-'), QChar(0x2212));
}

} // namespace

InsideWindow::InsideWindow(InsideSession &session, QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_content(new QWidget(this))
{
    setWindowTitle(tr("Inside the networks"));
    resize(1080, 740);
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(16, 12, 16, 8);
    column->setSpacing(8);
    column->addWidget(overview());
    column->addWidget(details(), 1);
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(16, 0, 16, 12);
    buttons->setSpacing(8);
    auto *what = wrappedLabel(this, "small");
    what->setText(
        tr("Channels are what the network computes on its way, not signs of disease. For education, not "
           "for diagnosis."));
    buttons->addWidget(what, 1);
    auto *copies = new QPushButton(tr("&Copy the picture"), this);
    auto *saves = new QPushButton(tr("&Save the picture\u2026"), this);
    for (QPushButton *button : {copies, saves}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_content, 1);
    layout->addLayout(buttons);

    connect(copies, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setImage(picture());
        Q_EMIT said(tr("Copied what is inside"));
    });
    connect(saves, &QPushButton::clicked, this, &InsideWindow::save);
    connect(m_architectures, &ArchitectureView::chosen, &session, &InsideSession::choose);
    connect(m_strongest, &ChannelGrid::chosen, &session, &InsideSession::chooseChannel);
    connect(m_channel, &QSpinBox::valueChanged, &session,
            [&session](int value) { session.chooseChannel(value - 1); });
    connect(m_cells, &CellView::cellChosen, &session, [&session](QPoint cell) { session.chooseCell(cell); });
    connect(&session, &InsideSession::anatomyChanged, this, &InsideWindow::showAnatomies);
    connect(&session, &InsideSession::changed, this, &InsideWindow::showStage);
    showAnatomies();
    showStage();
}

QWidget *InsideWindow::overview()
{
    m_architectures = new ArchitectureView;
    auto *area = scrolled(m_architectures, m_content);
    area->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
    return area;
}

QWidget *InsideWindow::details()
{
    auto *page = new QWidget(m_content);
    auto *row = new QHBoxLayout(page);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(16);
    m_cells = new CellView(page);
    row->addWidget(m_cells, 2);

    auto *words = new QWidget;
    auto *column = new QVBoxLayout(words);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    m_fed = wrappedLabel(words, "warning");
    m_stage = wrappedLabel(words, "strong");
    m_cell = wrappedLabel(words, "muted");
    auto *choice = new QHBoxLayout;
    choice->setSpacing(8);
    auto *title = new QLabel(tr("C&hannel"), words);
    m_channel = new QSpinBox(words);
    m_channel->setAccessibleName(tr("Channel"));
    m_channel->setFocusPolicy(Qt::StrongFocus);
    title->setBuddy(m_channel);
    auto *strong = wrappedLabel(words, "small");
    strong->setText(tr("or one of the strongest, by the mean of their size:"));
    choice->addWidget(title);
    choice->addWidget(m_channel);
    choice->addWidget(strong, 1);
    m_strongest = new ChannelGrid(channelSide, true, words);
    m_strongest->setAccessibleName(tr("Strongest channels"));
    m_filtersTitle = wrappedLabel(words, "small");
    m_filters = new ChannelGrid(filterSide, false, words);
    m_filters->setAccessibleName(tr("Filters of the first layer"));
    for (QWidget *part : std::initializer_list<QWidget *>{m_fed, m_stage, m_cell})
        column->addWidget(part);
    column->addLayout(choice);
    for (QWidget *part : std::initializer_list<QWidget *>{m_strongest, m_filtersTitle, m_filters})
        column->addWidget(part);
    column->addStretch(1);
    row->addWidget(scrolled(words, page), 3);
    return page;
}

void InsideWindow::showEvent(QShowEvent *) { m_session.setWatched(true); }

void InsideWindow::hideEvent(QHideEvent *) { m_session.setWatched(false); }

void InsideWindow::showAnatomies()
{
    std::vector<ArchitectureView::Drawn> drawn;
    const auto &networks = m_session.readings().networks();
    for (std::size_t n = 0; n < networks.size() && n < m_session.anatomies().size(); ++n) {
        const ModelCard &card = networks[n].package.card;
        const QString title = card.imported
            ? tr("%1 (imported: it can't be looked into)").arg(toText(card.title))
            : toText(card.title);
        drawn.push_back({title, card.input.size, m_session.anatomies()[n]});
    }
    m_architectures->setNetworks(std::move(drawn));
    showStage();
}

QString InsideWindow::stageText() const
{
    const auto network = static_cast<std::size_t>(m_session.network());
    const auto &networks = m_session.readings().networks();
    if (networks.empty())
        return tr("No network is installed.");
    if (const auto &error = m_session.error()) {
        const ErrorWords words = errorWords(*error, toText(networks[network].package.card.title));
        return words.what + QLatin1Char('\n') + words.detail;
    }
    if (!m_session.readings().film())
        return tr("Open a film to see what the stages make of it.");
    if (m_session.channels().empty())
        return tr("The network reads the film\u2026");
    const Plane<float> &channel = m_session.channels()[static_cast<std::size_t>(m_session.channel())];
    const auto [low, high] = std::ranges::minmax(channel.samples());
    const auto &anatomy = m_session.anatomies()[network];
    const QString stage = anatomy ? toText(anatomy->stages[static_cast<std::size_t>(m_session.stage())].name)
                                  : tr("stage %1").arg(m_session.stage() + 1);
    return tr("%1, %2: channel %3 of %4, %5 \u00d7 %6 cells, %7 to %8")
        .arg(toText(networks[network].package.card.title), stage)
        .arg(m_session.channel() + 1)
        .arg(m_session.channels().size())
        .arg(channel.width())
        .arg(channel.height())
        .arg(number(static_cast<double>(low)), number(static_cast<double>(high)));
}

QString InsideWindow::cellText() const
{
    if (m_session.channels().empty())
        return {};
    const QString reach = tr("A cell of this stage can see %1 \u00d7 %1 pixels of the network's input.")
                              .arg(m_session.fieldAcross());
    const auto cell = m_session.cell();
    const auto field = m_session.field();
    if (!cell || !field)
        return reach + QLatin1Char(' ') + tr("Click a cell to frame what it sees.");
    const Plane<float> &channel = m_session.channels()[static_cast<std::size_t>(m_session.channel())];
    const QString value = tr("Cell (%1, %2): %3.")
                              .arg(cell->x())
                              .arg(cell->y())
                              .arg(number(static_cast<double>(channel.at(cell->x(), cell->y()))));
    const auto film = m_session.fieldOnFilm();
    if (!film)
        return value + QLatin1Char(' ') + tr("It sees padding alone.");
    return value + QLatin1Char(' ')
        + tr("It sees %1 \u00d7 %2 pixels of the input, the film's columns %3 to %4 and rows %5 to %6 "
             "(framed).")
              .arg(field->width)
              .arg(field->height)
              .arg(film->left)
              .arg(film->left + film->width - 1)
              .arg(film->top)
              .arg(film->top + film->height - 1);
}

void InsideWindow::showStage()
{
    m_architectures->setChosen(m_session.network(), m_session.stage());
    const auto &look = m_session.readings().fedLook();
    m_fed->setVisible(look.has_value());
    m_fed->setText(tr("Fed what the view shows, not the film's own values."));
    const auto &channels = m_session.channels();
    const auto network = static_cast<std::size_t>(m_session.network());
    if (m_shownReading != channels.data() || channels.empty()) {
        m_shownReading = channels.data();
        m_cells->setInput(channels.empty() ? nullptr : m_session.input());
        std::vector<ChannelGrid::Tile> tiles;
        for (const int one : channels.empty() ? std::vector<int>() : m_session.strongest())
            tiles.push_back({one, activationTile(channels[static_cast<std::size_t>(one)])});
        m_strongest->setTiles(std::move(tiles));
    }
    if (!channels.empty())
        m_cells->setCells(channels[static_cast<std::size_t>(m_session.channel())]);
    const bool hasAnatomy = network < m_session.anatomies().size() && m_session.anatomies()[network];
    m_filtersTitle->setVisible(hasAnatomy);
    m_filters->setVisible(hasAnatomy);
    if (hasAnatomy) {
        const auto &filters = m_session.anatomies()[network]->filters;
        m_filtersTitle->setText(
            tr("The %1 filters of its first layer, %2 \u00d7 %2 weights each: grey is 0, white "
               "adds, black takes away")
                .arg(filters.size())
                .arg(filters.empty() ? 0 : filters.front().width()));
        m_filters->setTiles(filterTiles(filters));
    }
    m_strongest->setChosen(m_session.channel());
    m_channel->blockSignals(true);
    m_channel->setRange(1, std::max(1, static_cast<int>(channels.size())));
    m_channel->setValue(m_session.channel() + 1);
    m_channel->blockSignals(false);
    m_channel->setEnabled(!channels.empty());
    m_stage->setText(stageText());
    showCell();
}

void InsideWindow::showCell()
{
    m_cells->setChosen(m_session.cell(), m_session.field());
    m_cell->setText(cellText());
}

QString InsideWindow::stamp() const
{
    QStringList parts{QStringLiteral("Hilum %1").arg(QStringLiteral(HILUM_VERSION))};
    const auto network = static_cast<std::size_t>(m_session.network());
    const auto &networks = m_session.readings().networks();
    if (network < networks.size()) {
        const ModelCard &card = networks[network].package.card;
        parts << tr("inside %1 %2, weights %3")
                     .arg(toText(card.id), toText(card.version), toText(card.weightsSha256.substr(0, 12)))
                     .simplified();
    }
    if (m_session.readings().fedLook())
        parts << tr("FED WHAT THE VIEW SHOWS, not the film's own values");
    parts << tr("For education, not for diagnosis");
    return parts.join(QStringLiteral(" \u00b7 "));
}

QImage InsideWindow::picture()
{
    const QImage content = m_content->grab().toImage();
    const double ratio = content.devicePixelRatio();
    const int margin = static_cast<int>(std::lround(8 * ratio));
    QFont words = font();
    words.setPixelSize(static_cast<int>(std::lround(13 * ratio)));
    const QString text = stamp();
    const QRect room(margin, content.height() + margin, content.width() - 2 * margin, content.height());
    const int below = QFontMetrics(words).boundingRect(room, Qt::TextWordWrap, text).height() + 2 * margin;
    QImage page(content.width(), content.height() + below, QImage::Format_RGB32);
    page.fill(Qt::black);
    QPainter painter(&page);
    QImage plain = content;
    plain.setDevicePixelRatio(1);
    painter.drawImage(0, 0, plain);
    painter.setFont(words);
    painter.setPen(QColor(230, 230, 230));
    painter.drawText(room, Qt::TextWordWrap, text);
    return page;
}

void InsideWindow::save()
{
    auto *where = new QFileDialog(this, tr("Save the picture"), m_folder);
    where->setAttribute(Qt::WA_DeleteOnClose);
    where->setAcceptMode(QFileDialog::AcceptSave);
    where->setNameFilter(tr("PNG pictures (*.png)"));
    where->setDefaultSuffix(QStringLiteral("png"));
    where->selectFile(QStringLiteral("inside.png"));
    connect(where, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_folder = QFileInfo(path).absolutePath();
        QImage page = picture();
        page.setText(QStringLiteral("Description"), stamp());
        const QString name = QFileInfo(path).fileName();
        Q_EMIT said(page.save(path, "PNG") ? tr("Saved %1").arg(name)
                                           : tr("%1 was not saved: the file can't be written.").arg(name));
    });
    where->show();
}

} // namespace hilum::ui
