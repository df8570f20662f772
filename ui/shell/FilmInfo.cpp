// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/FilmInfo.h"

#include "ui/bridge/Convert.h"
#include "ui/library/FilmPanel.h"
#include "ui/library/TagBrowser.h"
#include "ui/session/FilmSession.h"
#include "ui/shell/Actions.h"
#include "ui/shell/NoticeBar.h"
#include "ui/shell/Settings.h"
#include "ui/shell/StatusLine.h"

#include <QWidget>

namespace hilum::ui {

FilmInfo::FilmInfo(Parts parts, QWidget *window)
    : QObject(window)
    , m_parts(parts)
    , m_window(window)
{
    FilmSession &films = parts.films;
    for (const auto changed : {&FilmSession::currentChanged, &FilmSession::filmReady})
        connect(&films, changed, this, &FilmInfo::filmChanged);
    connect(&films, &FilmSession::filmFailed, this, &FilmInfo::filmChanged);
    connect(&films, &FilmSession::directoryOpened, this, &FilmInfo::sayDirectory);
    connect(&films.names(), &NameGuard::changed, this, &FilmInfo::showTitle);
    connect(&parts.panel, &FilmPanel::tagsRequested, this, &FilmInfo::showTags);
    connect(parts.actions.tags, &QAction::triggered, this, &FilmInfo::showTags);
    connect(parts.actions.hideNames, &QAction::toggled, this, &FilmInfo::hideNames);
    parts.actions.hideNames->setChecked(parts.settings.hidesNames());
    filmChanged();
}

void FilmInfo::filmChanged()
{
    const FilmSession &films = m_parts.films;
    const DisplayFilmPtr film = films.film();
    const int row = films.currentRow();
    m_parts.panel.setFilm(film ? film->film : nullptr, row < 0 ? QString() : films.entry(row).from,
                          row < 0 ? QStringList() : films.entry(row).notices);
    QStringList notices = row < 0 ? QStringList() : films.entry(row).notices;
    if (film) {
        for (const std::string &notice : film->film->notices)
            notices << toText(notice);
    }
    m_parts.notices.setNotices(films.currentId(), notices);
    m_parts.actions.tags->setEnabled(film && !film->film->tags.empty());
    showTitle();
}

void FilmInfo::showTitle()
{
    const FilmSession &films = m_parts.films;
    const int row = films.currentRow();
    const QString name = row < 0 ? QString() : films.nameOf(row);
    m_window->setWindowTitle(row < 0 ? tr("Hilum") : name);
    if (m_tags)
        m_tags->setFilm(films.film() ? films.film()->film : nullptr, name);
}

void FilmInfo::showTags()
{
    if (!m_tags)
        m_tags = new TagDialog(m_parts.films.names(), m_window);
    showTitle();
    m_tags->show();
    m_tags->raise();
    m_tags->activateWindow();
}

void FilmInfo::hideNames(bool hide)
{
    m_parts.settings.setHidesNames(hide);
    m_parts.films.names().setHiding(hide);
    m_parts.status.setNamesHidden(hide);
}

void FilmInfo::sayDirectory(const QString &name, int films, int missing, const QStringList &notices)
{
    QStringList sentences;
    if (films > 0)
        sentences << (missing > 0 ? tr("%1: %2 films, %3 of them missing.").arg(name).arg(films).arg(missing)
                                  : tr("%1: %2 films.").arg(name).arg(films));
    for (const QString &notice : notices)
        sentences << (films > 0 ? notice : tr("%1: %2").arg(name, notice));
    if (!sentences.isEmpty())
        m_parts.status.say(m_parts.films.names().shown(sentences.join(QLatin1Char(' '))));
}

} // namespace hilum::ui
