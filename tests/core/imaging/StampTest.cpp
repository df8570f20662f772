// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imaging/Stamp.h"

#include <QTest>
#include <algorithm>

using namespace hilum;

class StampTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesInTheLowerLeftCornerOnly()
    {
        RgbImage picture(600, 400, {100, 100, 100});
        stamp(picture, notForDiagnosis);
        int bright = 0;
        for (int y = 0; y < 400; ++y) {
            for (int x = 0; x < 600; ++x) {
                const auto &pixel = picture.at(x, y);
                bright += pixel[0] > 200 ? 1 : 0;
                if (y < 370)
                    QCOMPARE(pixel[0], std::uint8_t(100));
            }
        }
        QVERIFY(bright > 50);
    }

    void breaksTheLineOnANarrowPicture()
    {
        RgbImage picture(160, 200, {100, 100, 100});
        stamp(picture, std::string("densenet121, opacity. ") + notForDiagnosis);
        int rows = 0; // with bright type
        bool reachesTheEdge = false;
        for (int y = 0; y < 200; ++y) {
            bool isWritten = false;
            for (int x = 0; x < 160; ++x)
                isWritten = isWritten || picture.at(x, y)[0] > 200;
            rows += isWritten ? 1 : 0;
            reachesTheEdge = reachesTheEdge || picture.at(159, y)[0] > 200;
        }
        QVERIFY2(rows > 20, qPrintable(QString::number(rows))); // more than two lines of ten pixels
        QVERIFY(!reachesTheEdge);
    }

    void leavesATinyPictureWhole()
    {
        RgbImage picture(3, 2, {7, 7, 7});
        stamp(picture, notForDiagnosis);
        QCOMPARE(picture.width(), 3);
        RgbImage nothing;
        stamp(nothing, notForDiagnosis);
        QVERIFY(nothing.empty());
    }
};

QTEST_GUILESS_MAIN(StampTest)
#include "StampTest.moc"
