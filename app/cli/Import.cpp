// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Import.h"

#include "app/cli/Commands.h"
#include "app/cli/Options.h"
#include "app/cli/Output.h"
#include "core/guest/Import.h"

#include <cstdio>
#include <fstream>
#include <iterator>

namespace hilum::cli {

namespace {

constexpr OptionSpec options[] = {
    {"--card", "CARD.json", "classes, input size, channels, values and outputs (required; README has one)"},
    {"--head", "HEAD.pt", "of a network in two pieces; FILE.pt then holds the features"},
    {"--id", "ID", "how commands will call it (default: the card's id, else the file's name)"},
    {"--output", "FOLDER", "where packages are kept (default: the user's own networks)", "-o"},
    {"--threads", "N", "threads on the CPU for the check (default: every core)"},
    {"--json", "", "one JSON object instead of text"},
};
constexpr CommandSpec command{
    "models import", "FILE.pt|FILE.safetensors",
    "Checks a TorchScript classifier against its card and keeps both as a package, which\n"
    "every command then finds. A network file is a program: open only files from people whom\n"
    "you trust. It runs in a process of its own, without files and connections, and nothing\n"
    "that it says was ever checked by Hilum. A safetensors file of torchvision's VGG11, 13, 16\n"
    "or 19 (with batch norms or without) or DenseNet121, 169 or 201 holds weights and no\n"
    "program: Hilum runs that network itself. For education, not for diagnosis.",
    options};

struct Request {
    GuestFiles files;
    std::filesystem::path card;
    std::string id;
    std::filesystem::path root;
    GuestOptions guest;
    bool asJson = false;
};

Result<Request> parseRequest(std::span<const std::string> args)
{
    const auto parsed = parseOptions(args, options);
    if (!parsed)
        return tl::unexpected(parsed.error());
    Request request;
    if (parsed->positionals().size() != 1)
        return fail(ErrorCode::UsageWrong, "expected one TorchScript or safetensors file");
    request.files = {parsed->positionals().front(), parsed->value("--head").value_or("")};
    request.card = parsed->value("--card").value_or("");
    if (request.card.empty())
        return fail(ErrorCode::UsageWrong, "expected --card CARD.json");
    request.id = parsed->value("--id").value_or("");
    const auto folder = parsed->value("--output");
    request.root = folder ? std::filesystem::path(*folder) : ownModels();
    if (request.root.empty())
        return fail(ErrorCode::UsageWrong, "expected -o FOLDER, as there is no home folder");
    if (const auto text = parsed->value("--threads")) {
        const auto threads = integerOption("--threads", *text, 1, 256);
        if (!threads)
            return tl::unexpected(threads.error());
        request.guest.threads = *threads;
    }
    request.asJson = parsed->has("--json");
    return request;
}

tl::expected<ModelPackage, GuestFault> import(const Request &request)
{
    const auto fault = [](const Error &error) { return tl::unexpected(GuestFault{CardField::File, error}); };
    std::ifstream in(request.card, std::ios::binary);
    if (!in)
        return fault({ErrorCode::FileUnreadable, request.card.string() + ": can't be opened for reading"});
    const std::string text(std::istreambuf_iterator<char>(in), {});
    auto card = completedCard(text, request.card.string(), request.files, request.id);
    if (!card)
        return fault(card.error());
    return importNetwork(request.files, std::move(*card), request.root, request.guest);
}

} // namespace

int runImport(std::span<const std::string> args)
{
    if (answeredHelp(command, args))
        return exitDone;
    const auto request = parseRequest(args);
    if (!request)
        return usageError(command, request.error());
    const auto package = import(*request);
    if (!package) {
        reportFailure(request->files.model.string(), package.error().error, request->asJson);
        return exitSomeFailed;
    }
    const ModelCard &card = package->card;
    if (request->asJson)
        printJson({{"id", card.id},
                   {"title", card.title},
                   {"folder", package->folder.string()},
                   {"classes", card.classes},
                   {"weightsSha256", card.weightsSha256},
                   {"architecture", card.architecture},
                   {"imported", card.imported.has_value()}});
    else
        std::printf("%s: imported to %s; its numbers were never checked by Hilum\n", card.id.c_str(),
                    package->folder.string().c_str());
    return exitDone;
}

} // namespace hilum::cli
