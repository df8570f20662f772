// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/train/AuditPart.h"
#include "tests/ui/train/FakeChildren.h"

#include <QLabel>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace hilum::ui;

namespace {

// audit DATASET --output FOLDER: $4 is the folder.
const char *const reports = R"(
echo ' 40 %  reading films, about 3 s left' >&2
cat > "$4/audit.json" <<'END'
{"verdict": [{"gravity": "grave", "sentence": "The border alone tells the classes apart."},
             {"gravity": "good", "sentence": "No film stands twice."}],
 "comparisons": [{"chance": 0.5, "baselineToBeat": "border", "sentence": "s",
   "baselines": [{"name": "header", "balancedAccuracy": {"value": 0.5, "low": 0.4, "high": 0.6}},
                 {"name": "border", "balancedAccuracy": {"value": 0.93, "low": 0.85, "high": 0.97}}]}]}
END
)";

} // namespace

class AuditPartTest : public QObject {
    Q_OBJECT

private:
    static QString words(QWidget &part)
    {
        QStringList texts;
        for (const QLabel *label : part.findChildren<QLabel *>()) {
            if (!label->isHidden())
                texts << label->text();
        }
        return texts.join('\n');
    }

private Q_SLOTS:
    void itsVerdictAndItsBaselinesAreShown()
    {
        QTemporaryDir folder;
        AuditPart part(test::child(QDir(folder.path()), reports));
        QVERIFY(part.isHidden()); // nothing to check yet
        part.setDataset(folder.path());
        part.begin();
        QVERIFY(part.isRunning());
        QTRY_VERIFY(!part.isRunning());
        const QString said = words(part);
        for (const char *expected : {"The border alone tells", "No film stands twice", "the outermost 3 %",
                                     "93 %", "85 to 97 %", "a guess", "50 %"})
            QVERIFY2(said.contains(QString::fromUtf8(expected)), qPrintable(said));
    }

    void aCheckThatFailsSaysWhy()
    {
        QTemporaryDir folder;
        AuditPart part(test::child(QDir(folder.path()), "echo 'expected two films, found one' >&2; exit 1"));
        part.setDataset(folder.path());
        part.begin();
        QTRY_VERIFY(!part.isRunning());
        QVERIFY(words(part).contains("could not be checked"));
        QVERIFY(words(part).contains("found one"));
    }

    void aMissingProgramIsNamed()
    {
        AuditPart part("/nowhere/hilum-cli");
        part.setDataset("/tmp");
        part.begin();
        QTRY_VERIFY(!part.isRunning());
        QVERIFY(words(part).contains("/nowhere/hilum-cli"));
    }

    void anotherDataSetForgetsTheReport()
    {
        QTemporaryDir folder;
        AuditPart part(test::child(QDir(folder.path()), reports));
        part.setDataset(folder.path());
        part.begin();
        QTRY_VERIFY(!part.isRunning());
        part.setDataset(folder.filePath("other"));
        QVERIFY(!words(part).contains("93 %"));
    }

    void aCheckIsStoppedByAnotherDataSet()
    {
        QTemporaryDir folder;
        AuditPart part(test::child(QDir(folder.path()), "while :; do sleep 0.05; done"));
        part.setDataset(folder.path());
        part.begin();
        part.setDataset(folder.filePath("other"));
        QTRY_VERIFY(!part.isRunning());
        QVERIFY(!words(part).contains("could not be checked"));
    }
};

QTEST_MAIN(AuditPartTest)
#include "AuditPartTest.moc"
