// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/PictureCommands.h"

#include "ui/bridge/Convert.h"
#include "ui/bridge/Lanes.h"
#include "ui/bridge/Task.h"
#include "ui/session/FilmSession.h"
#include "ui/session/MapSession.h"
#include "ui/session/ReadingSession.h"
#include "ui/shell/Actions.h"
#include "ui/shell/Export.h"
#include "ui/shell/ExportDialog.h"
#include "ui/shell/FilmArea.h"
#include "ui/shell/MarkCommands.h"
#include "ui/shell/Settings.h"
#include "ui/shell/StatusLine.h"
#include "ui/viewer/FilmView.h"

#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>

#include <utility>

namespace hilum::ui {

namespace {

constexpr int previewSide = 320; // logical pixels, as in the dialog

} // namespace

PictureCommands::PictureCommands(Parts parts, QWidget *window)
    : QObject(window)
    , m_parts(parts)
    , m_window(window)
{
    connect(parts.actions.savePicture, &QAction::triggered, this, &PictureCommands::openDialog);
    connect(parts.actions.copyPicture, &QAction::triggered, this, [this] { copy(now()); });
    for (const auto signal :
         {&FilmSession::filmReady, &FilmSession::currentChanged, &FilmSession::voiChanged})
        connect(&parts.films, signal, this, &PictureCommands::preview);
}

bool PictureCommands::hasMarks() const
{
    return !m_parts.marks.store().marks(m_parts.films.currentId()).marks.empty();
}

PictureOptions PictureCommands::now() const
{
    PictureOptions options = m_last;
    options.marks = hasMarks() && m_parts.marks.store().isShown();
    options.map = m_parts.readings.isOverlayShown() && m_parts.maps.currentMap();
    options.cornerTexts = m_parts.actions.cornerTexts->isChecked();
    options.fileOverlays = m_parts.area.view()->hasFileOverlays();
    return options;
}

PictureJob PictureCommands::job(const PictureOptions &options) const
{
    const FilmView &view = *m_parts.area.view();
    PictureJob made = pictureJob(view, options);
    if (options.marks)
        made.marks = m_parts.marks.layer().paintedMarks(view.filmId(), view.film()->film, view.film()->frame);
    if (options.map) {
        made.map = m_parts.maps.currentMap();
        made.mapLook = m_parts.maps.look();
        made.mapOpacity = m_parts.readings.opacity();
    }
    made.stamp = stampText(m_parts.readings, made.map);
    return made;
}

void PictureCommands::openDialog()
{
    if (!m_parts.films.film())
        return;
    if (m_dialog)
        return m_dialog->raise();
    ExportDialog::Offer offer;
    offer.marks = hasMarks();
    offer.map = m_parts.maps.currentMap().has_value();
    offer.fileOverlays = !m_parts.films.film()->film->overlays.empty();
    offer.sixteenBits = !m_parts.films.film()->isColour();
    m_dialog = new ExportDialog(now(), offer, m_window);
    connect(m_dialog, &ExportDialog::optionsChanged, this, &PictureCommands::preview);
    connect(m_dialog, &ExportDialog::saveRequested, this, &PictureCommands::askWhere);
    connect(m_dialog, &ExportDialog::copyRequested, this, [this] { copy(m_dialog->options()); });
    connect(&m_parts.marks.store(), &MarkStore::changed, m_dialog, [this] { preview(); });
    preview();
    m_dialog->show();
}

void PictureCommands::preview()
{
    if (!m_dialog)
        return;
    if (!m_parts.films.film()) {
        m_dialog->close();
        return;
    }
    const PictureJob whole = job(m_dialog->options());
    const int side = static_cast<int>(previewSide * m_dialog->devicePixelRatioF());
    const QImage small = makePicture(reduced(whole, side));
    m_dialog->setPreview(small.height() > side ? small.scaledToHeight(side, Qt::SmoothTransformation) : small,
                         pictureSize(whole), whole.stamp);
}

void PictureCommands::askWhere()
{
    const PictureOptions options = m_dialog->options();
    const NameGuard &names = m_parts.films.names();
    QString film = QFileInfo(m_parts.films.entry(m_parts.films.currentRow()).path).fileName();
    if (names.isHiding() && names.namesSomeone(film))
        film = QStringLiteral("film");
    auto *where = new QFileDialog(m_dialog, tr("Save the picture"),
                                  m_folder.isEmpty() ? m_parts.settings.lastFolder() : m_folder);
    where->setAttribute(Qt::WA_DeleteOnClose);
    where->setAcceptMode(QFileDialog::AcceptSave);
    where->setNameFilter(tr("%1 pictures (*.%2)").arg(formatName(options.format), suffixOf(options.format)));
    where->setDefaultSuffix(suffixOf(options.format));
    where->selectFile(suggestedName(film, options, hasMarks()));
    connect(where, &QFileDialog::fileSelected, this, [this, options](const QString &path) {
        m_folder = QFileInfo(path).absolutePath();
        save(path, options);
    });
    where->show(); // not open(): that would keep the hand off the film
}

void PictureCommands::save(const QString &path, const PictureOptions &options)
{
    if (!m_parts.films.film())
        return;
    m_last = options;
    if (m_dialog)
        m_dialog->setBusy(true);
    const QString name = QFileInfo(path).fileName();
    m_parts.status.setWork(tr("Saving %1\u2026").arg(name));
    // Not stopped by the next one: what was asked to be saved is saved.
    runTask(
        m_parts.lanes.decode(), this,
        [job = job(options), format = options.format, path](std::stop_token) -> Result<void> {
            return encoded(makePicture(job), format, job.stamp).and_then([&](const QByteArray &bytes) {
                return writeWhole(path, bytes);
            });
        },
        [this, name](const Result<void> &result) {
            m_parts.status.setWork({});
            const QString words = result
                ? tr("Saved %1").arg(name)
                : tr("%1 was not saved. %2").arg(name, toText(result.error().detail));
            m_parts.status.say(words);
            if (!m_dialog)
                return;
            m_dialog->setBusy(false);
            if (result)
                m_dialog->close();
            else
                m_dialog->fail(words);
        });
}

void PictureCommands::copy(const PictureOptions &options)
{
    if (!m_parts.films.film())
        return;
    m_last = options;
    runTask(
        m_parts.lanes.decode(), this, [job = job(options)](std::stop_token) { return makePicture(job); },
        [this, whole = options.wholeFilm](const QImage &picture) {
            QGuiApplication::clipboard()->setImage(picture);
            m_parts.status.say(whole ? tr("Copied the film") : tr("Copied the view"));
        });
}

} // namespace hilum::ui
