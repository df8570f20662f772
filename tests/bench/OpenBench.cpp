// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// OpenBench [ROUNDS [NAME]]: from a file on disk to its first correct paint, for one simulated film of 2500 x
// 3000 pixels of 16 bits in each way of storing it, part by part and beside other programs on the same file.
//
// decode      readFilm in this process
// served      the same through hilum-decode, as the window does it; "helper" is the difference
// display     makeDisplayFilm
// paint       sampleView fitted to 1920 x 1080 and paintSample
// open        served + display + paint, what a person waits for
// peer        dcmj2pnm (dcml2pnm for JPEG-LS) as a process, writing an 8-bit picture to /dev/null; for
//             JPEG 2000 libopenjp2 alone in this process, with as many threads
//
// Rounds alternate between all of them, so that a busy moment hits all alike. Prints the least of all
// rounds in milliseconds, and the ratio of open to peer.

#include "core/codec/DecodeClient.h"
#include "core/codec/FilmReader.h"
#include "core/phantom/Phantom.h"
#include "ui/bridge/DisplayFilm.h"
#include "ui/viewer/ViewSample.h"

#include <QImage>
#include <QProcess>
#include <QTemporaryDir>

#include <dcmtk/dcmdata/dcpixel.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>
#include <dcmtk/dcmdata/dcrleerg.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmjpeg/djencode.h>
#include <dcmtk/dcmjpeg/djrplol.h>
#include <dcmtk/dcmjpls/djencode.h>
#include <openjpeg.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <functional>
#include <optional>
#include <spawn.h>
#include <sys/wait.h>
#include <thread>

using namespace hilum;
using namespace hilum::ui;

extern char **environ;

namespace {

constexpr int columns = 2500;
constexpr int rows = 3000;

double msOf(const std::function<bool()> &work)
{
    const auto begin = std::chrono::steady_clock::now();
    if (!work()) {
        std::fprintf(stderr, "a step failed\n");
        std::exit(1);
    }
    const std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - begin;
    return spent.count();
}

// The simulated film at full size: between its pixels by interpolation, with a detector's fine noise.
std::vector<Uint16> largePixels()
{
    const Film small = simulateFilm({}).film;
    const auto &samples = std::get<std::vector<std::uint16_t>>(small.samples);
    std::vector<Uint16> large;
    large.reserve(std::size_t{columns} * rows);
    std::uint32_t noise = 1;
    for (int y = 0; y < rows; ++y) {
        const double v = static_cast<double>(y) * (small.rows - 1) / rows;
        for (int x = 0; x < columns; ++x) {
            const double u = static_cast<double>(x) * (small.columns - 1) / columns;
            const int left = static_cast<int>(u);
            const int top = static_cast<int>(v);
            const auto at = [&](int column, int row) {
                return static_cast<double>(samples[static_cast<std::size_t>(row * small.columns + column)]);
            };
            const double a = at(left, top) + (u - left) * (at(left + 1, top) - at(left, top));
            const double b = at(left, top + 1) + (u - left) * (at(left + 1, top + 1) - at(left, top + 1));
            noise = noise * 1664525U + 1013904223U;
            const double fine = static_cast<double>(noise >> 24) / 8 - 16;
            large.push_back(static_cast<Uint16>(std::clamp(a + (v - top) * (b - a) + fine, 0.0, 65535.0)));
        }
    }
    return large;
}

void describe(DcmDataset &data, const std::vector<Uint16> &pixels)
{
    data.putAndInsertString(DCM_SOPClassUID, UID_DigitalXRayImageStorageForPresentation);
    data.putAndInsertString(DCM_SOPInstanceUID, "1.2.826.0.1.3680043.8.498.2");
    data.putAndInsertString(DCM_Modality, "DX");
    data.putAndInsertString(DCM_PhotometricInterpretation, "MONOCHROME2");
    data.putAndInsertUint16(DCM_SamplesPerPixel, 1);
    data.putAndInsertUint16(DCM_Rows, rows);
    data.putAndInsertUint16(DCM_Columns, columns);
    data.putAndInsertUint16(DCM_BitsAllocated, 16);
    data.putAndInsertUint16(DCM_BitsStored, 16);
    data.putAndInsertUint16(DCM_HighBit, 15);
    data.putAndInsertUint16(DCM_PixelRepresentation, 0);
    const auto [low, high] = std::ranges::minmax(pixels);
    data.putAndInsertString(DCM_WindowCenter, std::to_string((low + high) / 2).c_str());
    data.putAndInsertString(DCM_WindowWidth, std::to_string(high - low + 1).c_str());
    data.putAndInsertUint16Array(DCM_PixelData, pixels.data(), pixels.size());
}

OPJ_SIZE_T append(void *bytes, OPJ_SIZE_T length, void *user)
{
    auto *out = static_cast<std::vector<Uint8> *>(user);
    out->insert(out->end(), static_cast<Uint8 *>(bytes), static_cast<Uint8 *>(bytes) + length);
    return length;
}

std::vector<Uint8> asJpeg2000(const std::vector<Uint16> &pixels)
{
    opj_cparameters_t parameters;
    opj_set_default_encoder_parameters(&parameters);
    opj_image_cmptparm_t component{};
    component.dx = component.dy = 1;
    component.w = columns;
    component.h = rows;
    component.prec = 16;
    opj_image_t *image = opj_image_create(1, &component, OPJ_CLRSPC_GRAY);
    image->x1 = columns;
    image->y1 = rows;
    std::ranges::copy(pixels, image->comps[0].data);
    std::vector<Uint8> bytes;
    opj_codec_t *codec = opj_create_compress(OPJ_CODEC_J2K);
    opj_stream_t *stream = opj_stream_default_create(OPJ_FALSE);
    opj_stream_set_user_data(stream, &bytes, nullptr);
    opj_stream_set_write_function(stream, append);
    const bool isDone = opj_setup_encoder(codec, &parameters, image)
        && opj_start_compress(codec, image, stream) && opj_encode(codec, stream)
        && opj_end_compress(codec, stream);
    opj_stream_destroy(stream);
    opj_destroy_codec(codec);
    opj_image_destroy(image);
    return isDone ? bytes : std::vector<Uint8>{};
}

struct Source {
    const std::vector<Uint8> *bytes;
    std::size_t at = 0;
};

OPJ_SIZE_T take(void *buffer, OPJ_SIZE_T wanted, void *user)
{
    auto *source = static_cast<Source *>(user);
    const std::size_t length = std::min<std::size_t>(wanted, source->bytes->size() - source->at);
    std::memcpy(buffer, source->bytes->data() + source->at, length);
    source->at += length;
    return length > 0 ? length : static_cast<OPJ_SIZE_T>(-1);
}

bool decodeAlone(const std::vector<Uint8> &codestream)
{
    Source source{&codestream};
    opj_codec_t *codec = opj_create_decompress(OPJ_CODEC_J2K);
    opj_stream_t *stream = opj_stream_default_create(OPJ_TRUE);
    opj_stream_set_user_data(stream, &source, nullptr);
    opj_stream_set_user_data_length(stream, codestream.size());
    opj_stream_set_read_function(stream, take);
    opj_dparameters_t parameters;
    opj_set_default_decoder_parameters(&parameters);
    opj_image_t *image = nullptr;
    bool isDone = opj_setup_decoder(codec, &parameters)
        && opj_codec_set_threads(codec,
                                 static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1U, 4U)))
        && opj_read_header(stream, codec, &image) && opj_decode(codec, stream, image);
    opj_image_destroy(image);
    opj_stream_destroy(stream);
    opj_destroy_codec(codec);
    return isDone;
}

bool runProgram(const std::vector<std::string> &words)
{
    std::vector<char *> arguments;
    for (const std::string &word : words)
        arguments.push_back(const_cast<char *>(word.c_str()));
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    const bool isStarted
        = ::posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    int status = -1;
    return isStarted && ::waitpid(child, &status, 0) == child && status == 0;
}

struct Case {
    std::string name;
    std::string file;
    std::string program; // the peer; empty for JPEG 2000
};

class Fixtures {
public:
    explicit Fixtures(const QString &folder)
        : m_folder(folder.toStdString())
        , m_pixels(largePixels())
        , codestream(asJpeg2000(m_pixels))
    {
        DJEncoderRegistration::registerCodecs();
        DJLSEncoderRegistration::registerCodecs();
        DcmRLEEncoderRegistration::registerCodecs();
        const DJ_RPLossless lossless(1, 0);
        compressed("uncompressed", EXS_LittleEndianExplicit, nullptr, "dcmj2pnm");
        compressed("JPEG lossless", EXS_JPEGProcess14SV1, &lossless, "dcmj2pnm");
        compressed("JPEG-LS", EXS_JPEGLSLossless, nullptr, "dcml2pnm");
        compressed("RLE", EXS_RLELossless, nullptr, "dcmj2pnm");
        jpeg2000();
    }

private:
    void compressed(const std::string &name, E_TransferSyntax syntax, const DcmRepresentationParameter *how,
                    const std::string &program)
    {
        DcmFileFormat object;
        describe(*object.getDataset(), m_pixels);
        const std::string file = m_folder + "/" + std::to_string(cases.size()) + ".dcm";
        if (object.getDataset()->chooseRepresentation(syntax, how).good()
            && object.saveFile(file.c_str(), syntax).good())
            cases.push_back({name, file, program});
        else
            std::fprintf(stderr, "%s cannot be written\n", name.c_str());
    }

    void jpeg2000()
    {
        DcmFileFormat object;
        describe(*object.getDataset(), m_pixels);
        object.getDataset()->findAndDeleteElement(DCM_PixelData);
        auto *sequence = new DcmPixelSequence(DcmTag(DCM_PixelData, EVR_OB));
        sequence->insert(new DcmPixelItem(DcmTag(DCM_Item, EVR_OB)));
        auto *item = new DcmPixelItem(DcmTag(DCM_Item, EVR_OB));
        std::vector<Uint8> even = codestream;
        even.resize(even.size() + even.size() % 2);
        item->putUint8Array(even.data(), static_cast<unsigned long>(even.size()));
        sequence->insert(item);
        auto *data = new DcmPixelData(DcmTag(DCM_PixelData, EVR_OB));
        data->putOriginalRepresentation(EXS_JPEG2000LosslessOnly, nullptr, sequence);
        object.getDataset()->insert(data, OFTrue);
        const std::string file = m_folder + "/j2k.dcm";
        if (object.saveFile(file.c_str(), EXS_JPEG2000LosslessOnly).good())
            cases.push_back({"JPEG 2000", file, ""});
    }

    std::string m_folder;
    std::vector<Uint16> m_pixels;

public:
    std::vector<Uint8> codestream;
    std::vector<Case> cases;
};

struct Times {
    double decode = 1e9;
    double served = 1e9;
    double display = 1e9;
    double paint = 1e9;
    double open = 1e9;
    double peer = 1e9;
};

void measure(const Case &film, DecodeClient &client, const std::vector<Uint8> &codestream, Times &best)
{
    const auto keep = [](double &least, double ms) { least = std::min(least, ms); };
    keep(best.peer, msOf([&] {
             return film.program.empty()
                 ? decodeAlone(codestream)
                 : runProgram({film.program, "+Wi", "1", "+op", film.file, "/dev/null"});
         }));
    keep(best.decode, msOf([&] { return readFilm(film.file).has_value(); }));

    FilmPtr read;
    DisplayFilmPtr shown;
    const double served = msOf([&] {
        auto result = client.read(film.file);
        read = result ? *result : nullptr;
        return read != nullptr;
    });
    const double display = msOf([&] {
        shown = makeDisplayFilm(read);
        return shown != nullptr;
    });
    const double paint = msOf([&] {
        ViewTransform transform;
        transform.setView({1920, 1080});
        transform.setFilm({columns, rows}, 1);
        transform.fit();
        QImage image(1920, 1080, QImage::Format_RGB32);
        paintSample(sampleView(*shown, transform.snapped()),
                    greyTable(*shown, shown->presets.front().voi, false), image);
        return !image.isNull();
    });
    keep(best.served, served);
    keep(best.display, display);
    keep(best.paint, paint);
    keep(best.open, served + display + paint);
}

} // namespace

int main(int argc, char **argv)
{
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 9;
    const QTemporaryDir folder;
    Fixtures fixtures(folder.path());
    if (argc > 2)
        std::erase_if(fixtures.cases, [&](const Case &film) { return film.name != argv[2]; });
    DecodeClient client;
    std::vector<Times> best(fixtures.cases.size());
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t i = 0; i < best.size(); ++i)
            measure(fixtures.cases[i], client, fixtures.codestream, best[i]);
    }
    std::printf("%d x %d, 16 bits, least of %d rounds, ms\n", columns, rows, rounds);
    std::printf("%-14s %7s %7s %7s %8s %7s %7s %9s %6s\n", "", "decode", "served", "helper", "display",
                "paint", "open", "peer", "ratio");
    for (std::size_t i = 0; i < best.size(); ++i) {
        const Times &times = best[i];
        const bool isAlone = fixtures.cases[i].program.empty();
        std::printf("%-14s %7.1f %7.1f %+7.1f %8.1f %7.1f %7.1f %9.1f %6.2f  %s\n",
                    fixtures.cases[i].name.c_str(), times.decode, times.served, times.served - times.decode,
                    times.display, times.paint, times.open, times.peer, times.open / times.peer,
                    isAlone ? "open / bare libopenjp2" : ("open / " + fixtures.cases[i].program).c_str());
    }
    return 0;
}
