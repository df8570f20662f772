// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FilmMessage: why there is no film where one should be, what to try, and ways on.
//
// Errors:  none; it words those of others.
#pragma once

#include "core/base/Result.h"

#include <QScrollArea>

class QLabel;
class QPushButton;

namespace hilum::ui {

class FilmMessage : public QScrollArea {
    Q_OBJECT

public:
    explicit FilmMessage(QWidget *parent = nullptr);

    void setError(const Error &error, const QString &fileName);
    void setCompact(bool compact); // in a small viewport: without the details

Q_SIGNALS:
    void againRequested();
    void openRequested();
    void closeRequested();

private:
    void updateDetail();

    QLabel *m_what;
    QLabel *m_tryThis;
    QLabel *m_detail;
    QPushButton *m_other;
    bool m_compact = false;
};

} // namespace hilum::ui
