// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// hilum: the window.
#include "core/codec/DecodeClient.h"
#include "ui/bridge/Convert.h"
#include "ui/bridge/Lanes.h"
#include "ui/session/ModuleNetworks.h"
#include "ui/shell/MainWindow.h"

#include <QApplication>
#include <QCommandLineParser>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <utility>

#ifdef __linux__
#include <unistd.h>
#endif

using namespace hilum;
using namespace hilum::ui;

namespace {

// libgomp reads this when it is loaded, which Qt does before main: waiting threads that spin make a
// busy machine read films many times slower. packaging/run sets it; started without, we start once more.
void makeOpenMpPatient(char **arguments)
{
#ifdef __linux__
    if (getenv("OMP_WAIT_POLICY"))
        return;
    setenv("OMP_WAIT_POLICY", "passive", 1);
    execv("/proc/self/exe", arguments); // comes back only when it fails, and then we go on as we are
#else
    (void)arguments;
#endif
}

FilmSource sourceOf(std::shared_ptr<DecodeClient> client)
{
    return [client = std::move(client)](const QString &path, std::stop_token stop) {
        return client->read(toPath(path), std::move(stop));
    };
}

// One helper process for the film that is looked at, one for the thumbnails: neither waits for the other.
FilmSources helperSources()
{
    const auto client = std::make_shared<DecodeClient>();
    return {sourceOf(client), sourceOf(std::make_shared<DecodeClient>()),
            [client](const QString &path, std::stop_token stop) {
                return client->list(toPath(path), std::move(stop));
            },
            // A helper process for each thread that reads films for an audit.
            []() -> FilmReader {
                return [helper = std::make_shared<DecodeClient>()](const std::filesystem::path &file,
                                                                   std::stop_token stop) {
                    return helper->read(file, std::move(stop));
                };
            }};
}

void describe(QCommandLineParser &parser)
{
    QCoreApplication::setApplicationName(QStringLiteral("hilum"));
    QCoreApplication::setApplicationVersion(QStringLiteral(HILUM_VERSION));
    parser.setApplicationDescription(
        QCoreApplication::translate("main",
                                    "Shows chest films and how networks read them. "
                                    "For education, not for diagnosis."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(
        QStringLiteral("films"),
        QCoreApplication::translate("main", "Films and folders of films to open, or a network of others."),
        QStringLiteral("[films...]"));
}

bool isAskedForWords(int argc, char **argv)
{
    constexpr std::array<std::string_view, 5> words{"-h", "--help", "--help-all", "-v", "--version"};
    return std::any_of(argv + 1, argv + std::max(argc, 1), [&](const char *argument) {
        return std::ranges::find(words, argument) != words.end();
    });
}

// Help and version need no display, and are asked for where there is none.
[[noreturn]] void answerInWords(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    describe(parser);
    parser.parse(
        QCoreApplication::arguments()); // options of QApplication are unknown to it; that's no matter
    if (parser.isSet(QStringLiteral("version")))
        parser.showVersion();
    parser.showHelp();
}

} // namespace

int main(int argc, char **argv)
{
    makeOpenMpPatient(argv);
    if (isAskedForWords(argc, argv))
        answerInWords(argc, argv);
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("hilum"));
    QApplication::setApplicationDisplayName(QStringLiteral("Hilum"));
    QApplication::setDesktopFileName(QStringLiteral("hilum"));
    QCommandLineParser parser;
    describe(parser);
    parser.process(application);

    int status = 0;
    bool hasRead = false;
    {
        Lanes lanes;
        MainWindow window(lanes, helperSources(), std::make_shared<ModuleNetworks>());
        window.showOnScreen();
        window.openPaths(parser.positionalArguments());
        status = QApplication::exec();
        hasRead = window.readings().hasRead();
    }
    // Settings are written and helpers gone; LibTorch's own farewell would take another 80 ms.
    if (hasRead)
        std::_Exit(status);
    return status;
}
