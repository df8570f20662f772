// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/Theme.h"
#include "ui/shell/Icons.h"

#include <QApplication>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace hilum::ui;

namespace {

int farthestFrom(const QColor &ground, const QImage &picture)
{
    int farthest = 0;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x)
            farthest = std::max(farthest, std::abs(qGray(picture.pixel(x, y)) - qGray(ground.rgb())));
    }
    return farthest;
}

} // namespace

class ThemeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void spinBoxesHaveArrowsThatCanBeSeen_data()
    {
        QTest::addColumn<bool>("light");
        QTest::newRow("dark") << false;
        QTest::newRow("light") << true;
    }

    void spinBoxesHaveArrowsThatCanBeSeen()
    {
        QFETCH(bool, light);
        const Theme &theme = themeOf(light ? ThemeChoice::Light : ThemeChoice::Dark);
        [[maybe_unused]] const QIcon known = icon(QStringLiteral("check-black")); // so that there are icons
        applyTheme(*qApp, theme, 1);
        QSpinBox box;
        box.setRange(0, 9);
        box.setValue(5);
        box.resize(120, 28);
        const QImage picture = box.grab().toImage();
        constexpr int inside = 4; // of the frame
        const QRect column(picture.width() - 18, inside, 18 - inside, picture.height() / 2 - inside);
        QVERIFY(farthestFrom(theme.surface, picture.copy(column)) > 100);
        QVERIFY(farthestFrom(theme.surface, picture.copy(column.translated(0, column.height()))) > 100);
    }

    void aLinksFrameStandsOffItsWords()
    {
        applyTheme(*qApp, themeOf(ThemeChoice::Dark), 1);
        QPushButton link(QStringLiteral("Advanced"));
        link.setProperty("role", QStringLiteral("link"));
        link.ensurePolished();
        const int words = link.fontMetrics().horizontalAdvance(link.text());
        QVERIFY(link.sizeHint().width() >= words + 12);
    }
};

QTEST_MAIN(ThemeTest)
#include "ThemeTest.moc"
