// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/predict/ReadingsPanel.h"

#include "tests/ui/Fakes.h"
#include "ui/bridge/Lanes.h"
#include "ui/predict/ProbabilityBar.h"

#include <QLabel>
#include <QPushButton>
#include <QTest>

using namespace hilum;
using namespace hilum::ui;

class ReadingsPanelTest : public QObject {
    Q_OBJECT

private:
    static QPushButton *anyway(const QWidget &panel)
    {
        const auto buttons = panel.findChildren<QPushButton *>();
        for (QPushButton *button : buttons) {
            if (button->text() == QLatin1String("Show me anyway"))
                return button;
        }
        return nullptr;
    }

    static QString shownText(const QWidget &panel)
    {
        QString text;
        const auto labels = panel.findChildren<QLabel *>();
        for (const QLabel *label : labels) {
            if (label->isVisibleTo(&panel))
                text += label->text() + QLatin1Char('\n');
        }
        return text;
    }

private Q_SLOTS:
    void aRefusalStandsInPlaceOfTheBars()
    {
        Lanes lanes;
        const auto networks = std::make_shared<test::FakeNetworks>();
        networks->refuses = true;
        ReadingSession session(lanes, networks);
        ReadingsPanel panel(session);
        panel.show();
        session.start();
        session.setFilm(1, makeDisplayFilm(test::ramp(100, 50)));
        QTRY_VERIFY(session.reading(1).prediction);
        const auto bars = panel.findChildren<ProbabilityBar *>();
        QCOMPARE(bars.size(), 6);
        QVERIFY(!bars.front()->isVisibleTo(&panel));
        QVERIFY(shownText(panel).contains("Refused. This picture looks upside down: score 0.01."));
        QVERIFY(!shownText(panel).contains("COVID-19"));
        QVERIFY(anyway(panel)->isVisibleTo(&panel));

        QTest::mouseClick(anyway(panel), Qt::LeftButton);
        QVERIFY(bars.front()->isVisibleTo(&panel));
        QVERIFY(!anyway(panel)->isVisibleTo(&panel));
        QVERIFY(shownText(panel).contains("shown because you asked"));
    }

    void aFilmThatPassesShowsItsBarsAndBands()
    {
        Lanes lanes;
        const auto networks = std::make_shared<test::FakeNetworks>();
        ReadingSession session(lanes, networks);
        ReadingsPanel panel(session);
        panel.show();
        session.start();
        session.setFilm(1, makeDisplayFilm(test::ramp(50, 100)));
        QTRY_VERIFY(!session.reading(1).bands.empty() && !session.reading(0).bands.empty());
        const auto bars = panel.findChildren<ProbabilityBar *>();
        QVERIFY(bars.front()->isVisibleTo(&panel));
        QVERIFY(!anyway(panel)->isVisibleTo(&panel));
        QVERIFY2(bars.front()->accessibleName().contains("0.70 (0.35 to 0.85)"),
                 qPrintable(bars.front()->accessibleName()));
        QVERIFY(bars.front()->toolTip().contains("0.35 to 0.85"));
    }
};

QTEST_MAIN(ReadingsPanelTest)
#include "ReadingsPanelTest.moc"
