// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// SidePanel: the column of foldable sections on the right.
//
// Errors:  none.
#pragma once

#include <QScrollArea>

#include <vector>

class QVBoxLayout;

namespace hilum::ui {

class Section;

class SidePanel : public QScrollArea {
    Q_OBJECT

public:
    explicit SidePanel(QWidget *parent = nullptr);

    void add(const QString &key, const QString &title, QWidget *content);
    QStringList folded() const; // keys
    void setFolded(const QStringList &keys);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void maximise(Section *section);

    QVBoxLayout *m_layout;
    std::vector<Section *> m_sections;
};

} // namespace hilum::ui
