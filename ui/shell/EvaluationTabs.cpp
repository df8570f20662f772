// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/EvaluationTabs.h"

#include "ui/bridge/Convert.h"
#include "ui/plots/ConfusionView.h"
#include "ui/plots/HistoryPlot.h"
#include "ui/session/ReadingSession.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <utility>

namespace hilum::ui {

namespace {

constexpr int leastWidth = 400; // logical pixels

} // namespace

EvaluationTabs::EvaluationTabs(ReadingSession &readings, QWidget *parent)
    : QWidget(parent)
    , m_readings(readings)
    , m_tabs(new QTabBar(this))
    , m_pages(new QStackedWidget(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    for (const QString &title : {tr("Training curves"), tr("Confusion matrices")})
        addPage(title, new QWidget);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setAccessibleName(tr("Evaluation"));
    layout->addWidget(m_tabs);
    layout->addWidget(m_pages, 1);
    // The widest page must not widen the window: three confusion matrices would.
    m_pages->setMinimumWidth(leastWidth);
    m_pages->hide();
    connect(m_tabs, &QTabBar::tabBarClicked, this, [this](int index) {
        const bool same = index == m_tabs->currentIndex();
        m_tabs->setCurrentIndex(index);
        setOpen(!(m_open && same));
    });
    connect(m_tabs, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(&readings, &ReadingSession::networksChanged, this, [this] {
        m_stale = true;
        if (m_open)
            build();
    });
}

int EvaluationTabs::foldedHeight() const { return m_tabs->sizeHint().height(); }

int EvaluationTabs::addPage(const QString &title, QWidget *page)
{
    m_pages->addWidget(page);
    const int index = m_tabs->addTab(title);
    m_tabs->setTabToolTip(index, tr("Click the open tab to fold it away (F10)"));
    return index;
}

void EvaluationTabs::showPage(int page)
{
    m_tabs->setCurrentIndex(page);
    setOpen(true);
}

void EvaluationTabs::setOpen(bool open)
{
    if (open && m_stale)
        build();
    m_pages->setVisible(open);
    setMaximumHeight(open ? QWIDGETSIZE_MAX : foldedHeight());
    if (std::exchange(m_open, open) != open)
        Q_EMIT openChanged(open);
}

void EvaluationTabs::setTheme(const PlotTheme &theme)
{
    m_theme = theme;
    for (PlotSurface *plot : m_plots)
        plot->setTheme(theme);
}

void EvaluationTabs::build()
{
    m_stale = false;
    m_plots.clear();
    replace(Curves, curves());
    replace(Matrices, matrices());
    m_pages->setCurrentIndex(m_tabs->currentIndex());
    setTheme(m_theme);
}

void EvaluationTabs::replace(Page page, QWidget *made)
{
    QWidget *old = m_pages->widget(page);
    m_pages->removeWidget(old);
    old->deleteLater();
    m_pages->insertWidget(page, made);
}

QWidget *EvaluationTabs::nothing(const QString &sentence)
{
    auto *label = new QLabel(sentence, m_pages);
    label->setAlignment(Qt::AlignCenter);
    label->setWordWrap(true);
    label->setMargin(24);
    label->setProperty("role", QStringLiteral("muted"));
    return label;
}

QWidget *EvaluationTabs::curves()
{
    std::vector<NamedHistory> histories;
    QStringList provenance;
    for (const NetworkEntry &network : m_readings.networks()) {
        if (network.history.records.empty())
            continue;
        const ModelCard &card = network.package.card;
        histories.push_back({toText(card.title), network.history});
        provenance << QStringLiteral("%1 %2").arg(toText(card.id), toText(card.version));
    }
    if (histories.empty())
        return nothing(tr("No network here comes with its training history (history.csv)."));
    auto *plot = new HistoryPlot(m_pages);
    plot->setHistories(std::move(histories));
    plot->setProvenance(provenance.join(QStringLiteral(", ")));
    connect(plot, &PlotSurface::saveFailed, this, &EvaluationTabs::saveFailed);
    m_plots.push_back(plot);
    return plot;
}

QWidget *EvaluationTabs::matrices()
{
    auto *page = new QWidget(m_pages);
    auto *row = new QHBoxLayout(page);
    row->setContentsMargins(0, 0, 0, 0);
    for (const NetworkEntry &network : m_readings.networks()) {
        const ModelCard &card = network.package.card;
        if (!network.heldOut) {
            row->addWidget(nothing(tr("%1 comes without held-out predictions.").arg(toText(card.title))), 1);
            continue;
        }
        auto *view = new ConfusionView(page);
        view->setMatrix(toText(card.title), card.classes, network.heldOut->matrix);
        view->setProvenance(QStringLiteral("%1 %2").arg(toText(card.id), toText(card.version)));
        connect(view, &PlotSurface::saveFailed, this, &EvaluationTabs::saveFailed);
        m_plots.push_back(view);
        row->addWidget(view, 1);
    }
    if (row->count() == 0)
        row->addWidget(nothing(tr("No network is installed.")));
    return page;
}

} // namespace hilum::ui
