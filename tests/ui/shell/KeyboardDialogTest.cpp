// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/KeyboardDialog.h"
#include "ui/shell/Actions.h"
#include "ui/shell/HelpSheet.h"
#include "ui/shell/Keymap.h"
#include "ui/shell/Settings.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

#include <optional>

using namespace hilum::ui;

class KeyboardDialogTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    struct Desk {
        Desk() { window.resize(900, 800); }
        QWidget window;
        Actions actions{&window};
        Settings settings;
        Keymap keymap{actions, settings};
        KeyboardDialog dialog{keymap, &window};

        QAbstractButton *button(const QString &text)
        {
            for (auto *button : dialog.findChildren<QAbstractButton *>()) {
                if (button->text() == text)
                    return button;
            }
            return nullptr;
        }
        QString words()
        {
            for (const auto *label : dialog.findChildren<QLabel *>()) {
                if (label->isVisible() && label->property("role") == "warning")
                    return label->text();
            }
            return {};
        }
        void press(QAction *action, int key, Qt::KeyboardModifiers held = Qt::NoModifier)
        {
            QTest::keyClick(dialog.editOf(action), static_cast<Qt::Key>(key), held);
        }
    };

private Q_SLOTS:
    void initTestCase()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
        QCoreApplication::setOrganizationName("hilum-test");
        QCoreApplication::setApplicationName("keyboard-test");
    }

    void init() { QSettings().clear(); }

    void aFreeKeyIsInForceAtOnce()
    {
        Desk desk;
        desk.dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        desk.dialog.show();
        desk.press(desk.actions.invert, Qt::Key_F6);
        QCOMPARE(desk.actions.invert->shortcut(), QKeySequence(Qt::Key_F6));
        QVERIFY(desk.actions.invert->toolTip().contains("F6"));
        QVERIFY(desk.words().isEmpty());
    }

    void aTakenKeyIsAskedAboutInWords()
    {
        Desk desk;
        desk.dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        desk.dialog.show();
        desk.press(desk.actions.mirror, Qt::Key_I);
        QCOMPARE(desk.words(), QString("I is used by Invert; it would be taken from it."));
        QCOMPARE(desk.actions.mirror->shortcut(), Actions::defaultKeys(desk.actions.mirror));
        desk.button("&Leave it")->click();
        QCOMPARE(desk.dialog.editOf(desk.actions.mirror)->keySequence(),
                 Actions::defaultKeys(desk.actions.mirror));

        desk.press(desk.actions.mirror, Qt::Key_I);
        desk.button("&Take it")->click();
        QCOMPARE(desk.actions.mirror->shortcut(), QKeySequence(Qt::Key_I));
        QVERIFY(desk.actions.invert->shortcut().isEmpty());
        QVERIFY(desk.dialog.editOf(desk.actions.invert)->keySequence().isEmpty());
        QCOMPARE(desk.actions.invert->toolTip(), desk.actions.invert->whatsThis());
    }

    void keysThatControlsNeedStayTheirs()
    {
        Desk desk;
        desk.dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        desk.dialog.show();
        desk.press(desk.actions.mirror, Qt::Key_Left);
        QVERIFY(desk.words().contains("moves the film"));
        QCOMPARE(desk.actions.mirror->shortcut(), Actions::defaultKeys(desk.actions.mirror));
        desk.press(desk.actions.mirror, Qt::Key_Left, Qt::ControlModifier);
        QCOMPARE(desk.actions.mirror->shortcut(), QKeySequence(Qt::CTRL | Qt::Key_Left));
    }

    void choicesOutliveTheWindowAndCanBeUndone()
    {
        {
            Desk desk;
            desk.keymap.assign(desk.actions.invert, QKeySequence("Ctrl+Alt+I"));
            desk.keymap.assign(desk.actions.fit, {});
        }
        Desk desk;
        QCOMPARE(desk.actions.invert->shortcut(), QKeySequence("Ctrl+Alt+I"));
        QVERIFY(desk.actions.fit->shortcut().isEmpty());
        desk.keymap.reset(desk.actions.fit);
        QCOMPARE(desk.actions.fit->shortcut(), QKeySequence("F"));
        QVERIFY(!QSettings().contains("keys/fit"));
        desk.button("&All as delivered")->click();
        QCOMPARE(desk.actions.invert->shortcut(), QKeySequence("I"));
        QVERIFY(QSettings().allKeys().isEmpty());
    }

    void aDefaultOfANewVersionDoesNotTakeAChosenKey()
    {
        QSettings().setValue("keys/invert", "H"); // the default of Mirror
        Desk desk;
        QCOMPARE(desk.actions.invert->shortcut(), QKeySequence("H"));
        QVERIFY(desk.actions.mirror->shortcut().isEmpty());
    }

    void nonsenseInTheSettingsLeavesTheDefault()
    {
        QSettings().setValue("keys/invert", "Ctrl+nonsense");
        Desk desk;
        QCOMPARE(desk.actions.invert->shortcut(), QKeySequence("I"));
    }

    void theSearchFindsByWordAndByKey()
    {
        Desk desk;
        desk.dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        desk.dialog.show();
        auto *wanted = desk.dialog.findChild<QLineEdit *>();
        const auto visible = [&] {
            QStringList names;
            const auto *list = desk.dialog.findChild<QTreeWidget *>();
            for (int g = 0; g < list->topLevelItemCount(); ++g) {
                for (int i = 0; i < list->topLevelItem(g)->childCount(); ++i) {
                    if (!list->topLevelItem(g)->isHidden() && !list->topLevelItem(g)->child(i)->isHidden())
                        names << list->topLevelItem(g)->child(i)->text(0);
                }
            }
            return names;
        };
        wanted->setText("black white");
        QCOMPARE(visible(), QStringList{"Invert"});
        wanted->setText("ctrl+shift+w");
        QCOMPARE(visible(), QStringList{"Close all films"});
        wanted->clear();
        QCOMPARE(visible().size(), desk.actions.all().size());
    }

    void theMouseIsChosenHereAndStays()
    {
        Desk desk;
        QComboBox *right = nullptr;
        for (auto *field : desk.dialog.findChildren<QComboBox *>()) {
            if (field->accessibleName() == "Right drag")
                right = field;
        }
        QVERIFY(right);
        QCOMPARE(right->currentText(), QString("Zooms"));
        right->setFocus();
        QTest::keyClick(right, Qt::Key_Home);
        QCOMPARE(right->currentText(), QString("Changes the window"));
        QCOMPARE(desk.keymap.mouse().right, HandTool::Window);
        HelpSheet sheet(desk.keymap, &desk.window);
        sheet.setAttribute(Qt::WA_DeleteOnClose, false);
        QVERIFY(sheet.text().contains("Changes the window"));
        const Settings later;
        QCOMPARE(later.mouse().right, HandTool::Window);
        desk.keymap.resetAll();
        QCOMPARE(right->currentText(), QString("Zooms"));
        QCOMPARE(Settings().mouse(), MouseHabits());
    }

    void theHelpListsEveryActionAndFollowsTheKeys()
    {
        Desk desk;
        desk.keymap.assign(desk.actions.invert, QKeySequence("Ctrl+Alt+I"));
        HelpSheet sheet(desk.keymap, &desk.window);
        sheet.setAttribute(Qt::WA_DeleteOnClose, false);
        for (const QAction *action : desk.actions.all())
            QVERIFY2(sheet.text().contains(action->whatsThis()), qPrintable(action->objectName()));
        QVERIFY(sheet.text().contains("Ctrl+Alt+I"));
        for (const QString &group : desk.actions.groups())
            QVERIFY(sheet.text().contains(group));
    }

    void theHelpBeginsWithWhatIsAsked()
    {
        Desk desk;
        HelpSheet sheet(desk.keymap, &desk.window);
        sheet.setAttribute(Qt::WA_DeleteOnClose, false);
        sheet.showPlace("histogram");
        const QString text = sheet.text();
        QVERIFY(text.indexOf("slice of the film's values") < text.indexOf("Middle drag"));
        sheet.showPlace({});
        QVERIFY(sheet.text().indexOf("Middle drag") < sheet.text().indexOf("slice of the film's values"));
    }

    void theHelpOpensAtWhatHasTheFocus()
    {
        QWidget section;
        section.setProperty(helpProperty, "histogram");
        auto *inner = new QWidget(new QWidget(&section));
        QCOMPARE(HelpSheet::placeOf(inner), QString("histogram"));
        QCOMPARE(HelpSheet::placeOf(nullptr), QString());
    }
};

QTEST_MAIN(KeyboardDialogTest)
#include "KeyboardDialogTest.moc"
