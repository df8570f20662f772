// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/Fakes.h"
#include "ui/bridge/Lanes.h"
#include "ui/shell/Actions.h"
#include "ui/shell/FilmArea.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/Theme.h"
#include "ui/viewer/FilmView.h"

#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QToolBar>
#include <QToolButton>

using namespace hilum;
using namespace hilum::ui;

class AccessibilityTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_settings;

    struct Opened {
        Opened()
            : files(std::make_shared<test::FakeFiles>())
            , networks(std::make_shared<test::FakeNetworks>())
            , window(std::make_unique<MainWindow>(lanes, files->sources(files), networks))
        {
            window->show();
            window->openPaths({"film"});
        }
        Lanes lanes;
        std::shared_ptr<test::FakeFiles> files;
        std::shared_ptr<test::FakeNetworks> networks;
        std::unique_ptr<MainWindow> window;
    };

    // Parts that Qt makes inside a control, which speaks for them.
    static bool isInner(const QWidget *widget)
    {
        const QWidget *parent = widget->parentWidget();
        return widget->objectName().startsWith(QLatin1String("qt_")) || qobject_cast<const QMenu *>(widget)
            || qobject_cast<const QHeaderView *>(widget) || widget->inherits("QComboBoxPrivateContainer")
            || (parent && parent->inherits("QComboBoxPrivateContainer"))
            || (qobject_cast<const QLineEdit *>(widget)
                && (qobject_cast<const QAbstractSpinBox *>(parent) || qobject_cast<const QComboBox *>(parent)
                    || qobject_cast<const QKeySequenceEdit *>(parent)));
    }

    static QStringList nameless(QWidget *root)
    {
        QStringList found;
        for (QWidget *widget : root->findChildren<QWidget *>()) {
            const auto *label = qobject_cast<const QLabel *>(widget);
            if (widget->focusPolicy() == Qt::NoFocus || isInner(widget) || (label && label->text().isEmpty()))
                continue;
            QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(widget);
            const QString name = spoken ? spoken->text(QAccessible::Name) : QString();
            if (name.trimmed().isEmpty())
                found << QStringLiteral("%1 '%2' in %3")
                             .arg(widget->metaObject()->className(), widget->objectName(),
                                  widget->parentWidget()->metaObject()->className());
        }
        return found;
    }

    static QList<QDialog *> dialogs(QWidget *window)
    {
        QList<QDialog *> open;
        for (QDialog *dialog : window->findChildren<QDialog *>()) {
            if (dialog->isVisible())
                open << dialog;
        }
        return open;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
        QCoreApplication::setOrganizationName("hilum-test");
        QCoreApplication::setApplicationName("accessibility-test");
    }

    void everyControlOfTheWindowHasAName()
    {
        Opened opened;
        QTRY_VERIFY(opened.window->readings().reading(1).prediction);
        opened.window->actions().curves->trigger();
        opened.window->actions().fourViews->trigger();
        QCOMPARE(nameless(opened.window.get()).join('\n'), QString());
    }

    void everyControlOfEveryDialogHasAName_data()
    {
        QTest::addColumn<QString>("action");
        for (const char *action : {"palette", "help", "keyboard", "about", "tags", "savePicture", "train", "auditDataset"})
            QTest::newRow(action) << action;
    }

    void everyControlOfEveryDialogHasAName()
    {
        QFETCH(QString, action);
        Opened opened;
        QTRY_VERIFY(opened.window->films().film());
        auto *wanted = opened.window->actions().findChild<QAction *>(action);
        QVERIFY(wanted);
        wanted->setEnabled(true);
        wanted->trigger();
        QTRY_COMPARE(dialogs(opened.window.get()).size(), 1);
        QDialog *dialog = dialogs(opened.window.get()).front();
        QVERIFY(!dialog->windowTitle().isEmpty());
        QCOMPARE(nameless(dialog).join('\n'), QString());
    }

    void everyButtonThatOpensADialogOpensANamedOne()
    {
        Opened opened;
        QTRY_VERIFY(opened.window->films().film());
        for (const char *text : {"Save as preset\u2026", "Own presets\u2026"}) {
            for (auto *button : opened.window->findChildren<QAbstractButton *>()) {
                if (button->text() == QString::fromUtf8(text))
                    button->click();
            }
            QTRY_COMPARE(dialogs(opened.window.get()).size(), 1);
            QDialog *dialog = dialogs(opened.window.get()).front();
            QCOMPARE(nameless(dialog).join('\n'), QString());
            dialog->close();
            QTRY_COMPARE(dialogs(opened.window.get()).size(), 0);
        }
    }

    void everyActionHasWordsAndAPlaceInAMenu()
    {
        Opened opened;
        QTRY_VERIFY(opened.window->films().film());
        QList<QAction *> inMenus;
        for (const QMenu *menu : opened.window->findChildren<QMenu *>())
            inMenus << menu->actions();
        for (QAction *action : opened.window->actions().all()) {
            QVERIFY2(!action->text().isEmpty(), qPrintable(action->objectName()));
            QVERIFY2(!action->toolTip().isEmpty(), qPrintable(action->objectName()));
            QVERIFY2(action->toolTip() != action->text(), qPrintable(action->objectName()));
            // A digit without a preset stands in no menu.
            QVERIFY2(inMenus.contains(action) || !action->isVisible(), qPrintable(action->objectName()));
        }
    }

    void everyToolButtonIsCalledLikeItsAction()
    {
        Opened opened;
        for (const QToolBar *bar : opened.window->findChildren<QToolBar *>()) {
            for (QToolButton *button : bar->findChildren<QToolButton *>()) {
                if (!button->defaultAction())
                    continue;
                QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(button);
                QCOMPARE(spoken->text(QAccessible::Name), Actions::plainText(button->defaultAction()));
                QVERIFY(button->toolTip().contains(button->defaultAction()->whatsThis()));
            }
        }
    }

    void noAccessKeyOfAMenuIsGivenTwice()
    {
        Opened opened;
        QTRY_VERIFY(opened.window->films().film());
        QStringList twice;
        for (const QMenu *menu : opened.window->findChildren<QMenu *>()) {
            QStringList keys;
            for (const QAction *action : menu->actions()) {
                const auto mark = action->text().indexOf(QLatin1Char('&'));
                if (mark < 0 || mark + 1 >= action->text().size() || action->text()[mark + 1] == '&')
                    continue;
                const QString key = action->text().mid(mark + 1, 1).toUpper();
                if (keys.contains(key))
                    twice << menu->title() + ": " + action->text();
                keys << key;
            }
        }
        QCOMPARE(twice.join('\n'), QString());
    }

    void tabGoesThroughEveryPartOfTheWindowAndComesBack()
    {
        Opened opened;
        QTRY_VERIFY(opened.window->readings().reading(1).prediction);
        QList<QWidget *> seen;
        QWidget *start = opened.window->filmArea().view();
        for (QWidget *at = start->nextInFocusChain(); at != start && seen.size() < 2000;
             at = at->nextInFocusChain())
            seen << at;
        QVERIFY(seen.size() < 2000);
        for (const char *name : {"Open films", "Window centre", "Tags", "Window presets"}) {
            const bool reached = std::any_of(seen.begin(), seen.end(), [&](const QWidget *widget) {
                return widget->accessibleName() == QLatin1String(name)
                    && (widget->focusPolicy() & Qt::TabFocus);
            });
            QVERIFY2(reached, name);
        }
    }

    void theFilmSaysWhatItShows()
    {
        Opened opened;
        MainWindow &window = *opened.window;
        QTRY_VERIFY(window.readings().reading(1).prediction);
        FilmView *view = window.filmArea().view();
        QTRY_VERIFY(view->accessibleDescription().contains("film"));
        window.films().setVoi(Window{2048, 4096});
        QVERIFY(view->accessibleDescription().contains("window centre 2048, width 4096"));
        view->oneToOne();
        QVERIFY(view->accessibleDescription().contains("zoom 100 %"));
        QVERIFY(view->accessibleDescription().contains("vgg16: COVID-19 0.70"));
        window.films().setInverted(true);
        QVERIFY(view->accessibleDescription().contains("inverted"));
    }

    void focusIsSeenInBothThemes()
    {
        Opened opened;
        QTRY_VERIFY(opened.window->films().film());
        for (const ThemeChoice choice : {ThemeChoice::Dark, ThemeChoice::Light}) {
            applyTheme(*qApp, themeOf(choice), 1);
            for (QWidget *widget : opened.window->findChildren<QWidget *>()) {
                if (!(widget->focusPolicy() & Qt::TabFocus) || !widget->isVisible() || !widget->isEnabled()
                    || isInner(widget) || widget->visibleRegion().isEmpty())
                    continue;
                opened.window->activateWindow();
                opened.window->setAttribute(Qt::WA_KeyboardFocusChange); // as Tab does
                widget->clearFocus();
                QApplication::processEvents();
                const QImage without = widget->grab().toImage();
                widget->setFocus(Qt::TabFocusReason);
                QApplication::processEvents();
                const QImage with = widget->grab().toImage();
                QVERIFY2(widget->hasFocus(), widget->metaObject()->className());
                QVERIFY2(
                    with != without,
                    qPrintable(QString(widget->metaObject()->className()) + " " + widget->accessibleName()));
            }
        }
    }
};

QTEST_MAIN(AccessibilityTest)
#include "AccessibilityTest.moc"
