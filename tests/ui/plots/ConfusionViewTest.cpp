// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/plots/ConfusionView.h"
#include "ui/plots/ClassNames.h"

#include <QFile>
#include <QImageReader>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace hilum;
using namespace hilum::ui;

namespace {

const std::vector<std::string> classes{"covid", "normal", "pneumonia"};

ConfusionMatrix invented()
{
    ConfusionMatrix matrix(3);
    matrix.add(0, 0, 24);
    matrix.add(0, 2, 4);
    matrix.add(1, 1, 199);
    matrix.add(1, 0, 1);
    matrix.add(2, 1, 20);
    matrix.add(2, 2, 20);
    return matrix;
}

} // namespace

class ConfusionViewTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesAndColoursTheClasses()
    {
        QCOMPARE(classTitle("covid"), QStringLiteral("COVID-19"));
        QCOMPARE(classTitle("lung_opacity"), QStringLiteral("Lung opacity"));
        QCOMPARE(classTitle(""), QString());
        QCOMPARE(classColour("pneumonia", 0), QColor(0x56, 0xb4, 0xe9));
        QVERIFY(classColour("a", 0) != classColour("b", 1));
        QVERIFY(classColour("a", -1).isValid());
    }

    void usesEachColourOnceBeforeAnyTwice()
    {
        QList<QRgb> seen;
        for (const char *label : {"covid", "normal", "pneumonia"})
            seen << classColour(label, 0).rgb();
        for (int index = 0; index < 8; ++index) {
            const QRgb colour = classColour("own", index).rgb();
            QVERIFY2(!seen.contains(colour), qPrintable(QString::number(index)));
            seen << colour;
        }
        QList<QRgb> own;
        for (int index = 0; index < 11; ++index) {
            QVERIFY(!own.contains(classColour("own", index).rgb()));
            own << classColour("own", index).rgb();
        }
    }

    void saysWhatACellMeans()
    {
        ConfusionView view;
        view.setMatrix(QStringLiteral("VGG16"), classes, invented());
        QCOMPARE(view.sentence(0, 0),
                 QStringLiteral("24 of 28 COVID-19 films called COVID-19: 85.7 %, "
                                "95 % interval 68.5–94.3 %"));
        QCOMPARE(view.summary(), QStringLiteral("Accuracy 90.7 %, 95 % interval 86.6–93.6 %, n = 268 films"));
    }

    void saysWhatAShareIsOf()
    {
        ConfusionView view;
        view.setMatrix(QStringLiteral("VGG16"), classes, invented());
        view.setPercent(ConfusionView::Percent::Total);
        QVERIFY(view.sentence(0, 0).startsWith(QLatin1String("24 of all 268 films are truly COVID-19")));
        view.setPercent(ConfusionView::Percent::Column);
        QVERIFY(view.sentence(0, 0).contains(QLatin1String("films called COVID-19 are truly COVID-19")));
    }

    void setsTwoNetworksApartOnOneScale()
    {
        ConfusionMatrix better = invented();
        better.add(0, 0, 3);
        better.add(0, 1, -better.count(0, 1));
        ConfusionView view;
        view.resize(480, 420);
        view.setDifference(QStringLiteral("second less first"), classes, invented(), better,
                           QStringLiteral("first"), QStringLiteral("second"), QStringLiteral("who"));
        const QString sentence = view.sentence(0, 0);
        QVERIFY2(sentence.contains(QLatin1String("first: 24 of 28"))
                     && sentence.contains(QLatin1String("second: 27 of")),
                 qPrintable(sentence));
        // Orange where the second calls more, blue where it calls less, nothing where both call alike.
        const QImage picture = view.grab().toImage();
        const auto ground = [&](int truth, int called) {
            const QRect cell = view.cellRect(truth, called);
            return QColor(picture.pixel(cell.left() + 3, cell.top() + 3));
        };
        QVERIFY(ground(0, 0).red() > ground(0, 0).blue());
        QVERIFY(ground(0, 1).blue() > ground(0, 1).red());
        QCOMPARE(ground(2, 2), view.theme().surface);
        QVERIFY(view.csv().startsWith(QLatin1String("truth,predicted,first_count,second_count")));
    }

    void marksTheCellOfTheFilmOnTheScreen()
    {
        ConfusionView view;
        view.resize(480, 420);
        view.setMatrix(QStringLiteral("VGG16"), classes, invented());
        const QImage plain = view.grab().toImage();
        view.setFilm(1, 2);
        const QRect cell = view.cellRect(1, 2);
        QVERIFY(plain.copy(cell) != view.grab().toImage().copy(cell));
        view.setFilm(-1, -1);
        QCOMPARE(plain, view.grab().toImage());
    }

    void aDifferenceMarksWhereEachNetworkCountsTheFilm()
    {
        ConfusionView view;
        view.resize(480, 420);
        view.setDifference(QStringLiteral("difference"), classes, invented(), invented(),
                           QStringLiteral("One"), QStringLiteral("Two"), {});
        const QImage plain = view.grab().toImage();
        view.setFilm(1, 2);
        view.setFilmBefore(1, 0);
        const QImage marked = view.grab().toImage();
        QVERIFY(plain.copy(view.cellRect(1, 2)) != marked.copy(view.cellRect(1, 2)));
        QVERIFY(plain.copy(view.cellRect(1, 0)) != marked.copy(view.cellRect(1, 0)));
        QCOMPARE(plain.copy(view.cellRect(1, 1)), marked.copy(view.cellRect(1, 1)));
        QVERIFY(view.sentence(1, 2).contains(QLatin1String("called so by Two")));
        QVERIFY(view.sentence(1, 0).contains(QLatin1String("called so by One")));
        view.setFilmBefore(1, 2);
        QVERIFY(view.sentence(1, 2).contains(QLatin1String("called so by both")));
        QVERIFY(!view.sentence(1, 0).contains(QLatin1String("on the screen")));
    }

    void saysThatThereIsNothing()
    {
        ConfusionView view;
        view.setMatrix(QStringLiteral("VGG16"), classes, ConfusionMatrix(3));
        QCOMPARE(view.summary(), QStringLiteral("No held-out predictions in this package"));
        QCOMPARE(view.sentence(1, 1), QStringLiteral("No Normal film"));
        QSignalSpy activated(&view, &ConfusionView::cellActivated);
        view.resize(400, 400);
        QTest::mouseClick(&view, Qt::LeftButton, {}, view.cellRect(1, 1).center());
        QCOMPARE(activated.count(), 0);
        view.grab();
        ConfusionView untouched;
        untouched.grab();
    }

    void reportsTheCellThatWasClicked()
    {
        ConfusionView view;
        view.resize(480, 420);
        view.setMatrix(QStringLiteral("VGG16"), classes, invented());
        QSignalSpy activated(&view, &ConfusionView::cellActivated);
        QTest::mouseClick(&view, Qt::LeftButton, {}, view.cellRect(2, 1).center());
        QCOMPARE(activated.count(), 1);
        QCOMPARE(activated[0][0].toInt(), 2);
        QCOMPARE(activated[0][1].toInt(), 1);
        // Pressed on one cell and let go on another is a change of mind.
        QTest::mousePress(&view, Qt::LeftButton, {}, view.cellRect(0, 0).center());
        QTest::mouseRelease(&view, Qt::LeftButton, {}, view.cellRect(1, 1).center());
        QCOMPARE(activated.count(), 1);
    }

    void walksByArrows()
    {
        ConfusionView view;
        view.setMatrix(QStringLiteral("VGG16"), classes, invented());
        QSignalSpy activated(&view, &ConfusionView::cellActivated);
        for (const auto key : {Qt::Key_Left, Qt::Key_Down, Qt::Key_Right, Qt::Key_Right, Qt::Key_Right})
            QTest::keyClick(&view, key);
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(activated.count(), 1);
        QCOMPARE(activated[0][0].toInt(), 1);
        QCOMPARE(activated[0][1].toInt(), 2);
    }

    void shadesByRowShareAndKeepsTextReadable_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("smallest") << QSize(240, 240);
        QTest::newRow("usual") << QSize(480, 420);
        QTest::newRow("largest") << QSize(900, 900);
    }

    void shadesByRowShareAndKeepsTextReadable()
    {
        QFETCH(QSize, size);
        ConfusionView view;
        view.resize(size);
        view.setMatrix(QStringLiteral("VGG16"), classes, invented());
        const QImage picture = view.grab().toImage();
        const auto ground = [&](int truth, int predicted) {
            return picture.pixelColor(view.cellRect(truth, predicted).topLeft() + QPoint(3, 3));
        };
        QVERIFY(ground(0, 0).lightness() > ground(2, 2).lightness());
        QVERIFY(ground(2, 2).lightness() > ground(0, 1).lightness());
        QCOMPARE(ground(0, 1), view.theme().surface);
        for (int truth = 0; truth < 3; ++truth) {
            for (int predicted = 0; predicted < 3; ++predicted) {
                const QRect cell = view.cellRect(truth, predicted);
                QVERIFY(view.rect().contains(cell));
                const int base = ground(truth, predicted).lightness();
                int furthest = 0;
                for (int y = cell.top(); y <= cell.bottom(); ++y) {
                    for (int x = cell.left(); x <= cell.right(); ++x)
                        furthest = std::max(furthest, std::abs(picture.pixelColor(x, y).lightness() - base));
                }
                QVERIFY2(furthest > 100, qPrintable(QString::number(furthest)));
            }
        }
    }

    void exportsPictureAndNumbers()
    {
        QTemporaryDir folder;
        ConfusionView view;
        view.resize(480, 420);
        view.setMatrix(QStringLiteral("VGG16, held-out films"), classes, invented());
        view.setProvenance(QStringLiteral("vgg16"));
        QVERIFY(view.exportPng(folder.filePath("matrix.png")));
        QCOMPARE(QImageReader(folder.filePath("matrix.png")).size(), QSize(2 * 672, 2 * 496));
        QVERIFY(view.exportPdf(folder.filePath("matrix.pdf")));
        QVERIFY(view.exportSvg(folder.filePath("matrix.svg")));
        QFile svg(folder.filePath("matrix.svg"));
        QVERIFY(svg.open(QIODevice::ReadOnly));
        const QByteArray drawing = svg.readAll();
        QVERIFY(drawing.contains("For education, not for diagnosis"));
        QVERIFY(drawing.contains("VGG16, held-out films"));
        QVERIFY(!view.exportPng(folder.filePath("no/such/folder.png")));
        QVERIFY(!view.exportCsv(folder.filePath("no/such/folder.csv")));

        QVERIFY(view.exportCsv(folder.filePath("matrix.csv")));
        QFile csv(folder.filePath("matrix.csv"));
        QVERIFY(csv.open(QIODevice::ReadOnly | QIODevice::Text));
        const auto lines = csv.readAll().split('\n');
        QCOMPARE(lines[0], QByteArray("truth,predicted,count,row_share,low95,high95"));
        QVERIFY(lines[1].startsWith("covid,covid,24,0.8571428571428571,0.685"));
        QCOMPARE(lines.size(), 1 + 9 + 1);
    }
};

QTEST_MAIN(ConfusionViewTest)
#include "ConfusionViewTest.moc"
