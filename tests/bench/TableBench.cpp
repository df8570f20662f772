// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How long the hand waits for a table of a hundred thousand films: rows that come, sorting, filtering, a page
// of cells. Processor milliseconds of the window's thread, the median of several.
//
//     QT_QPA_PLATFORM=offscreen build/bin/TableBench [FILMS]

#include "core/batch/JournalLines.h"
#include "core/batch/JournalTail.h"
#include "ui/batch/BatchTable.h"

#include <QApplication>
#include <QTreeView>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <random>

using namespace hilum;
using namespace hilum::ui;

namespace {

BatchPlan planOf(std::size_t films)
{
    BatchPlan plan;
    plan.filmCount = films;
    for (const char *id : {"densenet121", "resnet18-w32", "vgg16"})
        plan.models.push_back({id, std::string(64, 'a'), {"covid", "normal", "pneumonia"}});
    return plan;
}

BatchRow rowOf(std::size_t film, std::mt19937_64 &random)
{
    BatchRow row;
    row.film = film;
    row.name = "folder-" + std::to_string(random() % 1000) + "/film-" + std::to_string(film) + ".png";
    row.group = "patient " + std::to_string(film / 2);
    row.source = film % 3 == 0 ? "North" : "South";
    row.truth = film % 2 == 0 ? "covid" : "normal";
    if (film % 50 == 0) {
        row.errorCode = "data-corrupt";
        row.error = "expected a film, found another thing in " + row.name;
        return row;
    }
    for (int network = 0; network < 3; ++network) {
        const double p = static_cast<double>(random() % 10000) / 10000;
        row.probabilities.push_back({p, (1 - p) / 3, 2 * (1 - p) / 3});
    }
    return row;
}

double threadMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return 1e3 * static_cast<double>(now.tv_sec) + 1e-6 * static_cast<double>(now.tv_nsec);
}

double medianMs(const std::function<void()> &work)
{
    std::vector<double> times;
    for (int i = 0; i < 5; ++i) {
        const double start = threadMs();
        work();
        times.push_back(threadMs() - start);
    }
    std::ranges::sort(times);
    return times[2];
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const auto films = static_cast<std::size_t>(argc > 1 ? std::atol(argv[1]) : 100000);
    const auto journal = std::filesystem::temp_directory_path() / "hilum-table-bench.jsonl";
    {
        std::mt19937_64 random(1);
        std::ofstream out(journal);
        out << batchLine(planOf(films));
        for (std::size_t film = 0; film < films; ++film)
            out << batchLine(rowOf(film, random));
    }
    BatchTable table([](const QString &name) { return name; });
    QTreeView view;
    view.setRootIsDecorated(false);
    view.setUniformRowHeights(true);
    view.setModel(&table);
    view.resize(1200, 700);
    view.show();
    JournalTail tail(journal);
    table.setPlan(planOf(films));
    double reading = 0;
    double longest = 0;
    for (bool hasMore = true; hasMore;) {
        const double start = threadMs();
        const auto rows = tail.more(4000);
        reading += threadMs() - start;
        const double here = threadMs();
        table.add(*rows);
        application.processEvents();
        longest = std::max(longest, threadMs() - here);
        hasMore = !rows->empty();
    }
    std::printf(
        "%zu films: journal read in %.0f ms (on a lane), a handful of 4000 rows shown in %.1f ms at most\n",
        films, reading, longest);
    const auto paint = [&] { view.viewport()->repaint(); };
    for (int column = 0; column < table.columnCount(); ++column) {
        int turn = 0;
        std::printf("sort by %s: %.1f ms\n",
                    qPrintable(table.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString()),
                    medianMs([&] {
                        table.sort(column, ++turn % 2 == 0 ? Qt::AscendingOrder : Qt::DescendingOrder);
                        paint();
                    }));
    }
    table.sort(3, Qt::AscendingOrder);
    int letter = 0;
    std::printf("filter by a text, while sorted: %.1f ms\n", medianMs([&] {
                    table.setFilter({QString::number(++letter), BatchFilter::Kind::All});
                    paint();
                }));
    table.setFilter({});
    std::printf(
        "filter by disagreement: %.1f ms\n", medianMs([&] {
            table.setFilter({{}, ++letter % 2 == 0 ? BatchFilter::Kind::Disagree : BatchFilter::Kind::All});
            paint();
        }));
    std::filesystem::remove(journal);
    return 0;
}
