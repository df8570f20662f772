// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ErrorText: an Error in the words that the person at the window reads.
//
// Three parts, shown together and in place: what happened and to which file, what to try, and the
// detail (expected and found) as core wrote it.
//
// Errors:  none; every ErrorCode has words, and a test holds that.
#pragma once

#include "core/base/Result.h"

#include <QString>

namespace hilum::ui {

struct ErrorWords {
    QString what;
    QString tryThis;
    QString detail; // may be empty
};

// `subject` is the file or model that the error is about, as the reader knows it; may be empty.
[[nodiscard]] ErrorWords errorWords(const Error &error, const QString &subject = {});

// Two or three words for a badge: "damaged".
[[nodiscard]] QString errorBadge(ErrorCode code);

} // namespace hilum::ui
