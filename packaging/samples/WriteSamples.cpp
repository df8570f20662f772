// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// hilum-phantom FOLDER: writes the simulated films that come with Hilum.
//
// Identifiers are fixed, so that a film written anew is the same film. They are of the 2.25 kind,
// which needs no registration (PS3.5 B.2).

#include "core/phantom/Phantom.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmjpls/djencode.h>
#include <opencv2/imgcodecs.hpp>

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <string>

using namespace hilum;

namespace {

constexpr char studyUid[] = "2.25.151398027466205910824607318250933471001";
constexpr char seriesUidStem[] = "2.25.15139802746620591082460731825093347110";
constexpr char instanceUidStem[] = "2.25.15139802746620591082460731825093347120";

struct Sample {
    std::string title;
    Photometric photometric = Photometric::Monochrome2;
    int number = 1;
};

void describe(DcmDataset &data, const Sample &sample)
{
    const std::string number = std::to_string(sample.number);
    data.putAndInsertString(DCM_SOPClassUID, UID_DigitalXRayImageStorageForPresentation);
    data.putAndInsertString(DCM_SOPInstanceUID, (instanceUidStem + number).c_str());
    data.putAndInsertString(DCM_StudyInstanceUID, studyUid);
    data.putAndInsertString(DCM_SeriesInstanceUID, (seriesUidStem + number).c_str());
    data.putAndInsertString(DCM_SpecificCharacterSet, "ISO_IR 192");
    data.putAndInsertString(DCM_ImageType, "DERIVED\\PRIMARY");
    data.putAndInsertString(DCM_StudyDate, "20260101");
    data.putAndInsertString(DCM_ContentDate, "20260101");
    data.putAndInsertString(DCM_StudyTime, "120000");
    data.putAndInsertString(DCM_ContentTime, "120000");
    data.putAndInsertString(DCM_AccessionNumber, "");
    data.putAndInsertString(DCM_Modality, "DX");
    data.putAndInsertString(DCM_PresentationIntentType, "FOR PRESENTATION");
    data.putAndInsertString(DCM_Manufacturer, "Hilum");
    data.putAndInsertString(DCM_ManufacturerModelName, "core/phantom");
    data.putAndInsertString(DCM_SoftwareVersions, HILUM_VERSION);
    data.putAndInsertString(DCM_ReferringPhysicianName, "");
    data.putAndInsertString(DCM_StudyDescription, "Simulated chest film");
    data.putAndInsertString(DCM_SeriesDescription, sample.title.c_str());
    data.putAndInsertString(DCM_ImageComments,
                            "Computed, shows no person. For education, not for diagnosis.");
    data.putAndInsertString(DCM_PatientName, "SIMULATED^FILM");
    data.putAndInsertString(DCM_PatientID, ("HILUM-" + number).c_str());
    data.putAndInsertString(DCM_PatientBirthDate, "");
    data.putAndInsertString(DCM_PatientSex, "O");
    data.putAndInsertString(DCM_StudyID, "1");
    data.putAndInsertString(DCM_SeriesNumber, number.c_str());
    data.putAndInsertString(DCM_InstanceNumber, "1");
    data.putAndInsertString(DCM_BodyPartExamined, "CHEST");
    data.putAndInsertString(DCM_ViewPosition, "PA");
    data.putAndInsertString(DCM_PatientOrientation, "L\\F");
    data.putAndInsertString(DCM_ImageLaterality, "U");
    data.putAndInsertString(DCM_BurnedInAnnotation, "NO");
    data.putAndInsertString(DCM_PixelIntensityRelationship, "LOG");
    data.putAndInsertString(DCM_LossyImageCompression, "00");
}

bool writeDicom(const Phantom &phantom, const Sample &sample, const std::filesystem::path &path)
{
    const Film &film = phantom.film;
    auto pixels = std::get<std::vector<std::uint16_t>>(film.samples);
    const bool inverted = sample.photometric == Photometric::Monochrome1;
    const int highest = (1 << film.bitsStored) - 1;
    double centre = film.windows.front().centre;
    if (inverted) {
        for (std::uint16_t &value : pixels)
            value = static_cast<std::uint16_t>(highest - value);
        centre = highest + 1 - centre; // keeps the same half of the window on either side
    }

    DcmFileFormat file;
    DcmDataset &data = *file.getDataset();
    describe(data, sample);
    data.putAndInsertUint16(DCM_SamplesPerPixel, 1);
    data.putAndInsertString(DCM_PhotometricInterpretation, inverted ? "MONOCHROME1" : "MONOCHROME2");
    data.putAndInsertUint16(DCM_Rows, static_cast<Uint16>(film.rows));
    data.putAndInsertUint16(DCM_Columns, static_cast<Uint16>(film.columns));
    data.putAndInsertUint16(DCM_BitsAllocated, 16);
    data.putAndInsertUint16(DCM_BitsStored, static_cast<Uint16>(film.bitsStored));
    data.putAndInsertUint16(DCM_HighBit, static_cast<Uint16>(film.bitsStored - 1));
    data.putAndInsertUint16(DCM_PixelRepresentation, 0);
    data.putAndInsertSint16(DCM_PixelIntensityRelationshipSign, inverted ? 1 : -1);
    data.putAndInsertString(DCM_RescaleIntercept, "0");
    data.putAndInsertString(DCM_RescaleSlope, "1");
    data.putAndInsertString(DCM_RescaleType, "US");
    data.putAndInsertString(DCM_PresentationLUTShape, inverted ? "INVERSE" : "IDENTITY");
    char spacing[64];
    std::snprintf(spacing, sizeof spacing, "%g\\%g", film.spacing->row, film.spacing->column);
    data.putAndInsertString(DCM_ImagerPixelSpacing, spacing);
    data.putAndInsertString(DCM_WindowCenter, std::to_string(std::lround(centre)).c_str());
    data.putAndInsertString(DCM_WindowWidth, std::to_string(std::lround(film.windows.front().width)).c_str());
    data.putAndInsertUint16Array(DCM_PixelData, pixels.data(), static_cast<unsigned long>(pixels.size()));
    if (data.chooseRepresentation(EXS_JPEGLSLossless, nullptr).bad())
        return false;
    return file.saveFile(path.c_str(), EXS_JPEGLSLossless).good();
}

// PNG knows no window, so the film's own is applied before it is written.
bool writePng(const Phantom &phantom, const std::filesystem::path &path)
{
    const Film &film = phantom.film;
    const VoiWindow &window = film.windows.front();
    cv::Mat picture(film.rows, film.columns, CV_16UC1);
    std::size_t i = 0;
    for (const std::uint16_t value : std::get<std::vector<std::uint16_t>>(film.samples)) {
        const double share = (value - window.centre) / window.width + 0.5;
        picture.at<std::uint16_t>(static_cast<int>(i / static_cast<std::size_t>(film.columns)),
                                  static_cast<int>(i % static_cast<std::size_t>(film.columns)))
            = cv::saturate_cast<std::uint16_t>(share * 65535);
        ++i;
    }
    return cv::imwrite(path.string(), picture, {cv::IMWRITE_PNG_COMPRESSION, 9});
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "hilum-phantom FOLDER: writes the simulated films into FOLDER\n");
        return 2;
    }
    const std::filesystem::path folder = argv[1];
    DJLSEncoderRegistration::registerCodecs();

    PhantomSpec spec;
    bool good = writeDicom(simulateFilm(spec), {"Normal", Photometric::Monochrome2, 1},
                           folder / "simulated-normal.dcm");
    spec.seed = 2;
    spec.finding = PhantomFinding::Consolidation;
    good = writeDicom(simulateFilm(spec), {"Consolidation, right lower zone", Photometric::Monochrome1, 2},
                      folder / "simulated-consolidation.dcm")
        && good;
    spec.seed = 3;
    spec.finding = PhantomFinding::PatchyOpacities;
    good = writePng(simulateFilm(spec), folder / "simulated-opacity.png") && good;

    DJLSEncoderRegistration::cleanup();
    if (!good)
        std::fprintf(stderr, "hilum-phantom: a film could not be written to %s\n", folder.c_str());
    return good ? 0 : 1;
}
