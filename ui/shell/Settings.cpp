// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/Settings.h"

#include <QDir>
#include <QFileInfo>

#include <utility>

namespace hilum::ui {

namespace {

constexpr int mostRecent = 12;
constexpr int docksVersion = 1; // another arrangement of docks needs another number

QString keysKey(const QString &action) { return QStringLiteral("keys/") + action; }

QString recentNamingKey() { return QStringLiteral("films/recentNaming"); }

QString recentKey() { return QStringLiteral("films/recent"); }

} // namespace

ThemeChoice Settings::theme() const
{
    return m_store.value(QStringLiteral("look/theme")) == QLatin1String("light") ? ThemeChoice::Light
                                                                                 : ThemeChoice::Dark;
}

void Settings::setTheme(ThemeChoice theme)
{
    m_store.setValue(QStringLiteral("look/theme"), theme == ThemeChoice::Light ? "light" : "dark");
}

bool Settings::isProjector() const { return m_store.value(QStringLiteral("look/projector"), false).toBool(); }

void Settings::setProjector(bool on) { m_store.setValue(QStringLiteral("look/projector"), on); }

std::optional<QKeySequence> Settings::keys(const QString &action) const
{
    const QVariant kept = m_store.value(keysKey(action));
    if (!kept.isValid())
        return std::nullopt;
    const QKeySequence keys(kept.toString(), QKeySequence::PortableText);
    // Empty is a choice, too; what can't be read is none.
    const bool readable = kept.toString().isEmpty() || (!keys.isEmpty() && keys[0].key() != Qt::Key_unknown);
    return readable ? std::optional(keys) : std::nullopt;
}

void Settings::setKeys(const QString &action, const std::optional<QKeySequence> &keys)
{
    if (keys)
        m_store.setValue(keysKey(action), keys->toString(QKeySequence::PortableText));
    else
        m_store.remove(keysKey(action));
}

MouseHabits Settings::mouse() const
{
    MouseHabits mouse;
    const auto kept = [this](const QString &key, int otherwise) {
        const int value = m_store.value(QStringLiteral("mouse/") + key, otherwise).toInt();
        return value >= 0 && value <= 2 ? value : otherwise; // each has three
    };
    mouse.middle = static_cast<HandTool>(kept(QStringLiteral("middle"), static_cast<int>(mouse.middle)));
    mouse.right = static_cast<HandTool>(kept(QStringLiteral("right"), static_cast<int>(mouse.right)));
    mouse.wheel = static_cast<WheelUse>(kept(QStringLiteral("wheel"), static_cast<int>(mouse.wheel)));
    return mouse;
}

void Settings::setMouse(const MouseHabits &mouse)
{
    if (mouse == MouseHabits{})
        return m_store.remove(QStringLiteral("mouse")); // as delivered
    m_store.setValue(QStringLiteral("mouse/middle"), static_cast<int>(mouse.middle));
    m_store.setValue(QStringLiteral("mouse/right"), static_cast<int>(mouse.right));
    m_store.setValue(QStringLiteral("mouse/wheel"), static_cast<int>(mouse.wheel));
}

QByteArray Settings::windowPresets() const
{
    return m_store.value(QStringLiteral("window/presets")).toByteArray();
}

void Settings::setWindowPresets(const QByteArray &json)
{
    m_store.setValue(QStringLiteral("window/presets"), json);
}

bool Settings::showsWindowEnds() const
{
    return m_store.value(QStringLiteral("window/ends"), false).toBool();
}

void Settings::setShowsWindowEnds(bool shows) { m_store.setValue(QStringLiteral("window/ends"), shows); }

QStringList Settings::recentFilms() const
{
    QStringList there;
    for (const QString &path : m_store.value(recentKey()).toStringList()) {
        if (QFileInfo::exists(path))
            there << path;
    }
    return there;
}

void Settings::addRecentFilm(const QString &path, bool namesPatient)
{
    QStringList films = m_store.value(recentKey()).toStringList();
    const QString full = QFileInfo(path).absoluteFilePath();
    films.removeAll(full);
    films.prepend(full);
    films = films.mid(0, mostRecent);
    QStringList naming;
    for (const QString &film : std::as_const(films)) {
        if (film == full ? namesPatient : recentNamesPatient(film))
            naming << film;
    }
    m_store.setValue(recentKey(), films);
    m_store.setValue(recentNamingKey(), naming);
}

bool Settings::recentNamesPatient(const QString &path) const
{
    return m_store.value(recentNamingKey()).toStringList().contains(QFileInfo(path).absoluteFilePath());
}

void Settings::clearRecentFilms()
{
    m_store.remove(recentKey());
    m_store.remove(recentNamingKey());
}

bool Settings::hidesNames() const { return m_store.value(QStringLiteral("look/hidesNames"), false).toBool(); }

void Settings::setHidesNames(bool hides) { m_store.setValue(QStringLiteral("look/hidesNames"), hides); }

QString Settings::lastFolder() const
{
    return m_store.value(QStringLiteral("films/folder"), QDir::homePath()).toString();
}

void Settings::setLastFolder(const QString &folder)
{
    m_store.setValue(QStringLiteral("films/folder"), folder);
}

QByteArray Settings::geometry() const
{
    return m_store.value(QStringLiteral("window/geometry")).toByteArray();
}

QByteArray Settings::docks() const
{
    return m_store.value(QStringLiteral("window/docks%1").arg(docksVersion)).toByteArray();
}

void Settings::setGeometry(const QByteArray &geometry, const QByteArray &docks)
{
    m_store.setValue(QStringLiteral("window/geometry"), geometry);
    m_store.setValue(QStringLiteral("window/docks%1").arg(docksVersion), docks);
}

QStringList Settings::foldedSections() const
{
    return m_store.value(QStringLiteral("window/folded")).toStringList();
}

void Settings::setFoldedSections(const QStringList &keys)
{
    m_store.setValue(QStringLiteral("window/folded"), keys);
}

bool Settings::isEvaluationOpen() const
{
    return m_store.value(QStringLiteral("window/evaluation"), false).toBool();
}

void Settings::setEvaluationOpen(bool open) { m_store.setValue(QStringLiteral("window/evaluation"), open); }

double Settings::lensPower() const
{
    return m_store.value(QStringLiteral("views/lensPower"), 2.5).toDouble();
}

int Settings::lensDiameter() const
{
    return m_store.value(QStringLiteral("views/lensDiameter"), 240).toInt();
}

void Settings::setLens(double power, int diameter)
{
    m_store.setValue(QStringLiteral("views/lensPower"), power);
    m_store.setValue(QStringLiteral("views/lensDiameter"), diameter);
}

bool Settings::showsFileOverlays() const
{
    return m_store.value(QStringLiteral("views/fileOverlays"), true).toBool();
}

void Settings::setFileOverlays(bool shown) { m_store.setValue(QStringLiteral("views/fileOverlays"), shown); }

int Settings::viewports() const
{
    const int count = m_store.value(QStringLiteral("views/count"), 1).toInt();
    return count == 2 || count == 4 ? count : 1;
}

void Settings::setViewports(int count) { m_store.setValue(QStringLiteral("views/count"), count); }

ViewLinks Settings::links() const
{
    const ViewLinks usual;
    return {m_store.value(QStringLiteral("views/linkZoomPan"), usual.zoomPan).toBool(),
            m_store.value(QStringLiteral("views/linkWindow"), usual.window).toBool(),
            m_store.value(QStringLiteral("views/linkCursor"), usual.cursor).toBool()};
}

void Settings::setLinks(const ViewLinks &links)
{
    m_store.setValue(QStringLiteral("views/linkZoomPan"), links.zoomPan);
    m_store.setValue(QStringLiteral("views/linkWindow"), links.window);
    m_store.setValue(QStringLiteral("views/linkCursor"), links.cursor);
}

} // namespace hilum::ui
