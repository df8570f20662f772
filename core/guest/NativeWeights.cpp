// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/guest/NativeWeights.h"

#include "core/codec/PathText.h"
#include "core/nn/Architecture.h"

#include <array>
#include <bit>
#include <cstring>
#include <fstream>

namespace hilum {

namespace {

tl::unexpected<GuestFault> wrong(CardField field, std::string words)
{
    return tl::unexpected(GuestFault{field, {ErrorCode::ModelMismatch, std::move(words)}});
}

} // namespace

bool holdsWeightsAlone(const std::filesystem::path &file)
{
    static_assert(std::endian::native == std::endian::little);
    constexpr std::uint64_t longestHeader = 100'000'000;
    std::array<char, 9> start{};
    std::ifstream in(file, std::ios::binary);
    if (!in.read(start.data(), start.size()))
        return false;
    std::uint64_t header = 0;
    std::memcpy(&header, start.data(), sizeof(header));
    return header >= 2 && header <= longestHeader && start[8] == '{';
}

Result<NativeWeights> readNativeWeights(const std::filesystem::path &file)
{
    auto tensors = readSafetensors(file);
    if (!tensors)
        return tl::unexpected(tensors.error());
    NativeWeights weights{inTodaysNames(std::move(*tensors)), {}};
    auto state = recognise(weights.tensors, pathText(file));
    if (!state)
        return tl::unexpected(state.error());
    weights.state = std::move(*state);
    return weights;
}

tl::expected<GuestReport, GuestFault> checkNative(const NativeWeights &weights, const ModelCard &card,
                                                  const std::filesystem::path &file)
{
    const auto &state = weights.state;
    if (state.classes != static_cast<int>(card.classes.size()))
        return wrong(CardField::Classes,
                     pathText(file) + ": expected the " + std::to_string(card.classes.size())
                         + " classes of the card, found weights for " + std::to_string(state.classes));
    const int channels = card.input.channels == ChannelOrder::Grey ? 1 : 3;
    if (state.channels != channels)
        return wrong(CardField::Channels,
                     pathText(file) + ": expected " + std::to_string(channels)
                         + (channels == 1 ? " channel" : " channels")
                         + ", as the card says, found weights for " + std::to_string(state.channels));
    const auto architecture = findArchitecture(state.architecture);
    if (architecture && card.input.size < architecture->smallestSize)
        return wrong(CardField::Size,
                     pathText(file) + ": expected an input of " + std::to_string(architecture->smallestSize)
                         + " pixels or more, found " + std::to_string(card.input.size));
    GuestReport report;
    report.native = architecture ? architecture->title : state.architecture;
    return report;
}

} // namespace hilum
