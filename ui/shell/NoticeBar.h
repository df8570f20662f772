// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// NoticeBar: a line above the films that says what the reader had to assume of the one that is looked at.
//
// Stays away for a film once it was closed there; the Film section keeps saying it.
//
// Errors:  none.
#pragma once

#include <QSet>
#include <QWidget>

class QLabel;

namespace hilum::ui {

class NoticeBar : public QWidget {
    Q_OBJECT

public:
    explicit NoticeBar(QWidget *parent = nullptr);

    void setNotices(int filmId, const QStringList &notices); // none: hidden

private:
    QLabel *m_text;
    int m_filmId = 0;
    QSet<int> m_closed;
};

} // namespace hilum::ui
