// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/DicomDirectory.h"
#include "core/codec/FilmReader.h"

#include <dcmtk/dcmdata/dctk.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

using namespace hilum;

// DICOMDIRs written here by DCMTK, record by record.
class DicomDirectoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        folder = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(folder->path()).mkpath("media/FILMS"));
        touch("media/FILMS/A");
        touch("outside");
    }

    void listsFilmsWithWhatTheirLevelsSay()
    {
        const auto listing
            = listed({patient("Roe^Jane", "7"), study("20240102", "chest"), series(3, "CR", "pa"),
                      image("FILMS\\A", 5), series(4, "DX", ""), image("FILMS\\A", 1),
                      patient("Doe^John", "8"), study("", ""), series(1, "CR", ""), image("FILMS\\B", 2)});
        QVERIFY(listing);
        QCOMPARE(listing->films.size(), std::size_t{3});
        const DirectoryFilm &first = listing->films[0];
        QCOMPARE(first.file, path("media/FILMS/A"));
        QVERIFY(first.exists);
        QCOMPARE(first.patientName, std::string("Roe^Jane"));
        QCOMPARE(first.patientId, std::string("7"));
        QCOMPARE(first.studyDate, std::string("20240102"));
        QCOMPARE(first.studyDescription, std::string("chest"));
        QCOMPARE(first.seriesDescription, std::string("pa"));
        QCOMPARE(first.seriesNumber, 3);
        QCOMPARE(first.instanceNumber, 5);
        QCOMPARE(first.modality, std::string("CR"));
        QCOMPARE(first.sopClass, std::string(UID_ComputedRadiographyImageStorage));
        QCOMPARE(listing->films[1].modality, std::string("DX"));
        QCOMPARE(listing->films[1].seriesDescription, std::string());
        QCOMPARE(listing->films[2].patientName, std::string("Doe^John"));
        QCOMPARE(listing->films[2].studyDate, std::string());
        QVERIFY(!listing->films[2].exists);
        QCOMPARE(listing->films[2].file, path("media/FILMS/B"));
        QCOMPARE(listing->notices, std::vector<std::string>{"1 of the films is not there."});
    }

    void findsTheDicomdirOfAFolder()
    {
        QVERIFY(listed({image("FILMS\\A", 1)}));
        const auto listing = readDirectory(path("media"));
        QVERIFY(listing);
        QCOMPARE(listing->file, path("media/DICOMDIR"));
        QCOMPARE(listing->films.size(), std::size_t{1});
        const auto none = readDirectory(path("media/FILMS"));
        QVERIFY(!none);
        QCOMPARE(none.error().code, ErrorCode::FileUnreadable);
    }

    void refusesReferencesThatLeaveTheFolder_data()
    {
        QTest::addColumn<QByteArray>("reference");
        QTest::newRow("above") << QByteArray("..\\outside");
        QTest::newRow("above, further in") << QByteArray("FILMS\\..\\..\\outside");
        QTest::newRow("with slashes") << QByteArray("../outside");
        QTest::newRow("absolute") << QByteArray("/etc/passwd");
        QTest::newRow("absolute by an empty component") << QByteArray("\\etc\\passwd");
        QTest::newRow("empty inside") << QByteArray("FILMS\\\\A");
        QTest::newRow("here") << QByteArray("FILMS\\.\\A");
        QTest::newRow("a linked file") << QByteArray("LINK");
        QTest::newRow("a linked folder") << QByteArray("UP\\OUTSIDE");
        QTest::newRow("a linked folder, missing file") << QByteArray("UP\\NOTHING");
    }

    void refusesReferencesThatLeaveTheFolder()
    {
        QFETCH(QByteArray, reference);
        QVERIFY(QFile::link(QString::fromStdString(path("outside")), folder->filePath("media/LINK")));
        QVERIFY(QFile::link(folder->path(), folder->filePath("media/UP")));
        const auto listing = listed({image(reference.constData(), 1), image("FILMS\\A", 2)});
        QVERIFY(listing);
        QCOMPARE(listing->films.size(), std::size_t{1});
        QCOMPARE(listing->films[0].instanceNumber, 2);
        QCOMPARE(listing->notices.size(), std::size_t{1});
        QVERIFY(listing->notices[0].starts_with("1 film is left out"));
    }

    void findsFilesUnderTheNamesThatDisksGiveThem_data()
    {
        QTest::addColumn<QString>("onDisk");
        QTest::addColumn<QByteArray>("reference");
        QTest::newRow("small letters") << "media/dir/im001" << QByteArray("DIR\\IM001");
        QTest::newRow("version") << "media/DIR/IM001;1" << QByteArray("DIR\\IM001");
        QTest::newRow("dot and version") << "media/DIR/IM001.;1" << QByteArray("DIR\\IM001");
        QTest::newRow("version in the file") << "media/DIR/IM001" << QByteArray("DIR\\IM001;1");
        QTest::newRow("extension") << "media/Dir/im001.DCM" << QByteArray("DIR\\IM001.dcm");
    }

    void findsFilesUnderTheNamesThatDisksGiveThem()
    {
        QFETCH(QString, onDisk);
        QFETCH(QByteArray, reference);
        QVERIFY(QDir(folder->path()).mkpath(QFileInfo(onDisk).path()));
        touch(onDisk);
        const auto listing = listed({image(reference.constData(), 1)});
        QVERIFY(listing && listing->films.size() == 1);
        QVERIFY(listing->films[0].exists);
        QCOMPARE(listing->films[0].file, path(onDisk));
    }

    void followsOffsetsWhereRecordsWereAppended()
    {
        // The last image belongs to the first patient, as its offsets say.
        std::vector<Record> records{patient("First", "1"), study("2001", ""),      series(1, "CR", ""),
                                    image("FILMS\\A", 1),  patient("Second", "2"), study("2002", ""),
                                    series(2, "CR", ""),   image("FILMS\\A", 2),   image("FILMS\\A", 3)};
        QVERIFY(listed(records));
        const std::vector<Uint32> at = itemOffsets();
        QCOMPARE(at.size(), records.size());
        const auto link = [&](std::size_t from, const DcmTagKey &tag, std::size_t to) {
            records[from] = [record = records[from], tag, offset = at[to]](DcmItem &item) {
                record(item);
                item.putAndInsertUint32(DcmTag(tag, EVR_UL), offset);
            };
        };
        link(2, DCM_OffsetOfReferencedLowerLevelDirectoryEntity, 3);
        link(3, DCM_OffsetOfTheNextDirectoryRecord, 8);
        link(8, DCM_OffsetOfTheNextDirectoryRecord, 3); // a loop must end
        const auto listing = listed(records);
        QVERIFY(listing);
        QCOMPARE(listing->films.size(), std::size_t{3});
        QCOMPARE(listing->films[1].patientName, std::string("Second"));
        QCOMPARE(listing->films[2].patientName, std::string("First"));
        QCOMPARE(listing->films[2].studyDate, std::string("2001"));
    }

    void leavesOutWhatIsNoImage()
    {
        const auto listing = listed({image("FILMS\\A", 1), typed("SR DOCUMENT", "FILMS\\A"), image("", 2)});
        QVERIFY(listing);
        QCOMPARE(listing->films.size(), std::size_t{1});
        QCOMPARE(listing->notices,
                 (std::vector<std::string>{"1 image of the DICOMDIR names no file and is left out.",
                                           "1 file of the DICOMDIR is no image and is left out."}));
    }

    void isNoFilm()
    {
        QVERIFY(listed({image("FILMS\\A", 1)}));
        const auto film = readFilm(path("media/DICOMDIR"));
        QVERIFY(!film);
        QCOMPARE(film.error().code, ErrorCode::Directory);
    }

    void refusesWhatIsNoDicomdir()
    {
        touch("media/text");
        const auto text = readDirectory(path("media/text"));
        QVERIFY(!text);
        QCOMPARE(text.error().code, ErrorCode::FormatUnsupported);
        DcmFileFormat film;
        film.getDataset()->putAndInsertString(DCM_SOPClassUID, UID_ComputedRadiographyImageStorage);
        film.getDataset()->putAndInsertString(DCM_SOPInstanceUID, "1.2.3");
        QVERIFY(film.saveFile(path("media/film.dcm").c_str(), EXS_LittleEndianExplicit).good());
        const auto listing = readDirectory(path("media/film.dcm"));
        QVERIFY(!listing);
        QCOMPARE(listing.error().code, ErrorCode::FormatUnsupported);
        const auto missing = readDirectory(path("media/nothing"));
        QVERIFY(!missing);
        QCOMPARE(missing.error().code, ErrorCode::FileUnreadable);
    }

    void neverCrashesWhereverTheFileIsCut()
    {
        QVERIFY(
            listed({patient("Roe^Jane", "7"), study("", ""), series(3, "CR", "pa"), image("FILMS\\A", 5)}));
        QFile file(QString::fromStdString(path("media/DICOMDIR")));
        for (qint64 length = file.size() - 1; length >= 0; length -= 3) {
            QVERIFY(file.resize(length));
            const auto listing = readDirectory(path("media/DICOMDIR"));
            QVERIFY(!listing || !listing->notices.empty() || listing->films.size() == 1);
        }
    }

private:
    using Record = std::function<void(DcmItem &)>;

    static Record typed(const char *type, const char *file)
    {
        return [=](DcmItem &item) {
            item.putAndInsertUint32(DcmTag(DCM_OffsetOfTheNextDirectoryRecord, EVR_UL), 0);
            item.putAndInsertUint16(DCM_RecordInUseFlag, 0xffff);
            item.putAndInsertUint32(DcmTag(DCM_OffsetOfReferencedLowerLevelDirectoryEntity, EVR_UL), 0);
            item.putAndInsertString(DCM_DirectoryRecordType, type);
            if (*file != '\0')
                item.putAndInsertString(DCM_ReferencedFileID, file);
        };
    }

    static Record patient(const char *name, const char *id)
    {
        return [=](DcmItem &item) {
            typed("PATIENT", "")(item);
            item.putAndInsertString(DCM_PatientName, name);
            item.putAndInsertString(DCM_PatientID, id);
        };
    }

    static Record study(const char *date, const char *description)
    {
        return [=](DcmItem &item) {
            typed("STUDY", "")(item);
            item.putAndInsertString(DCM_StudyDate, date);
            item.putAndInsertString(DCM_StudyDescription, description);
        };
    }

    static Record series(int number, const char *modality, const char *description)
    {
        return [=](DcmItem &item) {
            typed("SERIES", "")(item);
            item.putAndInsertString(DCM_SeriesNumber, std::to_string(number).c_str());
            item.putAndInsertString(DCM_Modality, modality);
            item.putAndInsertString(DCM_SeriesDescription, description);
        };
    }

    static Record image(const std::string &file, int number)
    {
        return [=](DcmItem &item) {
            typed("IMAGE", file.c_str())(item);
            item.putAndInsertString(DCM_InstanceNumber, std::to_string(number).c_str());
            item.putAndInsertString(DCM_ReferencedSOPClassUIDInFile, UID_ComputedRadiographyImageStorage);
        };
    }

    Result<DirectoryListing> listed(const std::vector<Record> &records)
    {
        DcmFileFormat object;
        DcmDataset &data = *object.getDataset();
        object.getMetaInfo()->putAndInsertString(DCM_MediaStorageSOPClassUID,
                                                 UID_MediaStorageDirectoryStorage);
        object.getMetaInfo()->putAndInsertString(DCM_MediaStorageSOPInstanceUID, "1.2.3");
        data.putAndInsertString(DCM_FileSetID, "TEST");
        for (const Record &record : records) {
            DcmItem *item = nullptr;
            if (data.findOrCreateSequenceItem(DCM_DirectoryRecordSequence, item, -2).good())
                record(*item);
        }
        const std::string file = path("media/DICOMDIR");
        if (object.saveFile(file.c_str(), EXS_LittleEndianExplicit, EET_UndefinedLength).bad())
            return fail(ErrorCode::Internal, "not written");
        return readDirectory(file);
    }

    std::vector<Uint32> itemOffsets() const
    {
        QFile file(QString::fromStdString(path("media/DICOMDIR")));
        static_cast<void>(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        const QByteArray item("\xfe\xff\x00\xe0", 4);
        std::vector<Uint32> offsets;
        for (qsizetype at = bytes.indexOf(item); at >= 0; at = bytes.indexOf(item, at + 4))
            offsets.push_back(static_cast<Uint32>(at));
        return offsets;
    }

    void touch(const QString &name) const
    {
        QFile file(folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("any");
    }

    std::string path(const QString &name) const { return folder->filePath(name).toStdString(); }

    std::unique_ptr<QTemporaryDir> folder;
};

QTEST_GUILESS_MAIN(DicomDirectoryTest)
#include "DicomDirectoryTest.moc"
