// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Marks, undo and pictures in the real window, by its mouse and its keys.

#include "ui/shell/MarkCommands.h"
#include "tests/ui/Fakes.h"
#include "ui/bridge/Lanes.h"
#include "ui/shell/Actions.h"
#include "ui/shell/ExportDialog.h"
#include "ui/shell/FilmArea.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/PictureCommands.h"

#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QMouseEvent>
#include <QPushButton>
#include <QRadioButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace hilum;
using namespace hilum::ui;

namespace {

struct Desk {
    Desk()
    {
        window.resize(1280, 800);
        window.show();
        window.openPaths({"a film to draw on"});
    }

    bool isReady() { return window.films().film() != nullptr; }
    FilmView &view() { return *window.filmArea().view(); }
    const std::vector<Mark> &marks()
    {
        return window.marks().store().marks(window.films().currentId()).marks;
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&view(), key, modifiers); }
    QPoint at(double x, double y) { return QPointF(view().width() * x, view().height() * y).toPoint(); }

    void drag(QPoint from, QPoint to)
    {
        QTest::mousePress(&view(), Qt::LeftButton, {}, from);
        QMouseEvent move(QEvent::MouseMove, to, view().mapToGlobal(to), Qt::NoButton, Qt::LeftButton,
                         Qt::NoModifier);
        QCoreApplication::sendEvent(&view(), &move);
        QTest::mouseRelease(&view(), Qt::LeftButton, {}, to);
        QTest::qWait(20);
    }

    std::shared_ptr<test::FakeFiles> files = std::make_shared<test::FakeFiles>();
    Lanes lanes;
    MainWindow window{lanes, files->sources(files), std::make_shared<test::FakeNetworks>()};
};

} // namespace

class MarkCommandsTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_settings;

private Q_SLOTS:
    void initTestCase()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
        QCoreApplication::setOrganizationName("hilum-test");
        QCoreApplication::setApplicationName("hilum-test");
    }

    void keysChooseToolsAndEscapeGoesBack()
    {
        Desk desk;
        QTRY_VERIFY(desk.isReady());
        desk.key(Qt::Key_D);
        QTRY_VERIFY(desk.window.marks().layer().tool() == MarkTool::Length);
        desk.drag(desk.at(0.3, 0.4), desk.at(0.7, 0.6));
        QCOMPARE(desk.marks().size(), std::size_t{1});
        desk.key(Qt::Key_E);
        QTRY_VERIFY(desk.window.marks().layer().tool() == MarkTool::Ellipse);
        desk.key(Qt::Key_Escape);
        QTRY_VERIFY(desk.window.marks().layer().tool() == MarkTool::None);
        QVERIFY(desk.window.actions().windowTool->isChecked());
    }

    void undoSaysWhatItUndoes()
    {
        Desk desk;
        QTRY_VERIFY(desk.isReady());
        QTest::qWait(20);
        const Actions &a = desk.window.actions();
        QVERIFY(!a.undo->isEnabled());
        const Voi before = desk.window.films().voi();
        desk.drag(desk.at(0.5, 0.5), desk.at(0.7, 0.5));
        QTRY_COMPARE(a.undo->text(), QString("&Undo window change"));
        desk.key(Qt::Key_D);
        desk.drag(desk.at(0.3, 0.4), desk.at(0.7, 0.6));
        QTRY_COMPARE(a.undo->text(), QString("&Undo adding Length 1"));
        desk.key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(desk.marks().empty());
        QCOMPARE(a.redo->text(), QString("&Redo adding Length 1"));
        desk.key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(!a.undo->isEnabled());
        QCOMPARE(std::get<Window>(desk.window.films().voi()), std::get<Window>(before));
        desk.key(Qt::Key_Y, Qt::ControlModifier);
        desk.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(desk.marks().size(), std::size_t{1});
    }

    void aBoxSetsTheWindow()
    {
        Desk desk;
        QTRY_VERIFY(desk.isReady());
        QTest::qWait(20);
        desk.window.actions().regionWindow->trigger();
        const ViewTransform &transform = desk.view().transform();
        desk.drag(transform.toScreen({10, 10}).toPoint(), transform.toScreen({20, 12}).toPoint());
        // Rows 10 and 11, columns 10 to 19: 1010 to 1119.
        QTRY_COMPARE(std::get<Window>(desk.window.films().voi()).width, 109.0);
        QCOMPARE(std::get<Window>(desk.window.films().voi()).centre, 1064.5);
        QVERIFY(desk.marks().empty());
        QTRY_COMPARE(desk.window.actions().undo->text(), QString("&Undo window change"));
    }

    void aNoteAsksForItsTextWithoutBlocking()
    {
        Desk desk;
        QTRY_VERIFY(desk.isReady());
        desk.window.actions().noteTool->trigger();
        desk.drag(desk.at(0.3, 0.4), desk.at(0.5, 0.5));
        auto *dialog = desk.window.findChild<QInputDialog *>();
        QVERIFY(dialog);
        dialog->setTextValue("carina");
        dialog->accept();
        QTRY_COMPARE(desk.marks().size(), std::size_t{1});
        QCOMPARE(desk.marks()[0].text, QString("carina"));
    }

    void aKnownLengthIsAskedFor()
    {
        Desk desk;
        QTRY_VERIFY(desk.isReady());
        desk.key(Qt::Key_D);
        desk.drag(desk.at(0.3, 0.4), desk.at(0.7, 0.6));
        QVERIFY(desk.window.actions().calibrate->isEnabled());
        desk.window.actions().calibrate->trigger();
        auto *dialog = desk.window.findChild<QInputDialog *>();
        QVERIFY(dialog);
        dialog->setDoubleValue(25);
        dialog->accept();
        desk.window.actions().copyMark->trigger();
        QTRY_COMPARE(QGuiApplication::clipboard()->text(), QString("Length 1: 25.0 mm (calibrated)"));
    }

    void marksOfAClosedFilmAreForgotten()
    {
        Desk desk;
        QTRY_VERIFY(desk.isReady());
        const int id = desk.window.films().currentId();
        desk.key(Qt::Key_D);
        desk.drag(desk.at(0.3, 0.4), desk.at(0.7, 0.6));
        desk.window.films().close(0);
        QVERIFY(desk.window.marks().store().marks(id).marks.empty());
        QVERIFY(!desk.window.actions().undo->isEnabled());
    }

    void marksStayWithTheirFilm()
    {
        Desk desk;
        QTRY_VERIFY(desk.isReady());
        desk.key(Qt::Key_D);
        desk.drag(desk.at(0.3, 0.4), desk.at(0.7, 0.6));
        desk.window.openPaths({"another film"});
        QTRY_COMPARE(desk.window.films().currentRow(), 1);
        QTRY_VERIFY(desk.isReady());
        QVERIFY(desk.marks().empty());
        desk.window.films().select(0);
        QTRY_VERIFY(desk.isReady());
        QCOMPARE(desk.marks().size(), std::size_t{1});
    }

    void thePictureIsSavedFromTheDialog()
    {
        QTemporaryDir folder;
        Desk desk;
        QTRY_VERIFY(desk.isReady());
        desk.key(Qt::Key_D);
        desk.drag(desk.at(0.3, 0.4), desk.at(0.7, 0.6));
        desk.window.actions().savePicture->trigger();
        auto *dialog = desk.window.findChild<ExportDialog *>();
        QVERIFY(dialog);
        QVERIFY(dialog->options().marks);
        for (auto *button : dialog->findChildren<QRadioButton *>()) {
            if (button->text().contains("whole"))
                button->click();
        }
        QVERIFY(dialog->options().wholeFilm);
        auto *commands = desk.window.findChild<PictureCommands *>();
        commands->save("/nowhere/at/all/film.png", dialog->options());
        const auto said = [&](const QString &words) {
            for (const QLabel *label : dialog->findChildren<QLabel *>()) {
                if (label->isVisible() && label->text().contains(words))
                    return true;
            }
            return false;
        };
        QTRY_VERIFY(said("film.png was not saved. film.png: No such file or directory"));
        QPointer<ExportDialog> open = dialog;
        const QString path = folder.filePath("film.png");
        commands->save(path, dialog->options());
        QTRY_VERIFY(!open || !open->isVisible());
        QImage saved(path);
        QCOMPARE(saved.width(), 170); // "a film to draw on" is 17 letters long
        // The options hold for the clipboard.
        desk.window.actions().copyPicture->trigger();
        QTRY_COMPARE(QGuiApplication::clipboard()->image().size(), saved.size());
    }

    void savingAsksWhereWithoutBlocking()
    {
        Desk desk;
        QTRY_VERIFY(desk.isReady());
        desk.window.actions().savePicture->trigger();
        auto *dialog = desk.window.findChild<ExportDialog *>();
        QVERIFY(dialog);
        for (auto *button : dialog->findChildren<QPushButton *>()) {
            if (button->text().contains("Save"))
                button->click();
        }
        auto *where = dialog->findChild<QFileDialog *>();
        QVERIFY(where);
        QCOMPARE(QFileInfo(where->selectedFiles().value(0)).fileName(),
                 QString("a film to draw on-view.png"));
        where->reject();
    }
};

QTEST_MAIN(MarkCommandsTest)
#include "MarkCommandsTest.moc"
