// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "SharedFilms.h"
#include "core/codec/DecodeClient.h"

#include <QTest>

#include <chrono>
#include <sys/resource.h>

using namespace hilum;

// Damaged and hostile files: an error or a picture, never a crash, a hang or a swollen process.
class DamagedFilmsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void endInAnErrorOrAPicture()
    {
        const std::filesystem::path folder = sharedFolder("HILUM_MALFORMED", "malformed");
        if (folder.empty())
            QSKIP("SHARED damaged films are not here (HILUM_MALFORMED)");
        const auto manifest = readCsv(folder / "manifest.csv");
        QVERIFY(manifest);
        int right = 0;
        double slowest = 0;
        {
            DecodeClient client(HILUM_BIN_DIR "/hilum-decode");
            for (std::size_t i = 0; i < manifest->rows.size(); ++i) {
                const ManifestRow row(*manifest, i);
                const auto begin = std::chrono::steady_clock::now();
                const auto film = client.read(folder / row["file"]);
                const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
                slowest = std::max(slowest, spent.count());
                const bool isCrash = !film && film.error().detail.find("crashed") != std::string::npos;
                const std::string outcome = isCrash ? "crash" : film ? "opens" : "clear-error";
                const bool isRight = !isCrash && (row["expected"] == "either" || row["expected"] == outcome);
                right += isRight ? 1 : 0;
                if (!isRight)
                    qWarning("%s: expected %s, found %s", row["file"].c_str(), row["expected"].c_str(),
                             outcome.c_str());
            }
        }
        rusage used = {};
        getrusage(RUSAGE_CHILDREN, &used);
        const auto total = static_cast<int>(manifest->rows.size());
        qInfo("damaged films right: %d of %d; slowest %.2f s; helper's peak %ld MB", right, total, slowest,
              used.ru_maxrss / 1024);
        QCOMPARE(right, total);
        QVERIFY(slowest < 30);
        QVERIFY(used.ru_maxrss < 1000 * 1024);
    }
};

QTEST_GUILESS_MAIN(DamagedFilmsTest)
#include "DamagedFilmsTest.moc"
