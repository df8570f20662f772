// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// WaitingPage: a film on its way: its thumbnail when there is one, words and a bar after 300 ms.
//
// Errors:  none.
#pragma once

#include <QImage>
#include <QTimer>
#include <QWidget>

class QLabel;

namespace hilum::ui {

class WaitingPage : public QWidget {
    Q_OBJECT

public:
    explicit WaitingPage(QWidget *parent = nullptr);

    void begin(const QString &name, const QImage &thumbnail);
    void end();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QImage m_thumbnail;
    QWidget *m_progress;
    QLabel *m_text;
    QTimer m_patience;
};

} // namespace hilum::ui
