// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The parts that LabWindow is put together of.

#include "core/lab/Strength.h"
#include "ui/bridge/Labels.h"
#include "ui/lab/ChangeForm.h"
#include "ui/lab/ChangeWords.h"
#include "ui/lab/LabReadings.h"
#include "ui/lab/LabWindow.h"
#include "ui/plots/StrengthPlot.h"
#include "ui/predict/LungRow.h"
#include "ui/viewer/FilmView.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

namespace hilum::ui {

QWidget *LabWindow::head()
{
    auto *row = new QWidget(this);
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(12, 12, 12, 0);
    line->setSpacing(8);
    auto *titles = new QVBoxLayout;
    titles->setSpacing(0);
    titles->addWidget(wrappedLabel(row, "title", tr("Shortcut laboratory")));
    titles->addWidget(
        wrappedLabel(row, "small",
                     tr("Change the film and see what the networks really look at. For education, not for "
                        "diagnosis")));
    line->addLayout(titles, 1);
    auto *open = new QPushButton(tr("&Experiments"), row);
    open->setMenu(m_experiments);
    open->setToolTip(tr("Ready sets of changes, and those that you saved"));
    m_save->setToolTip(
        tr("Save these changes as an experiment: a file that runs over a folder by hilum-cli perturb"));
    m_reset->setToolTip(tr("The film as it was; undo brings the changes back"));
    m_undo->setShortcut(QKeySequence::Undo);
    m_redo->setShortcut(QKeySequence::Redo);
    line->addWidget(open);
    line->addWidget(m_save);
    for (QAction *action : {m_undo, m_redo}) {
        auto *button = new QToolButton(row);
        action->setToolTip(QStringLiteral("%1 (%2)").arg(
            action->text(), action->shortcut().toString(QKeySequence::NativeText)));
        button->setDefaultAction(action);
        addAction(action);
        line->addWidget(button);
    }
    line->addWidget(m_reset);
    for (QPushButton *button : {open, m_save, m_reset})
        button->setAutoDefault(false);
    connect(m_undo, &QAction::triggered, this, [this] { m_session.undo(); });
    connect(m_redo, &QAction::triggered, this, [this] { m_session.redo(); });
    connect(m_reset, &QPushButton::clicked, this, [this] { m_session.setChanges({}); });
    connect(m_save, &QPushButton::clicked, this, &LabWindow::askWhereToSave);
    connect(m_experiments, &QMenu::aboutToShow, this, &LabWindow::fillExperiments);
    return row;
}

QWidget *LabWindow::left()
{
    auto *halves = new QSplitter(Qt::Vertical, this);
    halves->setChildrenCollapsible(false);
    halves->setHandleWidth(1);
    m_view->setAccessibleName(tr("The changed film"));
    halves->addWidget(m_view);
    halves->addWidget(m_plot);
    halves->setStretchFactor(0, 1);
    halves->setSizes({520, 210});
    connect(m_plot, &StrengthPlot::strengthChosen, this, [this](double strength) {
        const int index = m_session.selected();
        if (index >= 0)
            m_session.replace(index,
                              withStrength(m_session.changes()[static_cast<std::size_t>(index)], strength));
    });
    connect(m_plot, &PlotSurface::saveFailed, this, &LabWindow::say);
    return halves;
}

QWidget *LabWindow::right()
{
    auto *area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setMinimumWidth(380);
    auto *page = new QWidget(area);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(12, 4, 12, 12);
    column->setSpacing(8);
    column->addWidget(new LabReadings(m_session, m_readings, page));
    column->addWidget(m_status);
    auto *row = new QHBoxLayout;
    row->addWidget(wrappedLabel(page, "strong", tr("Changes")), 1);
    auto *add = new QToolButton(page);
    add->setText(tr("Add a change"));
    add->setToolButtonStyle(Qt::ToolButtonTextOnly);
    add->setPopupMode(QToolButton::InstantPopup);
    add->setMenu(addMenu());
    m_remove->setText(tr("Remove"));
    m_remove->setToolTip(tr("Take the chosen change away (Del)"));
    row->addWidget(add);
    row->addWidget(m_remove);
    column->addLayout(row);
    m_list->setAccessibleName(tr("Changes"));
    column->addWidget(m_list);
    column->addWidget(m_about);
    column->addWidget(m_form);
    column->addWidget(m_lungs);
    column->addStretch(1);
    area->setWidget(page);

    auto *erase = new QAction(this);
    erase->setShortcut(QKeySequence::Delete);
    erase->setShortcutContext(Qt::WidgetShortcut);
    m_list->addAction(erase);
    const auto remove = [this] {
        if (m_session.selected() >= 0)
            m_session.remove(m_session.selected());
    };
    connect(erase, &QAction::triggered, this, remove);
    connect(m_remove, &QToolButton::clicked, this, remove);
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int index) {
        if (!m_isShowing)
            m_session.select(index);
    });
    connect(m_form, &ChangeForm::edited, this, [this](const FilmChange &change, int gesture) {
        m_session.replace(m_session.selected(), change, gesture);
    });
    connect(m_lungs, &LungRow::chooseRequested, this, &LabWindow::askForLungs);
    return area;
}

QMenu *LabWindow::addMenu()
{
    auto *menu = new QMenu(this);
    const auto offer = [&](const FilmChange &change) {
        menu->addAction(changeTitle(change), this, [this, change] { m_session.add(change); });
    };
    // What can be seen at once is offered with a strength at which it is.
    menu->addSection(tr("Cover"));
    for (const FilmChange &change : {FilmChange(CoverRectangle{}), FilmChange(CoverBrush{}),
                                     FilmChange(CoverLungs{}), FilmChange(CoverLungs{LungPart::AllButLungs}),
                                     FilmChange(CoverBorder{}), FilmChange(CoverCorners{})})
        offer(change);
    menu->addSection(tr("Mark"));
    offer(PasteText{"R", {0.12, 0.12, 0.1}, 1});
    menu->addSection(tr("Greys"));
    for (const FilmChange &change : {FilmChange(ChangeWindow{0.5, 0.6}), FilmChange(ChangeGamma{1.6}),
                                     FilmChange(EvenBrightness{}), FilmChange(Invert{})})
        offer(change);
    menu->addSection(tr("Place and shape"));
    for (const FilmChange &change : {FilmChange(Rotate{10}), FilmChange(Flip{}), FilmChange(Stretch{1.25}),
                                     FilmChange(SqueezeToSquare{})})
        offer(change);
    menu->addSection(tr("Sharpness and storage"));
    for (const FilmChange &change : {FilmChange(Blur{0.006}), FilmChange(AddNoise{0.05}),
                                     FilmChange(StoreAsJpeg{20}), FilmChange(StoreSmaller{96})})
        offer(change);
    return menu;
}

} // namespace hilum::ui
