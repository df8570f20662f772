// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/train/RunStore.h"

#include "core/nn/ModelPackage.h"
#include "ui/bridge/Convert.h"
#include "ui/bridge/SaveFile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

#include <algorithm>
#include <cstdlib>

namespace hilum::ui {

namespace {

constexpr int longestName = 60;
const QString runFile = QStringLiteral("/run.json");
const QString cardFile = QStringLiteral("/card.json");

QString tr(const char *text) { return QCoreApplication::translate("RunStore", text); }

QJsonObject readObject(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

Result<void> writeObject(const QString &path, const QJsonObject &object)
{
    const QString why = saveFile(path, QJsonDocument(object).toJson());
    if (!why.isEmpty())
        return fail(ErrorCode::FileUnreadable,
                    toPath(path).string() + ": can't be written: " + why.toStdString());
    return {};
}

// "chest: 26 films of covid, 25 of normal"
QString dataText(const TrainingSource &source)
{
    QStringList classes;
    for (const TrainingClass &one : source.classes)
        classes << (classes.isEmpty() ? tr("%1 films of %2") : tr("%1 of %2"))
                       .arg(QString::number(one.films), toText(one.label));
    return tr("%1: %2").arg(QFileInfo(source.path).fileName(), classes.join(tr(", ")));
}

} // namespace

QString userModelFolder()
{
    const char *data = std::getenv("XDG_DATA_HOME");
    const char *home = std::getenv("HOME");
    if ((data == nullptr || *data == '\0') && home == nullptr)
        return {};
    const auto roots = modelRoots(); // the user's own is the last
    return roots.empty() ? QString() : QDir::cleanPath(toText(roots.back()));
}

RunStore::RunStore(QString root)
    : m_root(std::move(root))
{
}

QString RunStore::nameProblem(const QString &name, const QStringList &taken) const
{
    if (name.isEmpty())
        return tr("The network needs a name.");
    if (name.size() > longestName)
        return tr("The name has %1 characters; %2 at most.").arg(name.size()).arg(longestName);
    for (const QChar letter : name) {
        if (QStringLiteral("/\\:*?\"<>|").contains(letter) || !letter.isPrint())
            return tr("A name can't hold %1: it is also the name of a folder.")
                .arg(letter.isPrint() ? tr("\u201c%1\u201d").arg(letter) : tr("control characters"));
    }
    if (name.startsWith(QLatin1Char('.')) || name.startsWith(QLatin1Char(' '))
        || name.endsWith(QLatin1Char(' ')) || name.endsWith(QLatin1Char('.')))
        return tr("A name can't begin or end with a full stop or a space.");
    const auto same = [&](const QString &other) { return other.compare(name, Qt::CaseInsensitive) == 0; };
    const QStringList here = QDir(m_root).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden);
    if (std::any_of(here.begin(), here.end(), same))
        return isFinished(name) || !run(name)
            ? tr("There is a network called \u201c%1\u201d. Choose another name.").arg(name)
            : tr("There is an unfinished training called \u201c%1\u201d. Resume it, or choose another name.")
                  .arg(name);
    if (std::any_of(taken.begin(), taken.end(), same))
        return tr("There is a network called \u201c%1\u201d. Choose another name.").arg(name);
    return {};
}

QString RunStore::freeName(const QString &wish, const QStringList &taken) const
{
    QString base;
    for (const QChar letter : wish)
        base += letter.isLetterOrNumber() || letter == QLatin1Char('-') || letter == QLatin1Char('_')
            ? letter
            : QLatin1Char('-');
    base = base.left(longestName - 4);
    if (base.isEmpty())
        base = QStringLiteral("network");
    QString name = base;
    for (int number = 2; !nameProblem(name, taken).isEmpty() && number < 1000; ++number)
        name = base + QLatin1Char('-') + QString::number(number);
    return name;
}

Result<StoredRun> RunStore::create(const QString &name, const TrainingSource &source,
                                   const RecipeOffer &recipe, const TrainingSettings &settings) const
{
    if (const QString problem = nameProblem(name, {}); !problem.isEmpty())
        return fail(ErrorCode::UsageWrong, problem.toStdString());
    StoredRun run;
    run.name = name;
    run.folder = folderOf(name);
    run.source = source.path;
    run.recipe = withSettings(recipe.json, settings);
    run.recipe[QLatin1String("name")] = name; // the network is called so, wherever it is shown
    run.recipe[QLatin1String("title")] = name;
    // The card says what the network learnt from.
    if (!run.recipe.contains(QLatin1String("data")))
        run.recipe[QLatin1String("data")] = dataText(source);
    run.recipeTitle = recipe.title;
    run.threads = settings.threads;
    run.epochs = settingsOf(run.recipe).epochs;
    run.begun = QDateTime::currentDateTime();
    if (!QDir().mkpath(run.folder))
        return fail(ErrorCode::FileUnreadable, toPath(run.folder).string() + ": can't be made");
    if (source.kind == TrainingSource::Kind::Folders) {
        run.manifest = run.folder + QStringLiteral("/manifest.csv");
        if (auto written = writeManifest(source, toPath(run.manifest)); !written)
            return tl::unexpected(written.error());
    } else {
        run.manifest = source.path;
    }
    if (auto written = writeObject(run.recipeFile(), run.recipe); !written)
        return tl::unexpected(written.error());
    const QJsonObject asked{{QStringLiteral("manifest"), run.manifest},
                            {QStringLiteral("source"), run.source},
                            {QStringLiteral("recipeTitle"), run.recipeTitle},
                            {QStringLiteral("threads"), run.threads},
                            {QStringLiteral("begun"), run.begun.toString(Qt::ISODate)}};
    if (auto written = writeObject(run.folder + runFile, asked); !written)
        return tl::unexpected(written.error());
    return run;
}

std::optional<StoredRun> RunStore::run(const QString &name) const
{
    StoredRun run;
    run.name = name;
    run.folder = folderOf(name);
    const QJsonObject asked = readObject(run.folder + runFile);
    run.recipe = readObject(run.recipeFile());
    run.manifest = asked.value(QLatin1String("manifest")).toString();
    if (run.manifest.isEmpty() || run.recipe.isEmpty())
        return std::nullopt;
    run.source = asked.value(QLatin1String("source")).toString();
    run.recipeTitle = asked.value(QLatin1String("recipeTitle")).toString();
    run.threads = asked.value(QLatin1String("threads")).toInt();
    run.begun = QDateTime::fromString(asked.value(QLatin1String("begun")).toString(), Qt::ISODate);
    run.epochs = settingsOf(run.recipe).epochs;
    if (const auto history = readHistory(toPath(run.folder + QStringLiteral("/history.csv")))) {
        for (const EpochRecord &record : history->records)
            run.epochsDone = std::max(run.epochsDone, record.epoch);
    }
    return run;
}

bool RunStore::isFinished(const QString &name) const { return QFile::exists(folderOf(name) + cardFile); }

std::vector<StoredRun> RunStore::unfinished() const
{
    std::vector<StoredRun> runs;
    for (const QString &name : QDir(m_root).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        if (isFinished(name))
            continue;
        if (auto found = run(name))
            runs.push_back(std::move(*found));
    }
    std::ranges::stable_sort(runs, std::greater{}, &StoredRun::begun);
    return runs;
}

bool RunStore::owns(const QString &folder) const
{
    const QFileInfo info(folder);
    return !m_root.isEmpty() && info.isDir() && !info.isSymLink()
        && QFileInfo(info.absolutePath()).canonicalFilePath() == QFileInfo(m_root).canonicalFilePath();
}

Result<void> RunStore::remove(const QString &name) const
{
    if (name.isEmpty() || name.contains(QLatin1Char('/')) || !owns(folderOf(name)))
        return fail(ErrorCode::UsageWrong, toPath(name).string() + ": not in your model folder");
    if (!QDir(folderOf(name)).removeRecursively())
        return fail(ErrorCode::FileUnreadable, toPath(folderOf(name)).string() + ": can't be removed whole");
    return {};
}

Result<void> RunStore::rename(const QString &name, const QString &newName) const
{
    if (name.isEmpty() || name.contains(QLatin1Char('/')) || !owns(folderOf(name)))
        return fail(ErrorCode::UsageWrong, toPath(name).string() + ": not in your model folder");
    QJsonObject card = readObject(folderOf(name) + cardFile);
    if (card.isEmpty())
        return fail(ErrorCode::ModelMismatch, toPath(folderOf(name)).string() + ": expected a card.json");
    if (!QDir().rename(folderOf(name), folderOf(newName)))
        return fail(ErrorCode::FileUnreadable, toPath(folderOf(name)).string() + ": can't be renamed");
    card[QLatin1String("id")] = newName;
    card[QLatin1String("title")] = newName;
    return writeObject(folderOf(newName) + cardFile, card);
}

void RunStore::keepRate(const QString &name, double filmsPerSecond) const
{
    QJsonObject asked = readObject(folderOf(name) + runFile);
    if (asked.isEmpty() || !(filmsPerSecond > 0))
        return;
    asked[QLatin1String("filmsPerSecond")] = filmsPerSecond;
    // Without it the next estimate waits for the first steps; nothing else is lost.
    [[maybe_unused]] const auto written = writeObject(folderOf(name) + runFile, asked);
}

std::optional<double> RunStore::rateOf(const QString &architecture, int size) const
{
    std::optional<double> rate;
    QDateTime latest;
    for (const QString &name : QDir(m_root).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const double measured
            = readObject(folderOf(name) + runFile).value(QLatin1String("filmsPerSecond")).toDouble();
        const auto found = measured > 0 ? run(name) : std::nullopt;
        if (!found || found->recipe.value(QLatin1String("architecture")).toString() != architecture
            || settingsOf(found->recipe).size != size || (rate && found->begun < latest))
            continue;
        rate = measured;
        latest = found->begun;
    }
    return rate;
}

} // namespace hilum::ui
