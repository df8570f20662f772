// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// LungRow: whence the lungs of the film are known, and the way to say it; and how much of a map's heat lies
// inside them, beside the share that chance would put there.
//
// Errors:  a mask that was not taken says why.
#pragma once

#include "core/explain/LungShare.h"
#include "ui/session/LungMasks.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace hilum::ui {

class LungRow : public QWidget {
    Q_OBJECT

public:
    LungRow(LungMasks &lungs, const QString &title, QWidget *parent = nullptr);

    // Of the map on the screen; nothing without a map or a mask, and in the laboratory.
    void setShares(const std::optional<LungShares> &shares);

Q_SIGNALS:
    void chooseRequested();

private:
    void showMask();

    LungMasks &m_lungs;
    std::optional<LungShares> m_shares;
    QLabel *m_text;
    QLabel *m_fault;
    QPushButton *m_choose;
    QPushButton *m_draw;
    QPushButton *m_remove;
};

} // namespace hilum::ui
