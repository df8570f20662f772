// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The window's program where there is no display.

#include <QProcess>
#include <QTest>

class WindowProgramTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysItsHelpAndVersionWithoutADisplay_data()
    {
        QTest::addColumn<QString>("option");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("help") << "--help" << QByteArray("[films...]");
        QTest::newRow("short help") << "-h" << QByteArray("[films...]");
        QTest::newRow("version") << "--version" << QByteArray("hilum " HILUM_VERSION);
        QTest::newRow("short version") << "-v" << QByteArray("hilum " HILUM_VERSION);
    }

    void saysItsHelpAndVersionWithoutADisplay()
    {
        QFETCH(QString, option);
        QFETCH(QByteArray, words);
        auto environment = QProcessEnvironment::systemEnvironment();
        for (const char *name : {"QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"})
            environment.remove(QLatin1String(name));
        QProcess process;
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(HILUM_BIN_DIR "/hilum"), {option});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 0);
        const QByteArray said = process.readAllStandardOutput();
        QVERIFY2(said.contains(words), said);
    }
};

QTEST_GUILESS_MAIN(WindowProgramTest)
#include "WindowProgramTest.moc"
