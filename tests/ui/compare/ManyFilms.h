// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A manifest of invented films, a reader for them that can be held up, and a comparison of any length.
#pragma once

#include "core/compare/FilmComparison.h"
#include "tests/ui/Fakes.h"

#include <QFile>
#include <QTemporaryDir>

#include <atomic>
#include <memory>
#include <thread>

namespace hilum::ui::test {

// Films are ramps that grow brighter with their number; those named bad can't be read.
struct ManyFilms {
    QTemporaryDir folder;
    std::shared_ptr<std::atomic_int> held = std::make_shared<std::atomic_int>(-1); // films until it waits

    explicit ManyFilms(int films = 12)
    {
        QFile file(manifest());
        if (!file.open(QIODevice::WriteOnly))
            return;
        file.write("file,label,group,origin\n");
        const char *labels[] = {"covid", "normal", "pneumonia"};
        for (int i = 0; i < films; ++i)
            file.write(QStringLiteral("%1%2.png,%3,p%4,%5\n")
                           .arg(i == 3 ? "bad" : "film")
                           .arg(i)
                           .arg(QLatin1String(labels[i % 3]))
                           .arg(i / 2)
                           .arg(i % 2 == 0 ? "East" : "West")
                           .toUtf8());
    }

    QString manifest() const { return folder.filePath(QStringLiteral("manifest.csv")); }

    std::function<TwiceReadingPlan::Reader()> readers() const
    {
        return [left = held]() -> TwiceReadingPlan::Reader {
            return [left](const std::filesystem::path &file, const std::stop_token &stop) -> Result<FilmPtr> {
                const std::string name = file.filename().string();
                if (name.starts_with("bad"))
                    return fail(ErrorCode::DataCorrupt, name + ": expected a film, found noise");
                while (*left == 0 && !stop.stop_requested())
                    std::this_thread::sleep_for(std::chrono::milliseconds(1));
                if (*left > 0)
                    --*left;
                return ramp(40 + 3 * std::stoi(name.substr(4)), 40);
            };
        };
    }
};

inline ModelPackage network(const std::string &id)
{
    ModelPackage package;
    package.folder = "/models/" + id;
    package.card.id = id;
    package.card.title = id;
    package.card.classes = {"covid", "normal", "pneumonia"};
    package.card.weightsSha256 = std::string(64, id.front());
    package.card.operatingPoint = 0.4;
    return package;
}

// Of `films` films, every third is called differently.
inline FilmComparison comparisonOf(int films)
{
    FilmComparison comparison;
    comparison.films = "manifest.csv";
    comparison.classes = {"covid", "normal"};
    comparison.models
        = {ComparedModel{"one", std::string(64, '1'), 0.3}, ComparedModel{"two", std::string(64, '2'), {}}};
    for (int i = 0; i < films; ++i) {
        const double p = (i % 1000) / 1000.0;
        const double q = i % 3 == 0 ? 1 - p : p;
        comparison.read.push_back({"film" + std::to_string(i) + ".png",
                                   "p" + std::to_string(i / 3),
                                   i % 2 == 0 ? "East" : "West",
                                   i % 2,
                                   {p, 1 - p},
                                   {q, 1 - q}});
    }
    comparison.files.resize(comparison.read.size());
    return comparison;
}

inline QString written(const QTemporaryDir &folder, const FilmComparison &comparison)
{
    const QString path = folder.filePath(QStringLiteral("comparison.csv"));
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(QByteArray::fromStdString(comparisonTable(comparison)));
    return path;
}

} // namespace hilum::ui::test
