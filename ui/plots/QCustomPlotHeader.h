// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// QCustomPlotHeader: qcustomplot.h under QT_NO_KEYWORDS, which it does not bear by itself.
// Include from .cpp files of this room only; it costs 6 s a file.
#pragma once

#include <QObject>
#include <QtGlobal>

#define signals Q_SIGNALS
#define slots Q_SLOTS
#define emit Q_EMIT
#define foreach Q_FOREACH
#define forever Q_FOREVER
#include <qcustomplot.h>
#undef signals
#undef slots
#undef emit
#undef foreach
#undef forever
