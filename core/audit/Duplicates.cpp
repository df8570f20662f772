// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audit/Duplicates.h"

#include "core/audit/Workers.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <map>
#include <mutex>

namespace hilum {

namespace {

constexpr int nearHash = 14; // bits of 64; copies that were cropped or saved anew stay below
// See likeness. Copies of one film gave 0.84 and more, other films of the same patient up to 0.77 (the pairs
// with the highest likeness of 5,734 films, looked at one by one).
constexpr double samePicture = 0.80;

struct Match {
    double correlation = 0;
    bool isMirrored = false;
};

Match matchOf(const FilmLook &first, const FilmLook &second)
{
    Match best;
    if (std::popcount(first.pictureHash ^ second.pictureHash) <= nearHash)
        best = {likeness(first.fine, second.fine), false};
    if (std::popcount(first.pictureHash ^ second.mirroredHash) <= nearHash) {
        const double mirror = likeness(first.fine, mirrored(second.fine));
        if (mirror > best.correlation)
            best = {mirror, true};
    }
    return best;
}

// Pairs of films with the same key, each with the first; the others are taken out of `first`.
void pairSame(const std::vector<FilmLook> &looks, const std::string FilmLook::*key, DuplicateKind kind,
              std::vector<bool> &isCopy, std::vector<DuplicatePair> &pairs)
{
    std::map<std::string, int> seen;
    for (int i = 0; i < static_cast<int>(looks.size()); ++i) {
        const auto place = static_cast<std::size_t>(i);
        if (isCopy[place])
            continue;
        const auto [entry, isNew] = seen.try_emplace(looks[place].*key, i);
        if (isNew)
            continue;
        DuplicatePair pair;
        pair.first = entry->second;
        pair.second = i;
        pair.kind = kind;
        pairs.push_back(std::move(pair));
        isCopy[place] = true;
    }
}

void flag(const std::vector<FilmLook> &looks, DuplicatePair &pair)
{
    const AuditFilm &first = looks[static_cast<std::size_t>(pair.first)].film;
    const AuditFilm &second = looks[static_cast<std::size_t>(pair.second)].film;
    pair.acrossClasses = first.sample.label != second.sample.label;
    pair.acrossSplits = first.split != second.split && !first.split.empty() && !second.split.empty();
    pair.acrossGroups = first.sample.group != second.sample.group;
}

} // namespace

Result<std::vector<DuplicatePair>> findDuplicates(const std::vector<FilmLook> &looks, int threads,
                                                  const std::function<void(double)> &progress,
                                                  std::stop_token stop)
{
    std::vector<DuplicatePair> pairs;
    std::vector<bool> isCopy(looks.size(), false);
    pairSame(looks, &FilmLook::fileHash, DuplicateKind::SameFile, isCopy, pairs);
    pairSame(looks, &FilmLook::pixelHash, DuplicateKind::SamePixels, isCopy, pairs);

    std::vector<int> originals;
    for (int i = 0; i < static_cast<int>(looks.size()); ++i)
        if (!isCopy[static_cast<std::size_t>(i)])
            originals.push_back(i);
    const int count = static_cast<int>(originals.size());
    std::mutex door;
    int rows = 0;
    const auto searched = inParallel(count, threads, stop, [&](int, int row) -> Result<void> {
        const int first = originals[static_cast<std::size_t>(row)];
        std::vector<DuplicatePair> found;
        for (int next = row + 1; next < count; ++next) {
            const int second = originals[static_cast<std::size_t>(next)];
            const Match match
                = matchOf(looks[static_cast<std::size_t>(first)], looks[static_cast<std::size_t>(second)]);
            if (match.correlation < samePicture)
                continue;
            DuplicatePair pair;
            pair.first = first;
            pair.second = second;
            pair.kind = match.isMirrored ? DuplicateKind::Mirrored : DuplicateKind::SamePicture;
            pair.correlation = match.correlation;
            found.push_back(std::move(pair));
        }
        const std::lock_guard lock(door);
        std::ranges::move(found, std::back_inserter(pairs));
        // Early rows are the longest: what is left shrinks as a triangle does.
        const double left = 1.0 - static_cast<double>(++rows) / count;
        progress(1 - left * left);
        return {};
    });
    if (!searched)
        return tl::unexpected(searched.error());
    for (DuplicatePair &pair : pairs)
        flag(looks, pair);
    std::ranges::sort(pairs, [](const DuplicatePair &a, const DuplicatePair &b) {
        return std::tuple(!a.acrossClasses, !a.acrossSplits, -a.correlation, a.first, a.second)
            < std::tuple(!b.acrossClasses, !b.acrossSplits, -b.correlation, b.first, b.second);
    });
    return pairs;
}

} // namespace hilum
