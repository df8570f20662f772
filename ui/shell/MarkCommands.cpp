// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/MarkCommands.h"

#include "ui/bridge/Lanes.h"
#include "ui/bridge/Task.h"
#include "ui/marks/MarkText.h"
#include "ui/marks/MarksPanel.h"
#include "ui/shell/Actions.h"
#include "ui/shell/FilmArea.h"
#include "ui/shell/StatusLine.h"

#include <QActionGroup>
#include <QClipboard>
#include <QGuiApplication>
#include <QInputDialog>
#include <QMenu>
#include <QShortcut>

#include <utility>

namespace hilum::ui {

namespace {

constexpr double longestMm = 2000; // of a known length: longer than any film

QString keysOf(const QAction *action) { return action->shortcut().toString(QKeySequence::NativeText); }

} // namespace

MarkCommands::MarkCommands(Parts parts, QWidget *window)
    : QObject(window)
    , m_parts(parts)
    , m_window(window)
    , m_store(parts.lanes)
    , m_history(m_store)
    , m_layer(m_store, m_history, [](const FilmView &view) { return view.filmId(); })
    , m_views(
          parts.films, [&area = parts.area] { return area.views(); }, m_history)
    , m_panel(new MarksPanel(m_store))
{
    for (FilmView *view : parts.area.views())
        m_layer.attach(view);
    connectTools();
    connectHistory();
    connectMarks();
    filmChanged();
    updateHint();
}

void MarkCommands::connectTools()
{
    const Actions &a = m_parts.actions;
    connect(a.tools, &QActionGroup::triggered, this, [this](QAction *chosen) {
        const Actions &tools = m_parts.actions;
        const std::pair<QAction *, MarkTool> marking[]{
            {tools.lengthTool, MarkTool::Length},        {tools.angleTool, MarkTool::Angle},
            {tools.linesTool, MarkTool::Lines},          {tools.rectangleTool, MarkTool::Rectangle},
            {tools.ellipseTool, MarkTool::Ellipse},      {tools.noteTool, MarkTool::Note},
            {tools.regionWindow, MarkTool::RegionWindow}};
        MarkTool tool = MarkTool::None;
        for (const auto &[action, its] : marking)
            tool = action == chosen ? its : tool;
        m_layer.setTool(tool);
        if (tool != MarkTool::None)
            m_parts.status.say(
                tool == MarkTool::RegionWindow
                    ? tr("Drag a box for the window; Esc ends")
                    : tr("%1: drag, or click each point; Esc ends").arg(Actions::plainText(chosen)));
    });
    connect(a.showMarks, &QAction::toggled, &m_store, &MarkStore::setShown);
    connect(&m_store, &MarkStore::shownChanged, a.showMarks, &QAction::setChecked);
    connect(&m_layer, &MarkLayer::regionChosen, this, &MarkCommands::windowOf);
    for (const QAction *tool : {a.lengthTool, a.angleTool, a.rectangleTool, a.ellipseTool})
        connect(tool, &QAction::changed, this, &MarkCommands::updateHint);
}

void MarkCommands::connectHistory()
{
    const Actions &a = m_parts.actions;
    connect(a.undo, &QAction::triggered, this, &MarkCommands::undo);
    connect(a.redo, &QAction::triggered, this, [this] {
        if (!m_layer.dropDraft())
            m_history.redo();
    });
    // The other key for it, as many programs have it.
    auto *alsoRedo = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Y), m_window);
    connect(alsoRedo, &QShortcut::activated, a.redo, &QAction::trigger);
    connect(&m_history, &History::changed, this, &MarkCommands::updateEnabled);
    FilmSession &films = m_parts.films;
    connect(&films, &FilmSession::currentChanged, this, &MarkCommands::filmChanged);
    connect(&films, &FilmSession::filmReady, this, &MarkCommands::filmChanged);
    connect(&films, &FilmSession::filmFailed, this, &MarkCommands::filmChanged);
    connect(&films, &FilmSession::activeChanged, this, &MarkCommands::filmChanged);
    connect(&films, &FilmSession::filmRemoved, this, [this](int, int id) {
        m_history.forget(id);
        m_store.forget(id);
    });
    connect(&films, &FilmSession::filmsCleared, this, [this] {
        m_history.forgetAll();
        m_store.forgetAll();
    });
}

void MarkCommands::connectMarks()
{
    const Actions &a = m_parts.actions;
    connect(&m_store, &MarkStore::changed, this, &MarkCommands::updateEnabled);
    connect(&m_layer, &MarkLayer::menuWanted, this, &MarkCommands::showMenu);
    connect(&m_layer, &MarkLayer::noteWanted, this, &MarkCommands::askForText);
    connect(m_panel, &MarksPanel::menuWanted, this, &MarkCommands::showMenu);
    connect(m_panel, &MarksPanel::removeRequested, &m_layer, &MarkLayer::remove);
    connect(m_panel, &MarksPanel::clearRequested, &m_layer, &MarkLayer::clear);
    connect(m_panel, &MarksPanel::copyRequested, this, &MarkCommands::copyAll);
    connect(m_panel, &MarksPanel::forgetCalibrationRequested, &m_layer, &MarkLayer::forgetCalibration);
    const auto withSelected = [this](QAction *action, auto command) {
        connect(action, &QAction::triggered, this, [this, command] {
            const int film = m_parts.films.currentId();
            command(film, m_store.selected(film));
        });
    };
    withSelected(a.deleteMark, [this](int film, int id) { m_layer.remove(film, id); });
    withSelected(a.clearMarks, [this](int film, int) { m_layer.clear(film); });
    withSelected(a.copyMark, [this](int film, int id) { copy(film, id); });
    withSelected(a.copyMarks, [this](int film, int) { copyAll(film); });
    withSelected(a.calibrate, [this](int film, int id) { askForLength(film, id); });
}

FilmPtr MarkCommands::source() const
{
    const DisplayFilmPtr film = m_parts.films.film();
    return film ? film->film : nullptr;
}

void MarkCommands::filmChanged()
{
    m_layer.dropDraft();
    m_history.setFilm(m_parts.films.currentId());
    m_panel->setFilm(m_parts.films.currentId(), source());
    updateEnabled();
}

void MarkCommands::updateEnabled()
{
    const Actions &a = m_parts.actions;
    const auto name = [](const QString &plain, const QString &with, const QString &what) {
        return what.isEmpty() ? plain : with.arg(what);
    };
    a.undo->setEnabled(m_history.canUndo() || m_layer.isDrawing());
    a.undo->setText(name(tr("&Undo"), tr("&Undo %1"), m_history.undoText()));
    a.redo->setEnabled(m_history.canRedo());
    a.redo->setText(name(tr("&Redo"), tr("&Redo %1"), m_history.redoText()));
    const int film = m_parts.films.currentId();
    const FilmMarks &marks = m_store.marks(film);
    const Mark *selected = marks.find(m_store.selected(film));
    a.deleteMark->setEnabled(selected);
    a.copyMark->setEnabled(selected);
    a.calibrate->setEnabled(selected && selected->kind == MarkKind::Length);
    a.clearMarks->setEnabled(!marks.marks.empty());
    a.copyMarks->setEnabled(!marks.marks.empty());
}

void MarkCommands::updateHint()
{
    const Actions &a = m_parts.actions;
    m_panel->setHint(
        tr("No marks on this film. Draw a length (%1), an angle (%2), a rectangle (%3) or an ellipse "
           "(%4): drag, or click each point.")
            .arg(keysOf(a.lengthTool), keysOf(a.angleTool), keysOf(a.rectangleTool), keysOf(a.ellipseTool)));
}

void MarkCommands::undo()
{
    if (!m_layer.dropDraft())
        m_history.undo();
}

bool MarkCommands::stop()
{
    if (m_layer.dropDraft())
        return true;
    if (m_layer.tool() == MarkTool::None)
        return false;
    m_parts.actions.windowTool->trigger();
    return true;
}

void MarkCommands::windowOf(FilmView *view, Region region)
{
    const DisplayFilmPtr film = view->film();
    if (!film)
        return;
    if (film->isColour())
        return m_parts.status.say(tr("A colour film has no window"));
    m_regionStop.request_stop();
    m_regionStop = runTask(
        m_parts.lanes.decode(), this,
        [source = film->film, frame = film->frame, region](std::stop_token stop) {
            return regionStatistics(*source, frame, region, stop);
        },
        [this, film](const RegionStatistics &found) {
            if (m_parts.films.film() != film)
                return;
            if (found.count == 0)
                return m_parts.status.say(tr("No pixel of the film lies in this box"));
            // As the automatic window: from the 1st to the 99th percentile, padding left out.
            const double width = found.last > found.first ? found.last - found.first : 1;
            m_parts.films.setVoi(Window{found.first + width / 2, width, VoiFunction::LinearExact});
        });
}

void MarkCommands::showMenu(int film, int id, QPoint at)
{
    const Mark *mark = m_store.marks(film).find(id);
    if (!mark)
        return;
    auto *menu = new QMenu(m_window);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *name = menu->addAction(markName(*mark));
    name->setEnabled(false);
    menu->addSeparator();
    menu->addAction(tr("&Copy the value"), this, [this, film, id] { copy(film, id); });
    if (mark->kind == MarkKind::Length)
        menu->addAction(tr("&This is \u2026 mm"), this, [this, film, id] { askForLength(film, id); });
    if (mark->kind == MarkKind::Note)
        menu->addAction(tr("&Edit the text\u2026"), this, [this, film, id] { askForText(film, id); });
    if (mark->labelOffset)
        menu->addAction(tr("&Put the label back"), this, [this, film, id] { m_layer.resetLabel(film, id); });
    if (m_store.marks(film).byHand)
        menu->addAction(tr("&Forget the calibration by hand"), this,
                        [this, film] { m_layer.forgetCalibration(film); });
    menu->addSeparator();
    menu->addAction(tr("&Delete"), this, [this, film, id] { m_layer.remove(film, id); });
    menu->popup(at);
}

QInputDialog *MarkCommands::ask(const QString &title, const QString &question) const
{
    auto *dialog = new QInputDialog(m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->setLabelText(question);
    return dialog;
}

void MarkCommands::askForLength(int film, int id)
{
    const FilmPtr film_ = source();
    const Mark *mark = m_store.marks(film).find(id);
    if (!film_ || film != m_parts.films.currentId() || !mark || mark->kind != MarkKind::Length)
        return;
    const Length now = m_store.reading(film, *mark, film_).length;
    QInputDialog *dialog
        = ask(tr("Calibrate by a known length"),
              tr("%1 reads %2. How long is it really, in millimetres?\nAll lengths of this film "
                 "will be measured by it.")
                  .arg(markName(*mark), lengthText(now)));
    dialog->setInputMode(QInputDialog::DoubleInput);
    dialog->setDoubleRange(0.01, longestMm);
    dialog->setDoubleDecimals(2);
    dialog->setDoubleValue(now.kind == LengthKind::Pixels ? 100 : now.value);
    connect(dialog, &QInputDialog::doubleValueSelected, this, [this, film, id, film_](double millimetres) {
        m_layer.calibrate(film, id, *film_, millimetres);
    });
    dialog->open();
}

void MarkCommands::askForText(int film, int id)
{
    const Mark *mark = m_store.marks(film).find(id);
    if (!mark)
        return;
    QInputDialog *dialog = ask(markName(*mark), tr("What does it say? Empty: only the arrow."));
    dialog->setTextValue(mark->text);
    connect(dialog, &QInputDialog::textValueSelected, this,
            [this, film, id](const QString &text) { m_layer.setText(film, id, text.trimmed()); });
    dialog->open();
}

void MarkCommands::copy(int film, int id)
{
    const Mark *mark = m_store.marks(film).find(id);
    if (!mark || film != m_parts.films.currentId() || !source())
        return;
    const QString line = markLine(*mark, m_store.reading(film, *mark, source()));
    QGuiApplication::clipboard()->setText(line);
    m_parts.status.say(tr("Copied %1").arg(line));
}

void MarkCommands::copyAll(int film)
{
    const FilmPtr source = this->source();
    if (film != m_parts.films.currentId() || !source)
        return;
    const FilmMarks &marks = m_store.marks(film);
    QGuiApplication::clipboard()->setText(
        marksTable(marks, [&](const Mark &mark) { return m_store.reading(film, mark, source); }));
    m_parts.status.say(tr("Copied as a table, marks: %1").arg(marks.marks.size()));
}

} // namespace hilum::ui
