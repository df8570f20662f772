// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Commands.h"
#include "app/cli/TrainEvents.h"
#include "app/cli/TrainFilms.h"
#include "app/cli/TrainOptions.h"

namespace hilum::cli {

namespace {

int train(TrainRequest request)
{
    const auto failed = [&](const Error &error) {
        TrainEvents::failed(request.films.string(), error, request.asJson);
        return exitSomeFailed;
    };
    const auto films = readTrainFilms(request.films, request.plan.recipe, request.squareSize, request.asJson);
    if (!films)
        return failed(films.error());
    const auto module = openNnModule();
    if (!module)
        return failed(module.error());
    const std::string device = (*module)->deviceName(request.device);
    request.plan.cuda = device != "cpu" || request.device == DeviceChoice::Cuda;
    std::stop_source stop;
    TrainEvents events(request, films->set, device, stop);
    const auto outcome = (*module)->train(request.plan, films->set, events.observer(), stop.get_token());
    if (!outcome)
        return failed(outcome.error());
    if (!outcome->card.id.empty()) // only the first of several processes has a package to tell of
        events.done(*outcome);
    return films->unreadable == 0 ? exitDone : exitSomeFailed;
}

} // namespace

int runTrain(std::span<const std::string> args)
{
    if (answeredHelp(trainCommand(), args))
        return exitDone;
    auto request = parseTrainRequest(args);
    return request ? train(std::move(*request)) : usageError(trainCommand(), request.error());
}

} // namespace hilum::cli
