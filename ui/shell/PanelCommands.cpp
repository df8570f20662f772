// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/PanelCommands.h"

#include "ui/shell/ActionPalette.h"
#include "ui/shell/Actions.h"
#include "ui/shell/EvaluationTabs.h"
#include "ui/shell/HelpSheet.h"
#include "ui/shell/KeyboardDialog.h"
#include "ui/train/StudentProjectsDialog.h"

#include <QDockWidget>
#include <QMainWindow>
#include <QMenu>
#include <QSplitter>

#include <algorithm>

namespace hilum::ui {

PanelCommands::PanelCommands(Parts parts, QMainWindow *window)
    : QObject(window)
    , m_parts(parts)
    , m_window(window)
{
    connectPanels();
    connectHelp();
}

void PanelCommands::connectPanels()
{
    const Actions &a = m_parts.actions;
    const auto shows = [](QAction *action, QDockWidget &panel) {
        connect(action, &QAction::triggered, &panel, &QWidget::setVisible);
        connect(&panel, &QDockWidget::visibilityChanged, action,
                [action, &panel] { action->setChecked(!panel.isHidden()); });
    };
    shows(a.filmStrip, m_parts.strip);
    shows(a.sidePanel, m_parts.side);
    EvaluationTabs &evaluation = m_parts.evaluation;
    connect(a.evaluation, &QAction::triggered, &evaluation, &EvaluationTabs::setOpen);
    connect(a.curves, &QAction::triggered, &evaluation,
            [&evaluation] { evaluation.showPage(EvaluationTabs::Curves); });
    connect(a.matrices, &QAction::triggered, &evaluation,
            [&evaluation] { evaluation.showPage(EvaluationTabs::Matrices); });
    connect(&evaluation, &EvaluationTabs::openChanged, this, [this](bool open) {
        m_parts.actions.evaluation->setChecked(open);
        QSplitter &middle = m_parts.middle;
        const int high = open ? std::max(260, middle.height() * 2 / 5) : m_parts.evaluation.foldedHeight();
        middle.setSizes({middle.height() - high, high});
    });
}

void PanelCommands::connectHelp()
{
    const Actions &a = m_parts.actions;
    connect(a.palette, &QAction::triggered, this, [this] {
        QList<QAction *> actions = m_parts.actions.all();
        for (QAction *preset : m_parts.presets.actions()) {
            if (!actions.contains(preset))
                actions << preset; // beyond the digits
        }
        (new ActionPalette(actions, m_window))->show();
    });
    connect(a.help, &QAction::triggered, this, &PanelCommands::showHelp);
    connect(a.keyboard, &QAction::triggered, this, [this] { showKeyboard(); });
    connect(a.studentProjects, &QAction::triggered, this,
            [this] { (new StudentProjectsDialog(m_window))->show(); });
    connect(a.about, &QAction::triggered, this, [this] { showAbout(m_window); });
}

void PanelCommands::showHelp()
{
    auto *sheet = new HelpSheet(m_parts.keymap, m_window);
    connect(sheet, &HelpSheet::keyboardRequested, this, [this, sheet] {
        sheet->close();
        showKeyboard();
    });
    sheet->showPlace(HelpSheet::placeOf(m_window->focusWidget()));
}

void PanelCommands::showKeyboard() { (new KeyboardDialog(m_parts.keymap, m_window))->show(); }

} // namespace hilum::ui
