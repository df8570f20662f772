// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/DecodeClient.h"
#include "tests/ui/Fakes.h"
#include "ui/bridge/Convert.h"
#include "ui/bridge/Lanes.h"
#include "ui/shell/FilmArea.h"
#include "ui/shell/MainWindow.h"

#include <QFile>
#include <QLabel>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace hilum;
using namespace hilum::ui;
using namespace std::chrono_literals;

// The whole window over a decoder that dies or never answers.
class ContainmentTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
        QCoreApplication::setOrganizationName("hilum-test");
        QCoreApplication::setApplicationName("hilum-test");
    }

    void theWindowOutlivesItsDecoder_data()
    {
        QTest::addColumn<QByteArray>("cue");
        QTest::addColumn<QString>("words");
        QTest::newRow("crashes") << QByteArray("crash") << "crashed";
        QTest::newRow("is taken over") << QByteArray("socket") << "was stopped";
        QTest::newRow("hangs") << QByteArray("hang") << "took longer";
    }

    void theWindowOutlivesItsDecoder()
    {
        QFETCH(QByteArray, cue);
        QFETCH(QString, words);
#if defined(__SANITIZE_ADDRESS__)
        if (cue == "socket")
            QSKIP("no filter under sanitizers");
#endif
        const QString bad = m_folder.filePath("bad.dcm");
        QFile file(bad);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(cue) == cue.size());
        file.close();
        const QString good = QStringLiteral(HILUM_SOURCE_DIR "/resources/films/simulated-normal.dcm");

        Lanes lanes;
        MainWindow window(lanes, sources(), std::make_shared<test::FakeNetworks>());
        window.show();
        int turns = 0; // of the event loop
        QTimer ticks;
        connect(&ticks, &QTimer::timeout, &ticks, [&turns] { ++turns; });
        ticks.start(10);

        window.openPaths({bad, good});
        QTRY_COMPARE(window.films().count(), 2);
        QTRY_COMPARE_WITH_TIMEOUT(window.films().entry(0).state, FilmState::Failed, 20000);
        QVERIFY(!window.filmArea().showsFilm());
        QVERIFY2(textOf(window).contains(words), qPrintable(textOf(window)));
        QVERIFY(textOf(window).contains("bad.dcm"));
        if (cue == "hang") // for three seconds, in which the window went on
            QVERIFY2(turns > 20, qPrintable(QString::number(turns)));

        window.films().select(1); // by a fresh helper
        QTRY_VERIFY_WITH_TIMEOUT(window.filmArea().showsFilm(), 20000);
        QCOMPARE(window.films().film()->film->columns, 900);
    }

private:
    static FilmSources sources()
    {
        const auto source = [](std::shared_ptr<DecodeClient> client) {
            return [client = std::move(client)](const QString &path, std::stop_token stop) {
                return client->read(toPath(path), std::move(stop));
            };
        };
        const auto client
            = [] { return std::make_shared<DecodeClient>(HILUM_BIN_DIR "/FailingDecoder", 3s); };
        return {source(client()), source(client()), {}};
    }

    static QString textOf(const MainWindow &window)
    {
        QStringList texts;
        for (const QLabel *label : window.findChildren<QLabel *>())
            texts << label->text();
        return texts.join('\n');
    }

    QTemporaryDir m_folder;
};

QTEST_MAIN(ContainmentTest)
#include "ContainmentTest.moc"
