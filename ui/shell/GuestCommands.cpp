// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/GuestCommands.h"

#include "ui/bridge/Convert.h"
#include "ui/guest/OpenNetworkDialog.h"
#include "ui/session/FilmSession.h"
#include "ui/session/ReadingSession.h"
#include "ui/shell/Actions.h"
#include "ui/shell/StatusLine.h"

#include <QWidget>

#include <utility>

namespace hilum::ui {

GuestCommands::GuestCommands(Parts parts, QWidget *window)
    : QObject(window)
    , m_parts(parts)
    , m_window(window)
{
    connect(parts.actions.openNetwork, &QAction::triggered, this, [this] { open(); });
    connect(&parts.readings, &ReadingSession::networksChanged, this, [this] {
        if (!m_waiting.isEmpty())
            openFiles(std::exchange(m_waiting, {}));
    });
}

void GuestCommands::openFiles(const QStringList &files)
{
    if (m_parts.readings.isListed())
        open().choose(files);
    else
        m_waiting = files;
}

OpenNetworkDialog &GuestCommands::open()
{
    if (!m_dialog) {
        const auto film = [this]() -> FilmPtr {
            const DisplayFilmPtr shown = m_parts.films.film();
            return shown ? shown->film : nullptr;
        };
        m_dialog = new OpenNetworkDialog({m_parts.lanes, film, ownModels(), {}}, m_window);
        QStringList classes;
        if (!m_parts.readings.networks().empty()) {
            for (const std::string &label : m_parts.readings.networks().front().package.card.classes)
                classes << toText(label);
        }
        m_dialog->form().setClasses(classes);
        connect(m_dialog, &OpenNetworkDialog::imported, this, [this](const QString &title) {
            m_parts.status.say(tr("%1 reads films now. It was not checked by Hilum.").arg(title));
            m_parts.readings.start();
        });
    }
    m_dialog->show();
    m_dialog->raise();
    m_dialog->activateWindow();
    return *m_dialog;
}

} // namespace hilum::ui
