// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/FileCommands.h"

#include "ui/session/FilmSession.h"
#include "ui/shell/Actions.h"
#include "ui/shell/FilmArea.h"
#include "ui/shell/SampleFilms.h"
#include "ui/shell/Settings.h"
#include "ui/shell/StartPage.h"
#include "ui/shell/StatusLine.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>

namespace hilum::ui {

namespace {

// As ui/guest takes them; a folder is never one.
bool isNetworkFile(const QString &path)
{
    const QStringList endings{QStringLiteral("pt"), QStringLiteral("pth"), QStringLiteral("torchscript"),
                              QStringLiteral("safetensors")};
    const QFileInfo file(path);
    return endings.contains(file.suffix().toLower()) && !file.isDir();
}

} // namespace

FileCommands::FileCommands(Parts parts, QWidget *window)
    : QObject(window)
    , m_parts(parts)
    , m_window(window)
{
    const Actions &a = parts.actions;
    FilmSession &films = parts.films;
    connect(a.openFilms, &QAction::triggered, this, &FileCommands::askForFilms);
    connect(a.openFolder, &QAction::triggered, this, &FileCommands::askForFolder);
    connect(a.openSamples, &QAction::triggered, this, [this] { open(sampleFilms()); });
    connect(a.clearRecent, &QAction::triggered, this, [this] {
        m_parts.settings.clearRecentFilms();
        fillRecent();
    });
    connect(a.closeFilm, &QAction::triggered, &films, [&films] { films.close(films.currentRow()); });
    connect(a.closeAll, &QAction::triggered, &films, &FilmSession::closeAll);
    connect(a.quit, &QAction::triggered, window, &QWidget::close);

    StartPage *start = parts.area.startPage();
    connect(&parts.area, &FilmArea::openRequested, this, &FileCommands::askForFilms);
    connect(start, &StartPage::openRequested, this, &FileCommands::askForFilms);
    connect(start, &StartPage::openFolderRequested, this, &FileCommands::askForFolder);
    connect(start, &StartPage::filmsRequested, this, &FileCommands::open);
    connect(&films, &FilmSession::nothingFound, this, [this, start](const QStringList &paths) {
        const QString sentence = tr("No film was found in %1.")
                                     .arg(m_parts.films.names().shown(QFileInfo(paths.value(0)).fileName()));
        start->setNotice(sentence);
        m_parts.status.say(sentence);
    });
    connect(&films, &FilmSession::filmsAdded, start, [start] { start->setNotice({}); });
    connect(&films, &FilmSession::filmReady, this, [this] {
        const QString path = m_parts.films.entry(m_parts.films.currentRow()).path;
        m_parts.settings.addRecentFilm(path, m_parts.films.names().namesSomeone(path));
        fillRecent();
    });
    a.openSamples->setEnabled(!sampleFilms().isEmpty());
    connect(&films.names(), &NameGuard::changed, this, &FileCommands::fillRecent);
    fillRecent();
}

void FileCommands::open(const QStringList &paths)
{
    QStringList films;
    QStringList networks;
    for (const QString &path : paths)
        (isNetworkFile(path) ? networks : films) << path;
    if (!films.isEmpty())
        m_parts.films.open(films);
    if (!networks.isEmpty())
        Q_EMIT networksGiven(networks);
}

void FileCommands::askForFilms()
{
    const QStringList paths = QFileDialog::getOpenFileNames(
        m_window, tr("Open films"), m_parts.settings.lastFolder(),
        tr("Films (*.dcm *.dicom *.png *.jpg *.jpeg);;Networks (*.pt *.pth *.torchscript "
           "*.safetensors);;All files (*)"));
    if (paths.isEmpty())
        return;
    m_parts.settings.setLastFolder(QFileInfo(paths.front()).absolutePath());
    open(paths);
}

void FileCommands::askForFolder()
{
    const QString folder
        = QFileDialog::getExistingDirectory(m_window, tr("Open a folder"), m_parts.settings.lastFolder());
    if (folder.isEmpty())
        return;
    m_parts.settings.setLastFolder(folder);
    open({folder});
}

void FileCommands::fillRecent()
{
    QMenu &menu = m_parts.recent;
    menu.clear();
    const QStringList films = m_parts.settings.recentFilms();
    const NameGuard &names = m_parts.films.names();
    QList<StartPage::Recent> recent;
    for (const QString &path : films) {
        const bool hidden = names.isHiding() && m_parts.settings.recentNamesPatient(path);
        const QString name
            = hidden ? tr("A film whose name is hidden") : names.shown(QFileInfo(path).fileName());
        const QString hint = hidden ? name : names.shown(path);
        recent.append({path, name, hint});
        QAction *action = menu.addAction(QString(name).replace(QLatin1Char('&'), QLatin1String("&&")));
        action->setToolTip(hint);
        connect(action, &QAction::triggered, this, [this, path] { open({path}); });
    }
    menu.addSeparator();
    menu.addAction(m_parts.actions.clearRecent);
    menu.setEnabled(!films.isEmpty());
    m_parts.area.startPage()->setRecent(recent);
}

} // namespace hilum::ui
