// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// WindowBench FILM [ROUNDS]: from the start of the program to the window, and from opening a film to
// its first paint, with the parts that main.cpp puts together.
//
// Each round is a process of its own. Prints the least of all rounds in milliseconds, and their ratio to
// the limit of 150 ms for the window, and to one readFilm in the same process for the film. The start is
// the kernel's, in steps of 10 ms.

#include "core/codec/DecodeClient.h"
#include "ui/bridge/Convert.h"
#include "ui/bridge/Lanes.h"
#include "ui/session/ModuleNetworks.h"
#include "ui/shell/FilmArea.h"
#include "ui/shell/MainWindow.h"
#include "ui/viewer/FilmView.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <memory>
#include <unistd.h>

using namespace hilum;
using namespace hilum::ui;

namespace {

constexpr double windowLimitMs = 150;

double sinceProcessStartMs()
{
    QFile stat(QStringLiteral("/proc/self/stat"));
    if (!stat.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = stat.readAll();
    const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    const double started = fields[19].toDouble() / static_cast<double>(sysconf(_SC_CLK_TCK));
    return 1e3 * (static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9 - started);
}

class FirstPaint : public QObject {
public:
    explicit FirstPaint(std::function<void()> painted)
        : m_painted(std::move(painted))
    {
    }
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && m_painted)
            QTimer::singleShot(0, this, std::exchange(m_painted, nullptr));
        return QObject::eventFilter(watched, event);
    }

private:
    std::function<void()> m_painted;
};

FilmSource helperSource()
{
    return [client = std::make_shared<DecodeClient>()](const QString &path, std::stop_token stop) {
        return client->read(toPath(path), std::move(stop));
    };
}

// One process: prints "window film decode" in milliseconds.
int measureOnce(int argc, char **argv, const QString &film)
{
    QApplication application(argc, argv);
    const QTemporaryDir settings;
    qputenv("XDG_CONFIG_HOME", settings.path().toLocal8Bit());
    Lanes lanes;
    MainWindow window(lanes, {helperSource(), helperSource()}, std::make_shared<ModuleNetworks>());
    window.resize(1920, 1080);
    QElapsedTimer opened;
    double windowMs = 0;
    std::unique_ptr<FirstPaint> filmPaint;
    QObject::connect(&window.films(), &FilmSession::filmReady, &window, [&] {
        filmPaint = std::make_unique<FirstPaint>([&] {
            const double filmMs = static_cast<double>(opened.nsecsElapsed()) / 1e6;
            DecodeClient client;
            if (!client.read(toPath(film)))
                std::exit(1);
            QElapsedTimer alone;
            alone.start();
            if (!client.read(toPath(film)))
                std::exit(1);
            std::printf("%.2f %.2f %.2f\n", windowMs, filmMs,
                        static_cast<double>(alone.nsecsElapsed()) / 1e6);
            std::fflush(stdout);
            std::_Exit(0);
        });
        window.filmArea().view()->installEventFilter(filmPaint.get());
        window.filmArea().view()->update();
    });
    FirstPaint windowPaint([&] {
        windowMs = sinceProcessStartMs();
        QTimer::singleShot(500, &window, [&] { // the start is over, the helper is warm
            opened.start();
            window.openPaths({film});
        });
    });
    window.installEventFilter(&windowPaint);
    window.show();
    QTimer::singleShot(30000, [] { std::_Exit(1); });
    return QApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 2) {
        std::fprintf(stderr, "usage: WindowBench FILM [ROUNDS]\n");
        return 2;
    }
    if (argc > 2 && QByteArray(argv[2]) == "--once")
        return measureOnce(argc, argv, QString::fromLocal8Bit(argv[1]));

    const int rounds = argc > 2 ? std::atoi(argv[2]) : 9;
    double best[3] = {1e9, 1e9, 1e9};
    qputenv("OMP_WAIT_POLICY", "passive");
    for (int i = 0; i < rounds; ++i) {
        QProcess once;
        once.start(QString::fromLocal8Bit(argv[0]),
                   {QString::fromLocal8Bit(argv[1]), QStringLiteral("--once")});
        once.waitForFinished(-1);
        const QList<QByteArray> values = once.readAllStandardOutput().trimmed().split(' ');
        if (values.size() != 3) {
            std::fprintf(stderr, "a round failed: %s\n", once.readAllStandardError().constData());
            return 1;
        }
        for (int k = 0; k < 3; ++k)
            best[k] = std::min(best[k], values[k].toDouble());
    }
    std::printf("start to window   %7.1f ms, %.2f of the limit of %.0f ms\n", best[0],
                best[0] / windowLimitMs, windowLimitMs);
    std::printf("open to film      %7.1f ms, %.2f of decoding it alone (%.1f ms)\n", best[1],
                best[1] / best[2], best[2]);
    return 0;
}
