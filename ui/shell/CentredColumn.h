// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// centreColumn: lays a page out as one column, a little above the middle.
//
// Threads: the window's.
#pragma once

class QWidget;

namespace hilum::ui {

void centreColumn(QWidget *page, QWidget *column);

} // namespace hilum::ui
