// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/core/guest/Guests.h"

#undef slots
#include "tests/ui/Films.h"
#include "ui/bridge/Convert.h"
#include "ui/bridge/Lanes.h"
#include "ui/guest/OpenNetworkDialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace hilum;
using namespace hilum::ui;

namespace {

QPushButton *button(const QWidget &in, const QString &text)
{
    for (QPushButton *one : in.findChildren<QPushButton *>()) {
        if (one->text().remove(QLatin1Char('&')) == text)
            return one;
    }
    return nullptr;
}

} // namespace

class OpenNetworkDialogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("HILUM_MODELS", m_folder.filePath("elsewhere").toUtf8());
        qputenv("XDG_DATA_HOME", m_folder.filePath("home").toUtf8());
        guests::save(m_folder.filePath("Grey net.pt").toStdString(), guests::whole);
        guests::save(m_folder.filePath("loop.pt").toStdString(),
                     "    i = 0\n    while i < 1000000000000:\n        x = x + 1.0\n        i = i + 1\n"
                     "    return x\n");
    }

    void triesAndAdds()
    {
        Lanes lanes;
        auto *dialog = opened(lanes, "Grey net.pt");
        QPushButton *tryIt = button(*dialog, "Try it");
        QPushButton *add = button(*dialog, "Add it to the networks");
        QVERIFY(tryIt && add);
        QVERIFY(!tryIt->isEnabled() && !add->isEnabled()); // nobody said that they trust it
        dialog->findChild<QCheckBox *>()->setChecked(true);
        QVERIFY(tryIt->isEnabled() && !add->isEnabled());

        // The form begins with three channels; the file takes one, and the words stand below that field.
        tryIt->click();
        QVERIFY(dialog->isBusy());
        QTRY_VERIFY_WITH_TIMEOUT(!dialog->isBusy(), 60000);
        QVERIFY(!add->isEnabled());
        QVERIFY2(says(*dialog, "the network takes one channel (grey)"), qPrintable(words(*dialog)));

        choose(*dialog, "Channels", "grey");
        QVERIFY(!says(*dialog, "the network takes one channel (grey)")); // another form, another answer
        tryIt->click();
        QTRY_VERIFY_WITH_TIMEOUT(!dialog->isBusy(), 60000);
        QVERIFY2(says(*dialog, "It fits its card. On the film at hand: COVID-19"),
                 qPrintable(words(*dialog)));
        QVERIFY(add->isEnabled());

        QSignalSpy imported(dialog, &OpenNetworkDialog::imported);
        add->click();
        QTRY_COMPARE_WITH_TIMEOUT(imported.size(), 1, 60000);
        const auto package = readPackage(m_folder.filePath("home/hilum/models/grey-net").toStdString());
        QVERIFY2(package.has_value(), package ? "" : package.error().detail.c_str());
        QVERIFY(package->card.imported.has_value());
        QCOMPARE(package->card.classes, (std::vector<std::string>{"covid", "normal", "pneumonia"}));
        QCOMPARE(package->card.input.deviation[0], 0.229F);
    }

    void saysWhichFieldIsWrong()
    {
        Lanes lanes;
        auto *dialog = opened(lanes, "Grey net.pt");
        dialog->findChild<QCheckBox *>()->setChecked(true);
        choose(*dialog, "Channels", "grey");
        dialog->form().setClasses({"sick", "well"});
        QPushButton *tryIt = button(*dialog, "Try it");
        tryIt->click();
        QTRY_VERIFY_WITH_TIMEOUT(!dialog->isBusy(), 60000);
        QVERIFY2(says(*dialog, "expected 2 answers, one for each class of the card, found 3"),
                 qPrintable(words(*dialog)));
        dialog->form().setClasses({"alone"});
        tryIt->click();
        QVERIFY2(says(*dialog, "classes: expected a list of at least two names"), qPrintable(words(*dialog)));
        choose(*dialog, "Grey values", "own");
        dialog->form().setClasses({"a", "b", "c"});
        for (QLineEdit *field : dialog->findChildren<QLineEdit *>()) {
            if (field->accessibleName() == "deviation")
                field->setText("much");
        }
        tryIt->click();
        QVERIFY2(says(*dialog, "input.std: expected a number above 0"), qPrintable(words(*dialog)));
        dialog->close();
    }

    void letsItselfBeClosedWhileANetworkNeverEnds()
    {
        Lanes lanes;
        auto *dialog = opened(lanes, "loop.pt");
        dialog->findChild<QCheckBox *>()->setChecked(true);
        button(*dialog, "Try it")->click();
        QVERIFY(dialog->isBusy());
        QPointer<OpenNetworkDialog> alive(dialog);
        dialog->close();
        QTRY_VERIFY(!alive);
    }

private:
    OpenNetworkDialog *opened(Lanes &lanes, const char *file)
    {
        auto *dialog = new OpenNetworkDialog({lanes, [] { return test::ramp(); }, ownModels(), {}});
        dialog->form().setFiles(m_folder.filePath(file), {});
        dialog->form().setClasses({"covid", "normal", "pneumonia"});
        for (QSpinBox *size : dialog->findChildren<QSpinBox *>())
            size->setValue(64);
        dialog->show();
        return dialog;
    }

    static void choose(const QWidget &in, const QString &name, const QString &data)
    {
        for (QComboBox *box : in.findChildren<QComboBox *>()) {
            if (box->accessibleName() == name)
                box->setCurrentIndex(box->findData(data));
        }
    }

    // What the labels that are shown say.
    static QString words(const QWidget &in)
    {
        QString text;
        for (QLabel *label : in.findChildren<QLabel *>()) {
            if (label->isVisibleTo(&in))
                text += label->text() + QLatin1Char('\n');
        }
        return text;
    }
    static bool says(const QWidget &in, const char *text) { return words(in).contains(QLatin1String(text)); }

    QTemporaryDir m_folder;
};

QTEST_MAIN(OpenNetworkDialogTest)
#include "OpenNetworkDialogTest.moc"
