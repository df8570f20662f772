// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/TagBrowser.h"
#include "tests/ui/Films.h"
#include "ui/library/FilmPanel.h"
#include "ui/library/TagModel.h"
#include "ui/session/NameGuard.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTest>
#include <QTreeView>

using namespace hilum;
using namespace hilum::ui;

class TagBrowserTest : public QObject {
    Q_OBJECT

private:
    static FilmPtr film()
    {
        auto film = std::make_shared<Film>(*test::ramp());
        film->tags = {
            {"0008,0060", "CS", "Modality", "DX", 0},
            {"0008,1140", "SQ", "ReferencedImageSequence", "2 items", 0},
            {"0008,1150", "UI", "ReferencedSOPClassUID", "1.2.3", 1},
            {"0008,1155", "UI", "ReferencedSOPInstanceUID", "4.5.6", 1},
            {"0008,1150", "UI", "ReferencedSOPClassUID", "1.2.3", 1},
            {"0008,1155", "UI", "ReferencedSOPInstanceUID", "7.8.9", 1},
            {"0009,0010", "LO", "PrivateCreator", "ACME 1.1", 0},
            {"0009,1001", "LO", "Unknown Tag & Data", "secret sauce", 0},
            {"0010,0010", "PN", "PatientName", "Doe^Jane", 0},
            {"0010,0040", "CS", "PatientSex", "F", 0},
            {"0018,1400", "LO", "AcquisitionDeviceProcessingDescription", "CHEST for DOE", 0},
        };
        return film;
    }

    struct Browser {
        explicit Browser(FilmPtr shown = film())
        {
            browser.setFilm(std::move(shown));
            browser.resize(800, 600);
            browser.show();
        }
        NameGuard names;
        TagBrowser browser{names, TagBrowser::Shape::Whole};
        QTreeView *tree = browser.findChild<QTreeView *>();
        QLineEdit *wanted = browser.findChild<QLineEdit *>();

        QStringList shown() const
        {
            QStringList found;
            add({}, found);
            return found;
        }
        void add(const QModelIndex &parent, QStringList &found) const
        {
            for (int row = 0; row < tree->model()->rowCount(parent); ++row) {
                const QModelIndex index = tree->model()->index(row, TagModel::Name, parent);
                found << index.data().toString();
                add(index.siblingAtColumn(0), found);
            }
        }
        QModelIndex find(const QString &text) const
        {
            return tree->model()
                ->match(tree->model()->index(0, TagModel::Name), Qt::DisplayRole, text, 1,
                        Qt::MatchContains | Qt::MatchRecursive | Qt::MatchWrap)
                .value(0);
        }
        QString valueOf(const QString &text) const
        {
            return find(text).siblingAtColumn(TagModel::Value).data().toString();
        }
    };

private Q_SLOTS:
    void sequencesHoldItemsAndItemsHoldTags()
    {
        Browser here;
        const QModelIndex sequence = here.find("ReferencedImageSequence").siblingAtColumn(0);
        QCOMPARE(here.tree->model()->rowCount(sequence), 2);
        const QModelIndex second = here.tree->model()->index(1, 0, sequence);
        QCOMPARE(second.siblingAtColumn(TagModel::Name).data().toString(), QString("Item 2"));
        QCOMPARE(here.tree->model()->rowCount(second), 2);
        QCOMPARE(second.model()->index(1, TagModel::Value, second).data().toString(), QString("7.8.9"));
        QCOMPARE(second.parent(), sequence);
    }

    void itemsAreNotInventedWhereTheCountDisagrees()
    {
        auto odd = std::make_shared<Film>(*film());
        odd->tags[1].value = "3 items"; // one of them is empty: which one isn't known
        Browser here(odd);
        QCOMPARE(here.tree->model()->rowCount(here.find("ReferencedImageSequence").siblingAtColumn(0)), 4);
    }

    void theSearchLooksIntoAllColumnsAndKeepsParents()
    {
        Browser here;
        here.wanted->setText("7.8.9");
        QCOMPARE(here.shown(),
                 (QStringList{"ReferencedImageSequence", "Item 2", "ReferencedSOPInstanceUID"}));
        here.wanted->setText("0008,0060");
        QCOMPARE(here.shown(), QStringList{"Modality"});
        here.wanted->setText("pn jane");
        QCOMPARE(here.shown(), QStringList{"PatientName"});
        here.wanted->setText("ReferencedImageSequence");
        QCOMPARE(here.shown().size(), 7); // with all below
    }

    void privateTagsNameTheirOwnerAndCanBeLeftOut()
    {
        Browser here;
        QCOMPARE(here.valueOf("of ACME 1.1"), QString("secret sauce"));
        here.browser.findChild<QCheckBox *>()->setChecked(false);
        QVERIFY(!here.find("ACME").isValid());
        QVERIFY(!here.find("PrivateCreator").isValid());
        here.wanted->setText("sauce");
        QCOMPARE(here.shown(), QStringList());
    }

    void theWholeValueIsSeenAndCopied()
    {
        auto wordy = std::make_shared<Film>(*film());
        const QString text = QString("word ").repeated(200).trimmed();
        wordy->tags[0].value = text.toStdString();
        Browser here(wordy);
        here.tree->setCurrentIndex(here.tree->model()->index(0, 0));
        QCOMPARE(here.browser.findChild<QPlainTextEdit *>()->toPlainText(), text);
        QTest::keyClick(here.tree, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), text);
    }

    void aRowAndWhatIsBelowAreCopiedAsText()
    {
        Browser here;
        here.tree->setCurrentIndex(here.find("ReferencedImageSequence").siblingAtColumn(0));
        QTest::keyClick(here.tree, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), here.browser.copyText(false));
        QCOMPARE(here.browser.copyText(false), QString("0008,1140\tReferencedImageSequence\tSQ\t2 items"));
        const QStringList lines = here.browser.copyText(true).split('\n');
        QCOMPARE(lines.size(), 7);
        QCOMPARE(lines[6], QString("    0008,1155\tReferencedSOPInstanceUID\tUI\t7.8.9"));
    }

    void hiddenNamesAreHiddenInValuesCopiesAndOtherTexts()
    {
        Browser here;
        here.names.learn(NameGuard::identifiersOf(film()->tags));
        here.names.setHiding(true);
        QCOMPARE(here.valueOf("PatientName"), QString("hidden"));
        QCOMPARE(here.valueOf("of ACME"), QString("hidden"));
        QCOMPARE(here.valueOf("PatientSex"), QString("F"));
        QVERIFY(!here.valueOf("ProcessingDescription").contains("DOE"));
        here.tree->setCurrentIndex(here.find("PatientName").siblingAtColumn(0));
        QVERIFY(!here.browser.copyText(true).contains("Doe"));
        here.wanted->setText("Doe"); // searching must not tell either
        QCOMPARE(here.shown(), QStringList());
        here.names.setHiding(false);
        QCOMPARE(here.shown().size(), 2);
    }

    void fourThousandTagsAreWalkedInOneGo()
    {
        auto large = std::make_shared<Film>(*film());
        for (int i = 0; i < 4000; ++i)
            large->tags.push_back({QString::asprintf("0041,%04x", i).toStdString(), "LO", "Name",
                                   "value " + std::to_string(i), 0});
        Browser here(large);
        QCOMPARE(here.tree->model()->rowCount(), 4000 + 7);
        here.wanted->setText("value 3999");
        QCOMPARE(here.shown().size(), 1);
    }

    void theFilmSectionShowsNoticesAndOpensTheWindow()
    {
        auto noticed = std::make_shared<Film>(*film());
        noticed->notices = {"truncated: last 312 rows missing"};
        NameGuard names;
        FilmPanel panel(names);
        panel.setFilm(noticed, "DICOMDIR \u00b7 Doe^Jane", {"one entry was left out"});
        panel.show();
        QStringList texts;
        for (const auto *label : panel.findChildren<QLabel *>()) {
            if (label->isVisible())
                texts << label->text();
        }
        QVERIFY(texts.join('\n').contains("last 312 rows missing"));
        QVERIFY(texts.join('\n').contains("one entry was left out"));
        QVERIFY(texts.join('\n').contains("Doe^Jane"));
    }
};

QTEST_MAIN(TagBrowserTest)
#include "TagBrowserTest.moc"
