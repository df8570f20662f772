// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// PhantomSet: simulated patients who differ as patients do (build, position, exposure), and a folder of
// their films, whose shortcuts a test plants itself.
#pragma once

#include "core/audit/Audit.h"
#include "core/codec/FilmReader.h"
#include "core/imaging/Render.h"
#include "core/phantom/Phantom.h"

#include <QTemporaryDir>

#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <fstream>
#include <map>
#include <random>

namespace hilum::test {

inline double between(std::mt19937_64 &random, double low, double high)
{
    return low + (high - low) * static_cast<double>(random() >> 11) / 9007199254740992.0;
}

// 192 x 224 greys; simulated once, then remembered.
inline cv::Mat patient(std::uint64_t seed)
{
    static std::map<std::uint64_t, cv::Mat> known;
    if (const auto found = known.find(seed); found != known.end())
        return found->second.clone();
    PhantomSpec spec;
    spec.columns = 192;
    spec.rows = 224;
    spec.pixelMm = 1.9;
    spec.seed = seed;
    const Phantom phantom = simulateFilm(spec);
    const GreyImage grey = renderGrey(phantom.film, defaultVoi(phantom.film));
    const cv::Mat film(grey.height(), grey.width(), CV_8U, const_cast<std::uint8_t *>(grey.samples().data()));
    std::mt19937_64 random(seed);
    cv::Mat place = cv::getRotationMatrix2D({96, 112}, between(random, -8, 8), 1);
    // Broad or slender, tall or short, leaning, and not always in the middle.
    place.colRange(0, 1) *= between(random, 0.85, 1.3);
    place.colRange(1, 2) *= between(random, 0.85, 1.3);
    place.at<double>(0, 1) += between(random, -0.12, 0.12);
    place.at<double>(0, 2)
        = 96 - 96 * place.at<double>(0, 0) - 112 * place.at<double>(0, 1) + between(random, -10, 10);
    place.at<double>(1, 2)
        = 112 - 96 * place.at<double>(1, 0) - 112 * place.at<double>(1, 1) + between(random, -14, 14);
    cv::Mat moved;
    cv::warpAffine(film, moved, place, film.size(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    cv::Mat exposed;
    moved.convertTo(exposed, CV_8U, between(random, 0.75, 1), between(random, 0, 30));
    known[seed] = exposed;
    return exposed.clone();
}

// A faint shadow somewhere in a lung: too small for a thumbnail.
inline void addNodule(cv::Mat &film, std::uint64_t seed)
{
    std::mt19937_64 random(seed * 7919);
    const bool left = random() % 2 == 0;
    const cv::Point centre(
        static_cast<int>(film.cols * (left ? between(random, 0.25, 0.38) : between(random, 0.62, 0.75))),
        static_cast<int>(film.rows * between(random, 0.35, 0.6)));
    cv::Mat shadow = cv::Mat::zeros(film.size(), CV_8U);
    cv::circle(shadow, centre, 3, cv::Scalar(28), cv::FILLED);
    cv::GaussianBlur(shadow, shadow, {}, 1.2);
    film += shadow;
}

struct Row {
    std::string file;
    std::string label;
    std::string group;
    std::string split = "";
    std::string origin = "phantom";
};

class PhantomSet {
public:
    void add(const Row &row, const cv::Mat &film)
    {
        cv::imwrite(path(row.file), film);
        m_rows.push_back(row);
    }
    void addRow(const Row &row) { m_rows.push_back(row); }
    std::string path(const std::string &file) const
    {
        return folder.filePath(QString::fromStdString(file)).toStdString();
    }
    // Any number of patients of two classes that differ by a nodule alone, `change` done to the ill.
    void addPatients(int each, const std::function<void(cv::Mat &)> &change = {})
    {
        for (int i = 0; i < 2 * each; ++i) {
            const bool ill = i % 2 == 0;
            const auto seed = static_cast<std::uint64_t>(i + 1);
            cv::Mat film = patient(seed);
            if (ill)
                addNodule(film, seed);
            if (ill && change)
                change(film);
            const std::string name = std::to_string(i);
            add({name + ".png", ill ? "ill" : "well", "p" + name}, film);
        }
    }
    Result<AuditReport> audit(AuditOptions options = {}) const
    {
        std::ofstream list(path("manifest.csv"));
        list << "file,label,group,split,origin\n";
        for (const Row &row : m_rows)
            list << row.file << ',' << row.label << ',' << row.group << ',' << row.split << ',' << row.origin
                 << '\n';
        list.close();
        if (!options.makeReader)
            options.makeReader = reader;
        return auditDataset(path("manifest.csv"), options, {}, {});
    }
    static FilmReader reader()
    {
        return [](const std::filesystem::path &file, std::stop_token) { return readFilm(file); };
    }

    QTemporaryDir folder;

private:
    std::vector<Row> m_rows;
};

} // namespace hilum::test
