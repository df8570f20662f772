// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Film sources and networks that fail, wait and answer on cue.
#pragma once

#include "tests/ui/Films.h"
#include "ui/session/FilmSession.h"
#include "ui/session/NetworkService.h"

#include <QSemaphore>
#include <QThread>

#include <atomic>
#include <cmath>
#include <memory>

namespace hilum::ui::test {

// Files named "bad…" are damaged, "slow…" wait for `go`, "cine…" have twelve frames; every other one is a
// ramp as wide as its name is long.
struct FakeFiles {
    QSemaphore go;
    std::atomic_int reads = 0;

    Result<FilmPtr> read(const QString &path, std::stop_token)
    {
        ++reads;
        if (path.startsWith(QLatin1String("slow")))
            go.acquire();
        if (path.startsWith(QLatin1String("bad")))
            return fail(ErrorCode::DataCorrupt, "expected 200 bytes, found 3");
        if (path.startsWith(QLatin1String("cine")))
            return cine(12);
        return ramp(static_cast<int>(path.size()) * 10, 60);
    }

    FilmSources sources(const std::shared_ptr<FakeFiles> &self) const
    {
        const auto source
            = [self](const QString &path, std::stop_token stop) { return self->read(path, stop); };
        // Thumbnails are of no matter here, and a slow one would hold the other thread.
        return {source, [](const QString &, std::stop_token) -> Result<FilmPtr> { return ramp(4, 4); }};
    }
};

// Two networks that disagree, and an imported third where it is wanted, which answers only when it is let or
// given up; no map for "normal" has evidence. With `waits` each reading needs a `go`.
struct FakeNetworks : NetworkService {
    QSemaphore go;
    std::atomic_bool waits = false;
    std::atomic_bool fails = false;
    std::atomic_int reads = 0;
    std::atomic_bool refuses = false;
    std::atomic_int bandReads = 0;
    std::atomic_int explains = 0;
    std::atomic_int predictions = 0;
    std::atomic_bool explainFails = false;
    std::atomic_bool holdsSlowMaps = false; // until they are stopped
    std::atomic_int trusts = 0;
    std::atomic_size_t readingsHandedIn = 0; // to the last explanation
    std::atomic_bool hasGuest = false;
    std::atomic_bool guestHangs = true;
    std::atomic_int guestsGivenUp = 0;

    PackageListing list() override
    {
        PackageListing listing;
        for (const char *id : {"vgg16", "densenet121"}) {
            ModelPackage package;
            package.card.id = id;
            package.card.title = id;
            package.card.architecture = id;
            package.card.classes = {"covid", "normal", "pneumonia"};
            package.card.band = {5, 0.9, 2, 0, {}};
            listing.packages.push_back(package);
        }
        if (hasGuest) {
            ModelPackage guest = listing.packages.front();
            guest.card.id = guest.card.title = "guest";
            guest.card.imported = ImportedNetwork();
            guest.card.band = {};
            listing.packages.push_back(guest);
        }
        return listing;
    }

    // True when somebody waits no longer.
    bool isGivenUp(const ModelPackage &package, const std::stop_token &stop)
    {
        if (!package.card.imported)
            return false;
        while (guestHangs && !stop.stop_requested())
            QThread::msleep(1);
        guestsGivenUp += stop.stop_requested() ? 1 : 0;
        return stop.stop_requested();
    }

    Result<Reading> read(const ModelPackage &package, const Film &film, int, const std::string &label,
                         std::stop_token stop) override
    {
        if (isGivenUp(package, stop))
            return fail(ErrorCode::Cancelled, {});
        if (waits)
            go.acquire();
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, {});
        ++reads;
        if (fails)
            return fail(ErrorCode::ModelMismatch, "expected conv1, found nothing");
        Reading reading;
        const double covid = package.card.id == "vgg16" ? 0.7 : 0.1;
        reading.prediction.scores = {{"covid", covid}, {"normal", 0.2}, {"pneumonia", 0.8 - covid}};
        reading.prediction.device = "cpu";
        reading.prediction.elapsedMs = film.columns;
        ActivationMap map;
        map.values = Plane<float>(7, 7);
        map.map = centreSquare(film.columns, film.rows);
        map.label = label.empty() ? reading.prediction.scores[reading.prediction.top()].label : label;
        if (map.label != "normal") {
            map.values.at(3, 3) = 1;
            map.peak = 2;
        }
        reading.map = map;
        return reading;
    }

    // Films wider than high are refused while \`refuses\`.
    GateVerdict judge(const ModelPackage &, const Film &film, int) override
    {
        return refuses && film.columns > film.rows
            ? GateVerdict{false, "looks upside down: score 0.01", GateCheck::Turned}
            : GateVerdict();
    }

    Result<Bands> band(const ModelPackage &, const Film &, int, const Prediction &plain,
                       std::stop_token stop) override
    {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, {});
        ++bandReads;
        Bands bands;
        for (const ClassScore &score : plain.scores)
            bands.push_back({score.probability / 2, (score.probability + 1) / 2});
        return bands;
    }

    // A spot at once; methods that read many times are told of after three readings and end after ten.
    Result<Explanation> explain(const ModelPackage &package, const Film &film, int,
                                const ExplainRequest &request, const ExplainObserver &observer,
                                std::stop_token stop) override
    {
        ++explains;
        readingsHandedIn = request.readings.size();
        if (explainFails)
            return fail(ErrorCode::Internal, "expected memory, found none");
        Plane<float> spot(7, 7);
        spot.at(2, 2) = 3;
        spot.at(5, 5) = -1;
        Explanation explanation;
        explanation.map = scaledMap(spot, request.sign);
        explanation.map.map = centreSquare(film.columns, film.rows);
        explanation.map.method = request.method;
        explanation.map.label
            = package.card.classes[static_cast<std::size_t>(request.classIndex.value_or(0))];
        explanation.readings = request.readings;
        if (factsOf(request.method).readsManyTimes) {
            explanation.readings.resize(std::max<std::size_t>(3, request.readings.size()));
            if (observer.progress)
                observer.progress(0.3);
            if (observer.partial)
                observer.partial(explanation);
            while (holdsSlowMaps && !stop.stop_requested())
                QThread::msleep(1);
            if (stop.stop_requested())
                return fail(ErrorCode::Cancelled, {});
            explanation.readings.resize(10);
        }
        return explanation;
    }

    // The map scores 0.4, random channels 0.1 and edges 0.2; held up as slow maps are.
    Result<MapQuality> trust(const ModelPackage &, const Film &, int, const TrustAsked &asked,
                             const Progress &progress, std::stop_token stop) override
    {
        ++trusts;
        if (explainFails)
            return fail(ErrorCode::Internal, "expected memory, found none");
        progress(0.3);
        while (holdsSlowMaps && !stop.stop_requested())
            QThread::msleep(1);
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, {});
        const auto tested = [](double score) {
            HidingTest test;
            for (const Reference reference : {Reference::Mean, Reference::Black, Reference::Blurred}) {
                HidingCurve falls{reference, {}, {}, 0.3};
                HidingCurve rises{reference, {}, {}, 0.3 + score};
                for (int i = 0; i <= 20; ++i) {
                    falls.share.push_back(i / 20.0);
                    falls.probability.push_back(0.7 - 0.03 * i);
                    rises.share.push_back(i / 20.0);
                    rises.probability.push_back(0.1 + 0.03 * i);
                }
                test.deletion.push_back(falls);
                test.insertion.push_back(rises);
            }
            return test;
        };
        MapQuality quality{tested(0.4), tested(0.1), tested(0.2), {{"head", 0.9}, {"block1", 0.05}},
                           {0.97, 0.9}, {},          {},          {}};
        quality.nulls = {Plane<float>(7, 7, 1.0F), Plane<float>(7, 7, 1.0F)};
        if (asked.other)
            quality.agreement = MapAgreement{0.25, 0.5};
        return quality;
    }

    // The brighter the middle, the more COVID-19; the second network is surer.
    Result<Prediction> predict(const ModelPackage &package, const ModelInput &input,
                               std::stop_token stop) override
    {
        if (isGivenUp(package, stop))
            return fail(ErrorCode::Cancelled, {});
        if (waits)
            go.acquire();
        ++predictions;
        const int middle = input.values.width() / 2;
        const double bright = static_cast<double>(input.values.at(middle, middle));
        const double covid = 1 / (1 + std::exp(-bright * (package.card.id == "vgg16" ? 1 : 2)));
        Prediction prediction;
        prediction.scores = {{"covid", covid}, {"normal", (1 - covid) / 2}, {"pneumonia", (1 - covid) / 2}};
        prediction.device = "cpu";
        return prediction;
    }

    void setDevice(DeviceChoice) override { }
};

} // namespace hilum::ui::test
