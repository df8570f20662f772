// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/bridge/Labels.h"

#include <QFontMetrics>
#include <QLabel>
#include <QVariant>
#include <algorithm>

namespace hilum::ui {

QLabel *wrappedLabel(QWidget *parent, const char *role, const QString &text)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("role", QLatin1String(role));
    return label;
}

QString columnTitle(const QString &title, std::size_t columns, const QFontMetrics &metrics)
{
    constexpr int room = 408; // of all columns
    constexpr int least = 64;
    const int width = std::max(least, room / std::max(1, static_cast<int>(columns)));
    return metrics.elidedText(title, Qt::ElideMiddle, width);
}

} // namespace hilum::ui
