// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// WindowBench FILM [ROUNDS]: from the start of the program to the window, and from opening a film to
// its first paint, with the parts that main.cpp puts together.
//
// WindowBench --hand: window and zoom steps of the hand at 1920x1080, from the change to the painted
// picture, in processor time (what one core takes), beside a peer that scales an 8-bit copy of the film as
// many viewers do; and the memory of the window process with one large film open.
//
// Each round is a process of its own. Prints the least of all rounds in milliseconds, and their ratio to
// the limit of 150 ms for the window, and to one readFilm in the same process for the film. The start is
// the kernel's, in steps of 10 ms.

#include "core/codec/DecodeClient.h"
#include "ui/bridge/Convert.h"
#include "ui/bridge/Lanes.h"
#include "ui/session/ModuleNetworks.h"
#include "ui/shell/Actions.h"
#include "ui/shell/FilmArea.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/ViewportGrid.h"
#include "ui/viewer/FilmView.h"
#include "ui/viewer/FrameBar.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QImage>
#include <QMouseEvent>
#include <QPainter>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <memory>
#include <unistd.h>
#include <vector>

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

FilmPtr largeFilm(int columns, int rows, bool bytes)
{
    auto film = std::make_shared<Film>();
    film->columns = columns;
    film->rows = rows;
    film->bitsStored = bytes ? 8 : 16;
    film->photometricText = "MONOCHROME2";
    const std::size_t pixels = film->pixelsPerFrame();
    // A slow slope with noise, as a film has: no two neighbours equal, all codes in use.
    const auto fill = [&](auto samples, unsigned full) {
        unsigned noise = 1;
        for (std::size_t i = 0; i < pixels; ++i) {
            noise = noise * 1664525U + 1013904223U;
            samples[i] = static_cast<typename decltype(samples)::value_type>(
                (i * full / pixels * 15 / 16 + (noise >> 20) * full / 65536) & full);
        }
        film->samples = std::move(samples);
    };
    if (bytes)
        fill(std::vector<std::uint8_t>(pixels), 255);
    else
        fill(std::vector<std::uint16_t>(pixels), 65535);
    return film;
}

// Of all threads: what the step takes on one core that does nothing else.
double cpuMs()
{
    timespec used{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return 1e3 * static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e6;
}

struct Spread {
    double median = 0;
    double most = 0; // 95th percentile
};

template <class Step>
Spread spreadOf(Step step)
{
    constexpr int steps = 100;
    std::vector<double> times;
    for (int i = 0; i < steps; ++i) {
        const double start = cpuMs();
        step(i);
        times.push_back(cpuMs() - start);
    }
    std::ranges::sort(times);
    return {times[steps / 2], times[steps * 95 / 100]};
}

void print(const char *what, int columns, int rows, Spread own, Spread peer)
{
    std::printf("%-26s %4d x %4d   %6.2f ms, 95 %% %6.2f ms   peer %7.2f ms, 95 %% %7.2f ms   ratio %.2f\n",
                what, columns, rows, own.median, own.most, peer.median, peer.most, own.median / peer.median);
}

void measureHand(int columns, int rows)
{
    const FilmPtr source = largeFilm(columns, rows, false);
    const double start = cpuMs();
    const DisplayFilmPtr film = makeDisplayFilm(source);
    std::printf("made ready                 %4d x %4d   %6.2f ms\n", columns, rows, cpuMs() - start);
    FilmView view;
    view.resize(1920, 1080);
    view.setFilm(film, Window{30000, 40000, VoiFunction::LinearExact});
    QImage screen(1920, 1080, QImage::Format_RGB32);
    const auto paint = [&] { view.render(&screen); };

    const auto windowed = [&](int i) { return Window{30000.0 + 10 * i, 40000, VoiFunction::LinearExact}; };
    QImage copy(columns, rows, QImage::Format_Grayscale8);
    const auto window8 = [&](int i) {
        const auto table = greyTable(*film, windowed(i), false);
        const auto &codes = film->levels.front().front();
        std::vector<std::uint16_t> room;
        for (int y = 0; y < rows; ++y)
            std::ranges::transform(codes.row(y, room), copy.scanLine(y),
                                   [&](auto code) { return table[code]; });
    };
    const auto paint8 = [&] {
        QPainter painter(&screen);
        painter.fillRect(screen.rect(), Qt::black);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.setTransform(view.transform().toScreen());
        painter.drawImage(0, 0, copy);
    };
    for (const bool fitted : {true, false}) {
        if (fitted)
            view.fit();
        else
            view.oneToOne();
        const Spread own = spreadOf([&](int i) {
            view.setVoi(windowed(i));
            paint();
        });
        const Spread peer = spreadOf([&](int i) {
            window8(i);
            paint8();
        });
        print(fitted ? "window step, fitted" : "window step, 1:1", columns, rows, own, peer);
    }
    view.oneToOne();
    const auto zoomTo = [&](int i) { view.zoomBy(i % 40 < 20 ? 0.95 : 1 / 0.95); };
    const Spread zoom = spreadOf([&](int i) {
        zoomTo(i);
        paint();
    });
    const Spread zoomPeer = spreadOf([&](int i) {
        zoomTo(i);
        paint8();
    });
    print("zoom step, 36 % to 100 %", columns, rows, zoom, zoomPeer);
    view.oneToOne();
    view.zoomBy(0.7);
    const auto pan = [&](int i) {
        ViewTransform moved = view.transform();
        moved.panBy({i % 20 < 10 ? 7.0 : -7.0, 3});
        view.setTransform(moved);
    };
    const Spread panned = spreadOf([&](int i) {
        pan(i);
        paint();
    });
    const Spread panPeer = spreadOf([&](int i) {
        pan(i);
        paint8();
    });
    print("pan step, 70 %", columns, rows, panned, panPeer);
}

double residentMb()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).trimmed().split(' ').front().toDouble() / 1024;
    }
    return 0;
}

// The networks' own memory is another matter.
struct NoNetworks : NetworkService {
    PackageListing list() override { return {}; }
    Result<Reading> read(const ModelPackage &, const Film &, int, const std::string &,
                         std::stop_token) override
    {
        return fail(ErrorCode::Internal, "no networks");
    }
    void setDevice(DeviceChoice) override { }
};

FilmPtr cineFilm()
{
    auto film = std::make_shared<Film>(*largeFilm(512, 512 * 40, false));
    film->rows = 512;
    film->frames = 40;
    return film;
}

// As fast as frames come, through lane, panels and paint.
void measureCine()
{
    const auto source = [](const QString &, std::stop_token) -> Result<FilmPtr> { return cineFilm(); };
    Lanes lanes;
    MainWindow window(lanes, {source, source}, std::make_shared<NoNetworks>());
    window.resize(1920, 1080);
    window.show();
    QEventLoop loop;
    int frames = 0;
    QObject::connect(&window.films(), &FilmSession::filmReady, &loop, [&] {
        FrameBar *bar = window.filmArea().grid()->frameBar();
        bar->setFilm(40, 1);
        bar->setPlaying(true);
        QTimer::singleShot(3000, &loop, &QEventLoop::quit);
    });
    QObject::connect(&window.films(), &FilmSession::frameChanged, &loop, [&] { ++frames; });
    window.openPaths({QStringLiteral("/cine")});
    loop.exec();
    std::printf("cine, 40 frames            512 x 512     %6.1f frames a second, limit 25, ratio %.2f\n",
                frames / 3.0, frames / 3.0 / 25);
}

void sendMove(QWidget &widget, QPointF to, Qt::MouseButtons buttons)
{
    QMouseEvent move(QEvent::MouseMove, to, widget.mapToGlobal(to), Qt::NoButton, buttons, Qt::NoModifier);
    QCoreApplication::sendEvent(&widget, &move);
}

void sendButton(QWidget &widget, QEvent::Type type, QPointF at, Qt::MouseButton button)
{
    const Qt::MouseButtons buttons = type == QEvent::MouseButtonPress ? button : Qt::NoButton;
    QMouseEvent event(type, at, widget.mapToGlobal(at), button, buttons, Qt::NoModifier);
    QCoreApplication::sendEvent(&widget, &event);
}

// From the event to the painted window, all panels included.
void measureWindowHand(MainWindow &window)
{
    FilmView &view = *window.filmArea().view();
    const auto drag = [&](Qt::MouseButton button) {
        const QPointF middle(view.width() / 2.0, view.height() / 2.0);
        if (button != Qt::NoButton)
            sendButton(view, QEvent::MouseButtonPress, middle, button);
        const Spread spread = spreadOf([&](int i) {
            sendMove(view, middle + QPointF(i % 20 < 10 ? i % 10 : 10 - i % 10, 3 + i % 7), button);
            QCoreApplication::processEvents();
        });
        if (button != Qt::NoButton)
            sendButton(view, QEvent::MouseButtonRelease, middle, button);
        QCoreApplication::processEvents();
        return spread;
    };
    const auto say = [&](const char *what, Spread spread) {
        std::printf("%-26s %4d x %4d   %6.2f ms, 95 %% %6.2f ms\n", what, view.width(), view.height(),
                    spread.median, spread.most);
    };
    say("window drag, whole window", drag(Qt::LeftButton));
    view.oneToOne();
    view.zoomBy(0.7);
    say("pan drag, whole window", drag(Qt::MiddleButton));
    say("zoom drag, whole window", drag(Qt::RightButton));
    window.actions().lens->setChecked(true);
    say("lens move, whole window", drag(Qt::NoButton));
    window.actions().lens->setChecked(false);
}

// The film is made where the decoder's would arrive.
void measureMemory(int columns, int rows, bool bytes)
{
    const auto source = [=](const QString &, std::stop_token) -> Result<FilmPtr> {
        return largeFilm(columns, rows, bytes);
    };
    const double filmMb = static_cast<double>(columns) * rows * (bytes ? 1 : 2) / (1 << 20);
    Lanes lanes;
    MainWindow window(lanes, {source, source}, std::make_shared<NoNetworks>());
    window.resize(1920, 1080);
    window.show();
    QEventLoop loop;
    QObject::connect(&window.films(), &FilmSession::filmReady, &loop,
                     [&] { QTimer::singleShot(1000, &loop, &QEventLoop::quit); });
    window.openPaths({QStringLiteral("/large")});
    loop.exec();
    const double limit = 3 * filmMb + 150;
    std::printf("memory, film of %.0f MB      %4d x %4d   %6.0f MB, limit %.0f MB, ratio %.2f\n", filmMb,
                columns, rows, residentMb(), limit, residentMb() / limit);
    if (!bytes)
        measureWindowHand(window);
}

int measureHands(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const QTemporaryDir settings;
    qputenv("XDG_CONFIG_HOME", settings.path().toLocal8Bit());
    const QByteArray part = argc > 2 ? argv[2] : "";
    if (part == "16")
        measureMemory(4300, 3500, false);
    else if (part == "8")
        measureMemory(7746, 8122, true);
    else if (part == "cine")
        measureCine();
    else {
        measureHand(3000, 3000);
        measureHand(4300, 3500);
        std::fflush(stdout);
        for (const char *bits :
             {"16", "8", "cine"}) // processes of their own: what was freed is not given back
            QProcess::execute(QString::fromLocal8Bit(argv[0]),
                              {QStringLiteral("--hand"), QLatin1String(bits)});
    }
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 2) {
        std::fprintf(stderr, "usage: WindowBench FILM [ROUNDS] | --hand\n");
        return 2;
    }
    if (QByteArray(argv[1]) == "--hand")
        return measureHands(argc, argv);
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
