// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/report/Pitfalls.h"

#include <QTest>

#include <algorithm>

using namespace hilum;

class PitfallsTest : public QObject {
    Q_OBJECT

private:
    static std::vector<ScoredFilm> films(int count, const std::string &source, int truth)
    {
        std::vector<ScoredFilm> made;
        for (int i = 0; i < count; ++i) {
            const std::string number = source + std::to_string(truth) + "-" + std::to_string(i);
            made.push_back({"film " + number, "patient " + number, source, -1, truth, {0.5, 0.5}});
        }
        return made;
    }

    static std::vector<ScoredFilm> both(std::vector<ScoredFilm> first, const std::vector<ScoredFilm> &second)
    {
        first.insert(first.end(), second.begin(), second.end());
        return first;
    }

    static bool says(const std::vector<Pitfall> &pitfalls, const std::string &gravity,
                     const std::string &words)
    {
        return std::ranges::any_of(pitfalls, [&](const Pitfall &one) {
            return one.gravity == gravity && one.sentence.find(words) != std::string::npos;
        });
    }

    const std::vector<std::string> m_labels{"ill", "well"};

private Q_SLOTS:
    void aClassThatComesFromOneHospitalAloneIsGrave()
    {
        const auto found = pitfallsOf(both(films(40, "North", 0), films(50, "South", 1)), m_labels);
        QCOMPARE(found.front().gravity, std::string("grave"));
        QVERIFY(
            says(found, "grave", "40 of 40 films of ill come from sources that gave no other class (North)"));
        QVERIFY(says(found, "grave", "50 of 50 films of well"));
    }

    void aPartOfAClassIsAWarning()
    {
        const auto mixed = both(films(40, "North", 0), films(50, "North", 1));
        const auto found = pitfallsOf(both(mixed, films(10, "South", 1)), m_labels);
        QVERIFY(says(found, "warning",
                     "10 of 60 films of well come from sources that gave no other class (South):"));
        QVERIFY(!says(found, "grave", "films of"));
        QVERIFY(says(pitfallsOf(both(mixed, both(films(1, "South", 0), films(9, "South", 1))), m_labels),
                     "good", "more than one class"));
    }

    void saysWhatIsNotKnown()
    {
        auto all = both(films(40, "", 0), films(40, "", 1));
        for (ScoredFilm &film : all)
            film.group.clear();
        const auto found = pitfallsOf(all, m_labels);
        QVERIFY(says(found, "note", "Sources are not stated"));
        QVERIFY(says(found, "note", "Patients are not known"));
    }

    void findsFilmsThatStandTwiceAndClassesOfFew()
    {
        auto all = both(films(40, "North", 0), films(5, "North", 1));
        all.push_back(all.front());
        all.back().truth = 1;
        const auto found = pitfallsOf(all, m_labels);
        QVERIFY(says(found, "warning", "1 film stands in this table more than once"));
        QVERIFY(says(found, "note", "1 patient has films of several classes"));
        QVERIFY(says(found, "warning", "Only 6 films of well"));
    }
};

QTEST_GUILESS_MAIN(PitfallsTest)
#include "PitfallsTest.moc"
