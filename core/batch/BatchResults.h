// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// BatchResults: the rows of a batch as files for other programs, in the order of the films.
//
// CSV:     film, group, source, truth, error_code, error, gate, then for each network p_<class>, call and
//          weights (with one network: as `evaluate` reads it), or p_<class>_<network>, call_<network> and
//          weights_<network> with several; at the end software and notice. Weights are their sha256.
// JSON Lines: {"film","truth","group","source",
//          "readings":{network:{"call","probabilities":{class:p},"weights"}},
//          "gate":{"accepted","reason"},"error":{"code","message"}|null,"software","notice"}
// SQLite:  tables about(key, value), films(id, film, patient, source, truth, error_code, error,
//          gate_accepted, gate_reason), readings(film_id, model, class, probability); view
//          calls(film_id, film, truth, model, called, probability).
//
// Shape:   each is written beside its target and renamed over it; one row in memory at a time.
// Errors:  FileUnreadable; those of BatchRows::row.
// Threads: one at a time for each target.
#pragma once

#include "core/batch/Journal.h"

namespace hilum {

[[nodiscard]] Result<void> writeBatchCsv(const BatchRows &rows, const std::filesystem::path &file);
[[nodiscard]] Result<void> writeBatchJsonLines(const BatchRows &rows, const std::filesystem::path &file);
[[nodiscard]] Result<void> writeBatchDatabase(const BatchRows &rows, const std::filesystem::path &file);

} // namespace hilum
