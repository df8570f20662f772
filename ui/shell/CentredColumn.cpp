// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/CentredColumn.h"

#include <QVBoxLayout>

namespace hilum::ui {

void centreColumn(QWidget *page, QWidget *column)
{
    auto *centred = new QVBoxLayout(page);
    centred->setContentsMargins(24, 24, 24, 24);
    centred->addStretch(2);
    // No alignment: an aligned widget is not asked for its height at its width, and wrapped text is cut.
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(column, 1000);
    row->addStretch(1);
    centred->addLayout(row);
    centred->addStretch(3);
}

} // namespace hilum::ui
