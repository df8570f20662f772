// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Cross-validates a tiny network on toy films by hilum-cli: by patient, by film, by source.

#include "core/codec/PngWriter.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace hilum;

class CrossValidateTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QByteArray m_out;
    QByteArray m_err;

    QString path(const QString &name) const { return m_folder.filePath(name); }

    int run(const QStringList &words)
    {
        QProcess process;
        process.start(QStringLiteral(HILUM_BIN_DIR "/hilum-cli"), words);
        if (!process.waitForFinished(200000))
            return -1;
        m_out = process.readAllStandardOutput();
        m_err = process.readAllStandardError();
        return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2;
    }

    int crossValidate(const QString &protocol, const QStringList &more = {})
    {
        return run(QStringList{"crossvalidate", path("manifest.csv"), "--recipe", path("tiny.json"), "-o",
                               path("runs"), "--folds", "2", "--protocol", protocol, "--threads", "1",
                               "--json"}
                   + more);
    }

    QJsonObject report() const { return QJsonDocument::fromJson(m_out).object(); }

    QList<QList<QByteArray>> table(const QString &name) const
    {
        QFile file(path(name));
        QList<QList<QByteArray>> rows;
        if (!file.open(QIODevice::ReadOnly))
            return rows;
        for (const QByteArray &line : file.readAll().trimmed().split('\n'))
            rows << line.split(',');
        return rows;
    }

    QSet<QByteArray> films(const QString &name) const
    {
        QSet<QByteArray> found;
        for (const auto &row : table(name).mid(1))
            found << row.front();
        return found;
    }

private Q_SLOTS:
    // Forty films with a fold, sixteen without, two patients that have both, three sources.
    void initTestCase()
    {
        QFile manifest(path("manifest.csv"));
        QVERIFY(manifest.open(QIODevice::WriteOnly));
        manifest.write("file,label,group,fold,linked_fold,origin\n");
        const char *labels[] = {"covid", "normal"};
        for (int i = 0; i < 56; ++i) {
            const int label = i % 2;
            GreyImage image(40, 36, static_cast<std::uint8_t>(40 + i % 7));
            for (int y = 0; y < 12; ++y) {
                for (int x = 0; x < 12; ++x)
                    image.at(14 + x, 3 + label * 17 + y) = 220;
            }
            const QString name = QString("f%1.png").arg(i);
            QVERIFY(writePng(image, path(name).toStdString()));
            const bool hasFold = i < 40;
            const int patient = hasFold ? i / 4 : i - 32;
            const QString linked = !hasFold && patient < 10 ? QString::number(patient % 2) : "-1";
            const char *source = !hasFold ? "Street 7" : patient < 5 ? "Clinic A" : "Clinic B";
            manifest.write(QString("%1,%2,p%3,%4,%5,%6\n")
                               .arg(name, labels[label])
                               .arg(patient)
                               .arg(hasFold ? QString::number(patient % 2) : "-1", linked, source)
                               .toUtf8());
        }
        QFile recipe(path("tiny.json"));
        QVERIFY(recipe.open(QIODevice::WriteOnly));
        recipe.write(R"({"schemaVersion":1,"name":"tiny","title":"Tiny","architecture":"resnet18-w8",)"
                     R"("stages":[{"size":32,"epochs":1,"batch":8}],"averaging":{"decay":0.5}})");
    }

    void scoresEveryFilmOfTheFoldsOnce()
    {
        QVERIFY2(crossValidate("patient") == 0, m_err.constData());
        const auto rows = table("runs/patient/predictions.csv");
        QCOMPARE(rows.size(), 41);
        QCOMPARE(films("runs/patient/predictions.csv").size(), 40);
        for (const auto &row : rows.mid(1)) // film,group,fold: the fold of its patient
            QCOMPARE(row[2].toInt(), row[1].mid(1).toInt() % 2);
        const QJsonObject patient = report()["protocols"].toObject()["patient"].toObject();
        QCOMPARE(patient["films"].toInt(), 40);
        QCOMPARE(patient["groups"].toInt(), 10);
        QCOMPARE(patient["done"].toArray().size(), 2);
        QVERIFY(!report().contains("gap"));
        QVERIFY(QFile::exists(path("runs/report.md")));
    }

    void repeatsNothingThatIsDone()
    {
        const QDateTime before = QFileInfo(path("runs/patient/fold-0/card.json")).lastModified();
        QVERIFY(before.isValid());
        QCOMPARE(crossValidate("patient"), 0);
        QVERIFY(!m_err.contains("training in"));
        QCOMPARE(QFileInfo(path("runs/patient/fold-0/card.json")).lastModified(), before);
    }

    void saysWhatPatientsOnBothSidesAdd()
    {
        QVERIFY2(crossValidate("image", {"--fold", "1"}) == 0, m_err.constData());
        QCOMPARE(report()["protocols"].toObject()["image"].toObject()["done"].toArray().size(), 1);
        QVERIFY2(crossValidate("image") == 0, m_err.constData());
        QCOMPARE(films("runs/image/predictions.csv"), films("runs/patient/predictions.csv"));
        QSet<QByteArray> together; // patients with films in both folds
        QHash<QByteArray, QByteArray> foldOf;
        for (const auto &row : table("runs/image/predictions.csv").mid(1)) {
            if (foldOf.contains(row[1]) && foldOf[row[1]] != row[2])
                together << row[1];
            foldOf[row[1]] = row[2];
        }
        QVERIFY(together.size() > 2);
        const QJsonObject gap = report()["gap"].toObject();
        QCOMPARE(gap["films"].toInt(), 40);
        QVERIFY(gap["patients"].toArray().size() == 2);
    }

    void leavesEachSourceOut()
    {
        QVERIFY2(run({"leaveoneout", path("manifest.csv"), "--recipe", path("tiny.json"), "-o", path("runs"),
                      "--threads", "1", "--json"})
                     == 0,
                 m_err.constData());
        QCOMPARE(films("runs/source/predictions.csv").size(), 56);
        const QJsonObject source = report()["protocols"].toObject()["source"].toObject();
        QCOMPARE(source["done"].toArray(), (QJsonArray{"clinic-a", "clinic-b", "street-7"}));
        QCOMPARE(source["sources"].toArray().size(), 3);
        // All sources, then inside each of the three.
        QCOMPARE(source["comparisons"].toArray().size(), 4);
        QCOMPARE(source["comparisons"][1].toObject()["positive"].toString(), QString("covid"));
    }

    // Each fold from weights of its own, other films in training too; scored are the films of the fold alone.
    void trainsOnMoreFilmsThanItScores()
    {
        QVERIFY2(run({"crossvalidate", path("manifest.csv"), "--recipe", path("tiny.json"), "-o",
                      path("more"), "--folds", "2", "--fold", "1", "--train-on", "all", "--init",
                      path("runs/patient/fold-{fold}/weights.safetensors"), "--threads", "1"})
                     == 0,
                 m_err.constData());
        QVERIFY(m_err.contains("started from " + path("runs/patient/fold-1/weights").toUtf8()));
        QSet<QByteArray> expected;
        for (const auto &row : table("runs/patient/predictions.csv").mid(1)) {
            if (row[2] == "1")
                expected << row.front();
        }
        QCOMPARE(films("more/patient/predictions.csv"), expected);
        QVERIFY(films("more/patient/fold-1/predictions.csv").size() > expected.size());
    }

    void holdsOutEveryFoldWhateverTheManifestHoldsOut()
    {
        QFile manifest(path("parts.csv"));
        QVERIFY(manifest.open(QIODevice::WriteOnly));
        manifest.write("file,label,split\n");
        for (int i = 0; i < 56; ++i)
            manifest.write(QString("f%1.png,%2,%3\n")
                               .arg(i)
                               .arg(i % 2 == 0 ? "covid" : "normal", i < 4 ? "test" : "train")
                               .toUtf8());
        manifest.close();
        QVERIFY2(run({"crossvalidate", path("parts.csv"), "--recipe", path("tiny.json"), "-o", path("parts"),
                      "--folds", "2", "--threads", "1"})
                     == 0,
                 m_err.constData());
        QCOMPARE(films("parts/patient/predictions.csv").size(), 56);
    }

    // A teacher that knows the held-out films would tell them.
    void asksNoTeacherOfTheRecipe()
    {
        QFile recipe(path("taught.json"));
        QVERIFY(recipe.open(QIODevice::WriteOnly));
        recipe.write(R"({"schemaVersion":1,"name":"taught","architecture":"resnet18-w8",)"
                     R"("stages":[{"size":32,"epochs":1,"batch":8}],)"
                     R"("loss":{"teachers":["a-network-that-is-not-there"]}})");
        recipe.close();
        QVERIFY2(run({"crossvalidate", path("manifest.csv"), "--recipe", path("taught.json"), "-o",
                      path("taught"), "--folds", "2", "--fold", "0", "--threads", "1"})
                     == 0,
                 m_err.constData());
        QVERIFY(m_err.contains("the recipe's teachers are left out"));
        QVERIFY(QFile::exists(path("taught/patient/fold-0/card.json")));
    }

    void refusesPartsOfAnotherRecipe()
    {
        QCOMPARE(crossValidate("patient", {"--set", "optimiser.peakLearningRate=0.1"}), 2);
        QVERIFY(m_err.contains("recipe.json"));
    }

    void scoresAPackageAsItsReportDoes()
    {
        QCOMPARE(run({"score", path("runs/patient/predictions.csv"), "--against",
                      path("runs/image/predictions.csv"), "--json"}),
                 0);
        const QJsonObject scored = report();
        QFile kept(path("runs/patient/report.json"));
        QVERIFY(kept.open(QIODevice::ReadOnly));
        const QJsonObject patient = QJsonDocument::fromJson(kept.readAll()).object();
        for (const char *key : {"accuracy", "classes", "comparisons", "confusion", "sources"})
            QCOMPARE(scored[key], patient[key]);
        QCOMPARE(scored["gap"].toObject()["films"].toInt(), 40);
        QCOMPARE(run({"score", path("runs/patient/fold-1")}), 0);
        QVERIFY(m_out.contains("Wilson"));
        QCOMPARE(run({"score", path("manifest.csv"), "--json"}), 1);
        QVERIFY(m_err.contains("p_<class>"));
    }

    void saysWhatIsWrongWithTheWords_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("named");
        const QStringList start{"crossvalidate", "m.csv", "--recipe", "r", "-o", "d"};
        QTest::newRow("no recipe") << QStringList{"crossvalidate", "m.csv", "-o", "d"} << "--recipe";
        QTest::newRow("protocol") << start + QStringList{"--protocol", "exam"} << "--protocol";
        QTest::newRow("fold") << start + QStringList{"--fold", "5"} << "--fold";
        QTest::newRow("fold of a source")
            << start + QStringList{"--protocol", "source", "--fold", "0"} << "--fold";
        QTest::newRow("train on") << start + QStringList{"--train-on", "some"} << "--train-on";
    }

    void saysWhatIsWrongWithTheWords()
    {
        QFETCH(QStringList, words);
        QFETCH(QString, named);
        QCOMPARE(run(words), 2);
        QVERIFY2(m_err.contains(named.toUtf8()), m_err.constData());
    }

    void listsTheRecipesOfTheStudentProjects()
    {
        QVERIFY2(run({"recipes", "--json"}) == 0, m_err.constData());
        QSet<QString> names;
        for (const QByteArray &line : m_out.trimmed().split('\n')) {
            const QJsonObject recipe = QJsonDocument::fromJson(line).object();
            names << recipe["name"].toString();
            for (const QJsonValue project : recipe["history"].toObject()["projects"].toArray())
                QVERIFY(!project.toObject()["wentWrong"].toArray().isEmpty());
        }
        for (const char *name :
             {"vgg16-frozen-head64", "small-cnn-5m", "densenet121-elu-head", "vgg16-head128-normal",
              "vgg16-head128-pneumonia", "vgg16-head128-pool2-normal", "vgg16-head128-pool2-pneumonia",
              "densenet-scratch", "darkcovidnet", "vgg16", "densenet121", "resnet18-w32"})
            QVERIFY2(names.contains(name), name);
    }
};

QTEST_GUILESS_MAIN(CrossValidateTest)
#include "CrossValidateTest.moc"
