// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// NetworkCards: what each network was trained on, how well it did on films it never saw, its limits.
//
// Errors:  none; what a card does not say is said to be missing.
#pragma once

#include "ui/session/ReadingSession.h"

#include <QWidget>

class QVBoxLayout;

namespace hilum::ui {

class NetworkCards : public QWidget {
    Q_OBJECT

public:
    explicit NetworkCards(ReadingSession &session, QWidget *parent = nullptr);

private:
    void rebuild();

    ReadingSession &m_session;
    QWidget *m_content = nullptr;
};

} // namespace hilum::ui
