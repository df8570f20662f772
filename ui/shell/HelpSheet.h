// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// HelpSheet: what the mouse and the keys do and what the numbers mean, on one page (F1); and About.
//
// Errors:  none.
#pragma once

#include <QList>

class QAction;
class QWidget;

namespace hilum::ui {

void showHelpSheet(const QList<QAction *> &actions, QWidget *parent);
void showAbout(QWidget *parent);

} // namespace hilum::ui
