// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/viewer/WindowSection.h"
#include "core/imaging/Window.h"
#include "tests/ui/Films.h"
#include "ui/session/PresetBook.h"
#include "ui/viewer/HistogramStrip.h"
#include "ui/viewer/PresetDialogs.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QTest>
#include <QTreeWidget>

using namespace hilum;
using namespace hilum::ui;

class WindowSectionTest : public QObject {
    Q_OBJECT

private:
    static DisplayFilmPtr film(void (*change)(Film &) = [](Film &) {})
    {
        auto film = std::make_shared<Film>(*test::ramp());
        change(*film);
        return makeDisplayFilm(film);
    }

    struct Section {
        Section(DisplayFilmPtr shown, Voi voi)
        {
            QObject::connect(&section, &WindowSection::voiChosen, &section, [this](const Voi &chosen) {
                last = chosen;
                section.setVoi(chosen);
            });
            section.setFilm(std::move(shown));
            section.setVoi(voi);
            section.show();
        }
        PresetBook book;
        WindowSection section{book};
        Voi last;

        ValueField *field(const QString &name)
        {
            for (auto *field : section.findChildren<ValueField *>()) {
                if (field->accessibleName() == name)
                    return field;
            }
            return nullptr;
        }
        void type(const QString &name, const QString &text)
        {
            ValueField *here = field(name);
            here->selectAll();
            QTest::keyClicks(here, text);
            QTest::keyClick(here, Qt::Key_Return);
        }
        Window window() { return std::get<Window>(last); }
        QString text()
        {
            QStringList texts;
            for (const auto *label : section.findChildren<QLabel *>()) {
                if (!label->isHidden())
                    texts << label->text();
            }
            return texts.join('\n');
        }
    };

private Q_SLOTS:
    void theEndsOfEachFunctionAreWhereItTurnsBlackAndWhite()
    {
        for (const VoiFunction function : {VoiFunction::Linear, VoiFunction::LinearExact}) {
            const Window window{2048, 4096, function};
            const WindowEnds ends = endsOf(window);
            QCOMPARE(windowed(ends.low, window), 0.0);
            QVERIFY(windowed(ends.low + 1, window) > 0);
            QVERIFY(windowed(ends.high - 1, window) < 1);
            QVERIFY(windowed(ends.high, window) > 1 - 1e-12);
            QCOMPARE(windowBetween(ends, function), window);
        }
        QCOMPARE(endsOf({2048, 4096, VoiFunction::Linear}).low, 0.0);
        QCOMPARE(endsOf({2048, 4096, VoiFunction::Linear}).high, 4095.0);
        QCOMPARE(windowBetween({5, 5}, VoiFunction::Linear), (Window{5.5, 1, VoiFunction::Linear}));
    }

    void aTypedNumberAppliesOnEnter()
    {
        Section here(film(), Window{500, 200});
        here.type("Window centre", "612.5");
        QCOMPARE(here.window(), (Window{612.5, 200}));
        here.type("Window width", "0");
        QCOMPARE(here.window().width, 1.0); // the narrowest that LINEAR has
    }

    void theSameWindowCanBeGivenByItsEnds()
    {
        Section here(film(), Window{500, 200});
        here.section.setShowsEnds(true);
        QCOMPARE(here.field("Window minimum")->text(), QString("400"));
        QCOMPARE(here.field("Window maximum")->text(), QString("599"));
        here.type("Window maximum", "799");
        QCOMPARE(here.window(), (Window{600, 400}));
        here.type("Window minimum", "900"); // above the maximum, which gives way
        QCOMPARE(endsOf(here.window()).low, 900.0);
        QCOMPARE(endsOf(here.window()).high, 900.0);
    }

    void arrowsStepFineAndCoarse()
    {
        Section here(film(), Window{500, 200});
        ValueField *centre = here.field("Window centre");
        const double step = centre->singleStep();
        QTest::keyClick(centre, Qt::Key_Up);
        QCOMPARE(here.window().centre, 500 + step);
        QTest::keyClick(centre, Qt::Key_Down, Qt::ControlModifier);
        QCOMPARE(here.window().centre, 500 - 9 * step);
        QTest::keyClick(centre, Qt::Key_Up, Qt::ShiftModifier);
        QCOMPARE(here.window().centre, 500 - 8.9 * step);
    }

    void filmsOfFractionsKeepTheirDigits()
    {
        ValueField field(nullptr);
        field.setReach(0.02);
        field.setValue(0.00125);
        QCOMPARE(field.text(), QString("0.00125"));
        field.setReach(4095);
        field.setValue(2047.5);
        QCOMPARE(field.text(), QString("2047.5"));
    }

    void theFunctionIsNamed()
    {
        Section here(film(), Window{500, 200});
        QVERIFY(here.text().contains("LINEAR"));
        here.section.setVoi(Window{500, 200, VoiFunction::Sigmoid});
        QVERIFY(here.text().contains("SIGMOID"));
        here.section.setVoi(LookupTable{0, 8, {0, 1}, "HARD"});
        QVERIFY(here.text().contains("VOI LUT \"HARD\""));
    }

    void windowsAndTablesOfTheFilmAreListed()
    {
        const auto rich = film([](Film &film) {
            film.windows = {{100, 50, VoiFunction::Linear, "BONE"}};
            film.voiTables = {{0, 8, {0, 128, 255}, "SOFT"}};
        });
        Section here(rich, rich->presets.front().voi);
        auto *list = here.section.findChild<QTreeWidget *>();
        QCOMPARE(list->topLevelItemCount(), 4); // and automatic, full range
        QCOMPARE(list->topLevelItem(1)->text(0), QString("SOFT"));
        QCOMPARE(list->topLevelItem(1)->text(1), QString("2"));
        QCOMPARE(list->currentItem()->text(0), QString("BONE"));
        list->setCurrentItem(list->topLevelItem(1));
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(std::get<LookupTable>(here.last).explanation, std::string("SOFT"));
    }

    void aColourFilmSaysThatWindowsDontApply()
    {
        const auto colour = film([](Film &film) {
            film.samplesPerPixel = 3;
            film.photometric = Photometric::Rgb;
            film.bitsStored = 8;
            std::vector<std::uint8_t> samples(static_cast<std::size_t>(film.rows * film.columns * 3));
            samples[0] = 200;
            film.samples = samples;
        });
        Section here(colour, colour->presets.front().voi);
        QVERIFY(here.text().contains("don't apply"));
        QVERIFY(!here.field("Window centre")->isEnabled());
        QCOMPARE(here.section.findChild<QTreeWidget *>()->topLevelItemCount(), 0);
    }

    void anOwnPresetTakesItsDigitAndTheFilmsOwnMoveOn()
    {
        PresetBook book;
        book.add({"Lungs", false, 700, 300, VoiFunction::Linear, 1, 99, {}, 1});
        const auto shown = film();
        const auto offers = book.offered(*shown);
        QCOMPARE(offers.size(), std::size_t{3});
        QCOMPARE(offers[0].digit, 2); // the film's first
        QCOMPARE(offers[2].name, QString("Lungs"));
        QCOMPARE(offers[2].digit, 1);
        QCOMPARE(std::get<Window>(book.voiOf(*shown, offers[2])), (Window{700, 300}));
        book.add({"Bones", false, 900, 100, VoiFunction::Linear, 1, 99, {}, 1});
        QCOMPARE(book.presets()[0].digit, 0);
    }

    void aPresetForAnotherModalityIsNotOffered()
    {
        PresetBook book;
        OwnPreset preset;
        preset.name = "Detector";
        preset.modality = "DX";
        book.add(preset);
        QCOMPARE(book.offered(*film()).size(), std::size_t{2});
        QCOMPARE(book.offered(*film([](Film &film) { film.modality = "DX"; })).size(), std::size_t{3});
    }

    void percentilesFitEachFilmAndLeavePaddingOut()
    {
        const auto counted = film([](Film &film) {
            std::vector<std::uint16_t> samples;
            for (int i = 0; i < film.rows * film.columns; ++i)
                samples.push_back(
                    static_cast<std::uint16_t>(i < 100 ? i + 1 : 4000)); // 100 values, then padding
            film.samples = samples;
            film.padding = PixelPadding{4000, 4000};
        });
        const WindowEnds ends = endsOf(percentileWindow(*counted, 10, 90));
        QCOMPARE(ends.low, 10.0);
        QCOMPARE(ends.high, 90.0);
        QCOMPARE(percentileWindow(*counted, 1, 99), autoWindow(*counted->film));
    }

    void presetsSurviveBeingWrittenDown()
    {
        PresetBook book;
        book.add({"Lungs", false, 700.25, 300, VoiFunction::Sigmoid, 1, 99, "CR", 3});
        book.add({"Wide", true, 0, 1, VoiFunction::Linear, 0.5, 99.5, {}, 0});
        QCOMPARE(PresetBook::fromJson(book.toJson()), book.presets());
        QVERIFY(PresetBook::fromJson(QJsonArray{7, QJsonObject{{"name", "no window"}}}).empty());
    }

    void theSaveDialogGivesWhatWasAsked()
    {
        OwnPreset start;
        start.centre = 100;
        start.width = 50;
        QWidget parent;
        PresetDialog dialog(start, "CR", &parent);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        QVERIFY(!dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Save)->isEnabled());
        QTest::keyClicks(dialog.findChild<QLineEdit *>(), "Lungs");
        QVERIFY(dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Save)->isEnabled());
        dialog.findChild<QCheckBox *>()->setChecked(true);
        dialog.findChild<QComboBox *>()->setCurrentIndex(4);
        QCOMPARE(dialog.preset(), (OwnPreset{"Lungs", false, 100, 50, VoiFunction::Linear, 1, 99, "CR", 4}));
        dialog.findChildren<QRadioButton *>().last()->setChecked(true);
        QVERIFY(dialog.preset().isRelative);
    }

    void ownPresetsAreRenamedOrderedAndDeleted()
    {
        PresetBook book;
        book.add({"A", false, 1, 1, VoiFunction::Linear, 1, 99, {}, 0});
        book.add({"B", false, 2, 1, VoiFunction::Linear, 1, 99, {}, 0});
        QWidget parent;
        PresetsDialog dialog(book, &parent);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        const auto press = [&](const QString &text) {
            for (auto *button : dialog.findChildren<QPushButton *>()) {
                if (button->text() == text)
                    button->click();
            }
        };
        auto *list = dialog.findChild<QTreeWidget *>();
        list->topLevelItem(0)->setText(0, "First");
        QCOMPARE(book.presets()[0].name, QString("First"));
        list->topLevelItem(0)->setText(0, "  ");
        QCOMPARE(list->topLevelItem(0)->text(0), QString("First"));
        press("&Down");
        QCOMPARE(book.presets()[1].name, QString("First"));
        qobject_cast<QComboBox *>(list->itemWidget(list->topLevelItem(0), 3))->setCurrentIndex(7);
        QCOMPARE(book.presets()[0].digit, 7);
        press("D&elete");
        QCOMPARE(book.presets().size(), std::size_t{1});
        QCOMPARE(book.presets()[0].name, QString("B"));
    }
};

QTEST_MAIN(WindowSectionTest)
#include "WindowSectionTest.moc"
