// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audit/CornerText.h"

#include "PhantomSet.h"

#include <QTest>

using namespace hilum;
using namespace hilum::test;

namespace {

constexpr int films = 60;

cv::Mat filmAt(int i)
{
    cv::Mat film = patient(static_cast<std::uint64_t>(1000 + i));
    cv::resize(film, film, {384, 448}, 0, 0, cv::INTER_CUBIC);
    return film;
}

std::vector<LetterBox> lettersOf(const cv::Mat &film)
{
    Plane<std::uint8_t> greys(film.cols, film.rows);
    for (int y = 0; y < film.rows; ++y)
        std::copy_n(film.ptr<std::uint8_t>(y), film.cols, greys.row(y).begin());
    return lettersInCorners(greys);
}

double rate(const char *text, double size, int thickness)
{
    int found = 0;
    for (int i = 0; i < films; ++i) {
        cv::Mat film = filmAt(i);
        std::mt19937_64 random(static_cast<std::uint64_t>(i));
        const bool right = random() % 2 == 0;
        const int width = cv::getTextSize(text, cv::FONT_HERSHEY_SIMPLEX, size, thickness, nullptr).width;
        const cv::Point place(right ? film.cols - width - 8 : 8, 32); // beside the neck
        cv::putText(film, text, place, cv::FONT_HERSHEY_SIMPLEX, size, cv::Scalar(250), thickness,
                    cv::LINE_AA);
        found += lettersOf(film).empty() ? 0 : 1;
    }
    return static_cast<double>(found) / films;
}

} // namespace

class CornerTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void seldomSeesLettersWhereThereAreNone()
    {
        int found = 0;
        for (int i = 0; i < films; ++i)
            found += lettersOf(filmAt(i)).empty() ? 0 : 1;
        qInfo("letters on %d of %d films without any", found, films);
        QVERIFY(found <= films / 20);
    }

    void findsLetters_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<double>("size");
        QTest::addColumn<int>("thickness");
        QTest::newRow("a marker") << QByteArray("R") << 0.9 << 2;
        QTest::newRow("a thin marker") << QByteArray("L") << 0.9 << 1;
        QTest::newRow("a word") << QByteArray("SUPINE") << 0.5 << 1;
    }

    void findsLetters()
    {
        QFETCH(QByteArray, text);
        QFETCH(double, size);
        QFETCH(int, thickness);
        const double found = rate(text.constData(), size, thickness);
        qInfo("%s: found on %.2f of the films", text.constData(), found);
        QVERIFY(found >= 0.8);
    }

    void saysWhereTheyAre()
    {
        cv::Mat film(300, 300, CV_8U, cv::Scalar(30));
        cv::putText(film, "L", {260, 40}, cv::FONT_HERSHEY_SIMPLEX, 0.8, cv::Scalar(240), 2);
        const auto letters = lettersOf(film);
        QCOMPARE(letters.size(), std::size_t(1));
        QVERIFY(letters.front().left >= 255 && letters.front().top < 40);
        QVERIFY(letters.front().height > letters.front().width);
    }

    void findsDarkLettersOnBrightGround()
    {
        cv::Mat film(300, 300, CV_8U, cv::Scalar(190));
        cv::randn(film, cv::Scalar(190), cv::Scalar(6));
        cv::putText(film, "AP", {20, 280}, cv::FONT_HERSHEY_SIMPLEX, 0.8, cv::Scalar(10), 2);
        QVERIFY(!lettersOf(film).empty());
    }

    void isNotFooledBySmallOrFlatPictures()
    {
        QVERIFY(lettersOf(cv::Mat(8, 8, CV_8U, cv::Scalar(7))).empty());
        QVERIFY(lettersOf(cv::Mat(200, 200, CV_8U, cv::Scalar(90))).empty());
    }
};

QTEST_GUILESS_MAIN(CornerTextTest)
#include "CornerTextTest.moc"
