// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/train/RecipeHistory.h"
#include "ui/train/FigureBar.h"
#include "ui/train/StudentProjectsDialog.h"

#include <QLabel>
#include <QTest>
#include <cmath>

using namespace hilum;
using namespace hilum::ui;

namespace {

Recipe recipeWith(const std::string &history)
{
    Recipe recipe;
    recipe.name = "small";
    recipe.title = "Small network";
    recipe.history = history;
    return recipe;
}

constexpr auto twoProjects = R"({"year":2020,"projects":[
    {"project":"ONE","network":"ten layers","films":"20 films","training":"long",
     "figures":[{"what":"accuracy","hits":10,"films":10},{"what":"broken","hits":7,"films":0},
                {"what":"more than all","hits":8,"films":7}],
     "wentWrong":["It read the letters.","Ten films."]},
    {"project":"TWO","figures":[]}]})";

QStringList textsOf(const QWidget &widget)
{
    QStringList texts;
    for (const QLabel *label : widget.findChildren<QLabel *>())
        texts << label->text();
    return texts;
}

} // namespace

class RecipeHistoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsProjectsOfARecipe()
    {
        const auto projects = projectsOf(recipeWith(twoProjects));
        QCOMPARE(projects.size(), std::size_t(2));
        QCOMPARE(projects[0].project, QString("ONE"));
        QCOMPARE(projects[0].recipe, QString("small"));
        QCOMPARE(projects[0].year, 2020);
        QCOMPARE(projects[0].wentWrong.size(), 2);
        QCOMPARE(projects[0].figures.size(), std::size_t(1)); // impossible figures are left out
        QVERIFY(projectsOf(recipeWith("{}")).empty());
    }

    void saysTheIntervalThatTenFilmsAllow()
    {
        const PublishedFigure figure{"accuracy", 10, 10};
        QCOMPARE(figure.text(), QStringLiteral("10 of 10: 100 %, interval 72\u2013100 %"));
        const QString csv = csvOf(projectsOf(recipeWith(twoProjects)));
        QVERIFY(csv.startsWith(
            "project,recipe,figure,hits,films,share,low,high\nONE,small,accuracy,10,10,1,0.72"));
        QCOMPARE(csv.count('\n'), 2);
    }

    void paintsTheIntervalWhereItLies()
    {
        FigureBar bar({"accuracy", 14, 15});
        bar.resize(401, bar.sizeHint().height());
        const Interval ends = wilsonInterval(14, 15);
        QCOMPARE(bar.bandRect().left(), int(std::lround(400 * ends.low)));
        QCOMPARE(bar.bandRect().right(), int(std::lround(400 * ends.high)));
        QVERIFY(bar.accessibleName().contains("14 of 15"));
        // The band differs from the track beside it, the mark from both.
        const QImage picture = bar.grab().toImage();
        const int middle = bar.bandRect().center().y();
        const QRgb band = picture.pixel(bar.bandRect().left() + 2, middle);
        QVERIFY(band != picture.pixel(bar.bandRect().left() - 4, middle));
        QVERIFY(band != picture.pixel(int(400 * 14.0 / 15), middle));
    }

    void showsWhatWentWrong()
    {
        RecipeHistory history;
        QVERIFY(textsOf(history).join(' ').contains("No project"));
        history.setProjects(projectsOf(recipeWith(twoProjects)));
        const QString all = textsOf(history).join('\n');
        QVERIFY(all.contains("ONE: Small network"));
        QVERIFY(all.contains("It read the letters."));
        QVERIFY(all.contains("No figure was published."));
        QCOMPARE(history.findChildren<FigureBar *>().size(), 1);
        history.setProjects(projectsOf(recipeWith(twoProjects)));
        QCOMPARE(history.findChildren<FigureBar *>().size(), 1);
    }

    void showsEveryProjectOfTheInstalledRecipes()
    {
        qputenv("HILUM_RECIPES", HILUM_SOURCE_DIR "/resources/recipes");
        const StudentProjectsDialog dialog(nullptr);
        QStringList names;
        for (const StudentProject &project : dialog.history().projects()) {
            names << project.project;
            QVERIFY(!project.network.isEmpty() && !project.films.isEmpty() && !project.wentWrong.isEmpty());
        }
        QCOMPARE(names.back(), QString("DarkCovidNet")); // a paper, after the students
        for (const char *name : {"ANKIT", "HARDIK", "VIJAY", "TEJA", "MJ", "DarkCovidNet"})
            QVERIFY2(names.contains(name), name);
        QVERIFY(dialog.history().findChildren<FigureBar *>().size() >= 12);
    }
};

QTEST_MAIN(RecipeHistoryTest)
#include "RecipeHistoryTest.moc"
