// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// StartPage: what is seen with no film open: what to do, and films to try.
//
// Errors:  none.
#pragma once

#include <QList>
#include <QStringList>
#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace hilum::ui {

class StartPage : public QWidget {
    Q_OBJECT

public:
    explicit StartPage(QWidget *parent = nullptr);

    struct Recent {
        QString path;
        QString name; // as it may be shown
        QString hint;
    };
    void setRecent(const QList<Recent> &films);
    void setNotice(const QString &sentence); // above the buttons; empty: none

Q_SIGNALS:
    void openRequested();
    void openFolderRequested();
    void filmsRequested(const QStringList &paths);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_notice;
    QWidget *m_recent = nullptr;
    QVBoxLayout *m_recentPlace;
};

} // namespace hilum::ui
