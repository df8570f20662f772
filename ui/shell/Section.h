// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Section: a titled part of the side panel that folds; a double click on its title folds all others.
//
// Errors:  none.
#pragma once

#include <QPushButton>
#include <QWidget>

namespace hilum::ui {

class Section : public QWidget {
    Q_OBJECT

public:
    Section(const QString &key, const QString &title, QWidget *content, QWidget *parent = nullptr);

    QString key() const { return m_key; } // stable, for settings
    bool isOpen() const { return m_title->isChecked(); }
    void setOpen(bool open) { m_title->setChecked(open); }

Q_SIGNALS:
    void maximiseRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QString m_key;
    QPushButton *m_title;
};

} // namespace hilum::ui
