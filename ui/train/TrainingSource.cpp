// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/train/TrainingSource.h"

#include "core/metrics/ConfusionMatrix.h"
#include "core/report/Csv.h"
#include "ui/bridge/Convert.h"
#include "ui/plots/ClassNames.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QFileInfo>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <set>

namespace hilum::ui {

namespace {

constexpr int fewestFilms = 5; // of a class: one is held out, one validates, the others train
constexpr int fewHeldOut = 60; // below, the 95 % interval spans more than about 20 points

QString tr(const char *text) { return QCoreApplication::translate("TrainingSource", text); }

using Inspected = tl::expected<TrainingSource, ErrorWords>;

tl::unexpected<ErrorWords> refuse(const QString &what, const QString &tryThis, const QString &detail = {})
{
    return tl::unexpected(ErrorWords{what, tryThis, detail});
}

QStringList foldersIn(const QString &path)
{
    return QDir(path).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
}

int filesBelow(const QString &path, const std::stop_token &stop)
{
    int files = 0;
    QDirIterator entry(path, QDir::Files, QDirIterator::Subdirectories);
    for (; entry.hasNext() && !stop.stop_requested(); entry.next())
        ++files;
    return files;
}

QString quoted(const QStringList &names)
{
    QStringList said;
    for (const QString &name : names.mid(0, 6))
        said << tr("\u201c%1\u201d").arg(name);
    if (names.size() > 6)
        said << tr("and %1 more").arg(names.size() - 6);
    return said.join(tr(", "));
}

void countClasses(TrainingSource &source)
{
    std::map<std::string, std::pair<int, std::set<std::string>>> found;
    std::set<std::string> origins;
    for (const Sample &sample : source.dataset.samples) {
        auto &[films, patients] = found[sample.label];
        ++films;
        patients.insert(sample.group);
        source.knowsPatients |= sample.group != sample.name;
        if (!sample.source.empty())
            origins.insert(sample.source);
    }
    for (const auto &[label, counts] : found)
        source.classes.push_back({label, counts.first, static_cast<int>(counts.second.size())});
    source.origins.assign(origins.begin(), origins.end());
}

Inspected inspectFolders(const QString &path, const std::stop_token &stop)
{
    auto dataset = readFolder(toPath(path));
    if (!dataset && dataset.error().code != ErrorCode::UsageWrong)
        return refuse(tr("\u201c%1\u201d can't be read.").arg(path), tr("Check that you may read it."),
                      toText(dataset.error().detail));
    const QStringList folders = foldersIn(path);
    if (folders.isEmpty()) {
        const auto files = QDir(path).entryList(QDir::Files).size();
        return refuse(tr("There are no class folders in \u201c%1\u201d.").arg(QDir(path).dirName()),
                      files > 0 ? tr("It holds %1 files directly. Put the films of each class into a folder "
                                     "of their own, named like the class, and choose the folder above them.")
                                      .arg(files)
                                : tr("Choose a folder that holds one folder of films for each class."));
    }
    if (!dataset)
        return refuse(tr("No film was found in the folders %1.").arg(quoted(folders)),
                      tr("Hilum trains with files that end in .dcm, .png, .jpg or .jpeg. Check that they lie "
                         "in these folders."));
    TrainingSource source;
    source.path = path;
    source.dataset = std::move(*dataset);
    source.others = filesBelow(path, stop) - source.films();
    countClasses(source);
    if (source.classes.size() >= 2)
        return source;
    const QString only = toText(source.classes[0].label);
    return refuse(tr("There is only one class with films: \u201c%1\u201d.").arg(only),
                  tr("A network learns to tell classes apart, so it needs at least two folders with films: "
                     "put the films of another class into a folder beside it, and choose the folder above."),
                  folders.size() > 1 ? tr("Folders found: %1").arg(quoted(folders)) : QString());
}

Inspected inspectManifest(const QString &path, const std::stop_token &stop)
{
    auto dataset = readManifest(toPath(path));
    const QString name = QFileInfo(path).fileName();
    if (!dataset)
        return refuse(tr("\u201c%1\u201d is not a manifest that Hilum can use.").arg(name),
                      tr("A manifest is a CSV file with the columns file and label, and where they are known "
                         "group (the patient) and origin (the collection)."),
                      toText(dataset.error().detail));
    TrainingSource source;
    source.kind = TrainingSource::Kind::Manifest;
    source.path = path;
    source.dataset = std::move(*dataset);
    for (const Sample &sample : source.dataset.samples) {
        std::error_code code;
        if (stop.stop_requested())
            break;
        source.missing += std::filesystem::is_regular_file(sample.file, code) ? 0 : 1;
    }
    countClasses(source);
    if (source.films() == 0 || source.missing == source.films())
        return refuse(tr("None of the films of \u201c%1\u201d is there.").arg(name),
                      tr("Paths are relative to the manifest; put it where its films are."),
                      source.films() == 0
                          ? tr("It has no rows.")
                          : tr("First looked for: %1").arg(toText(source.dataset.samples.front().file)));
    if (source.classes.size() < 2)
        return refuse(tr("All films of \u201c%1\u201d have the label \u201c%2\u201d.")
                          .arg(name, toText(source.classes.front().label)),
                      tr("A network learns to tell classes apart: give the manifest films of at least two "
                         "labels."));
    return source;
}

QString percent(double share) { return tr("%1 %").arg(std::lround(100 * share)); }

QString titles(const std::vector<std::string> &classes)
{
    QStringList names;
    for (const std::string &label : classes)
        names << classTitle(label);
    return names.join(tr(", "));
}

QString evenIfAllRight(int films)
{
    return tr("Even if it called every one right, its true share of right calls would only be known to lie "
              "above %1.")
        .arg(percent(wilsonInterval(films, films).low));
}

} // namespace

Inspected inspectSource(const QString &path, std::stop_token stop)
{
    const QFileInfo info(path);
    if (!info.exists())
        return refuse(tr("There is nothing at \u201c%1\u201d.").arg(path),
                      tr("Choose a folder with one folder of films for each class, or a manifest."));
    if (!info.isReadable())
        return refuse(tr("\u201c%1\u201d may not be read.").arg(path), tr("Check who may read it."));
    const QString found = info.absoluteFilePath();
    if (!info.isDir())
        return inspectManifest(found, stop);
    // A folder that brings its manifest is what the manifest says.
    const QString manifest = found + QStringLiteral("/manifest.csv");
    return QFileInfo::exists(manifest) ? inspectManifest(manifest, stop) : inspectFolders(found, stop);
}

SplitOutlook outlookOf(const TrainingSource &source, const Recipe &recipe)
{
    SplitOutlook outlook;
    const auto isWanted = [&](const std::string &label) {
        return recipe.classes.empty() || std::ranges::find(recipe.classes, label) != recipe.classes.end();
    };
    for (const std::string &label : recipe.classes) {
        if (std::ranges::find(source.classes, label, &TrainingClass::label) == source.classes.end())
            outlook.problem = tr("This recipe tells %1 apart, and there is no film of %2. Name a folder "
                                 "\u201c%3\u201d, or choose a recipe for any classes.")
                                  .arg(titles(recipe.classes), classTitle(label), toText(label));
    }
    if (!outlook.problem.isEmpty())
        return outlook;
    const std::string name = QFileInfo(source.path).fileName().toStdString();
    if (const auto fits = checkSplit(source.dataset, recipe.split, name); !fits) {
        outlook.problem = tr("The films can't be split: %1").arg(toText(fits.error().detail));
        return outlook;
    }
    Dataset wanted = source.dataset;
    std::erase_if(wanted.samples, [&](const Sample &sample) { return !isWanted(sample.label); });
    const Split split = splitDataset(wanted, recipe.split, recipe.seed);
    outlook.train = static_cast<int>(split.train.size());
    outlook.validation = static_cast<int>(split.validation.size());
    outlook.heldOut = static_cast<int>(split.heldOut.size());
    for (const TrainingClass &one : source.classes) {
        if (!isWanted(one.label))
            continue;
        const QString title = classTitle(one.label);
        const auto isOfClass = [&](const Sample &sample) { return sample.label == one.label; };
        if (one.films < fewestFilms)
            outlook.problem = tr("Too few films of %1: %2. A class needs at least %3, so that some can be "
                                 "held out; add films to it.")
                                  .arg(title)
                                  .arg(one.films)
                                  .arg(fewestFilms);
        else if (std::ranges::none_of(split.train, isOfClass))
            outlook.problem = tr("No film of %1 would be left to train with: its films belong to too few "
                                 "patients, and none may stand on both sides. Add films of other patients.")
                                  .arg(title);
        if (!outlook.problem.isEmpty())
            return outlook;
    }
    if (split.validation.empty()) {
        outlook.problem = tr("No film would be left to watch the training with. Add films.");
        return outlook;
    }
    if (outlook.heldOut == 0) {
        outlook.problem = tr("No film would be held out, so nothing would be known about the network. Add "
                             "films of other patients.");
        return outlook;
    }
    outlook.sentence = tr("%1 films train, %2 watch the training, %3 are held out: the network never sees "
                          "them before its test.")
                           .arg(outlook.train)
                           .arg(outlook.validation)
                           .arg(outlook.heldOut);
    if (recipe.split.by == SplitBy::Film && source.knowsPatients)
        outlook.sentence += QLatin1Char(' ')
            + tr("This recipe divides by film, as its project did: one patient may stand on both sides, and "
                 "the test looks better than it is.");
    if (outlook.heldOut < fewHeldOut)
        outlook.sentence += QLatin1Char(' ') + evenIfAllRight(outlook.heldOut);
    return outlook;
}

QString heldOutSentence(int right, int films)
{
    const Interval interval = wilsonInterval(right, films);
    return tr("%1 of %2 held-out films right: anything between %3 and %4 (95 % interval)")
        .arg(QString::number(right), QString::number(films), percent(interval.low), percent(interval.high));
}

QString fewFilmsWarning(int films)
{
    if (films >= fewHeldOut)
        return {};
    return tr("%1 held-out films are too few to tell how good it is. %2 Hold out more films, of other "
              "patients, before you believe it.")
        .arg(QString::number(films), evenIfAllRight(films));
}

Result<void> writeManifest(const TrainingSource &source, const std::filesystem::path &file)
{
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << "file,label,split\n";
    for (const Sample &sample : source.dataset.samples)
        out << csvField(std::filesystem::absolute(sample.file).string()) << ',' << csvField(sample.label)
            << ',' << csvField(sample.split) << '\n';
    out.flush();
    if (!out)
        return fail(ErrorCode::FileUnreadable, file.string() + ": can't be written");
    return {};
}

} // namespace hilum::ui
