// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// runImport: hilum-cli models import: a TorchScript network becomes a package.
#pragma once

#include <span>
#include <string>

namespace hilum::cli {

int runImport(std::span<const std::string> args);

} // namespace hilum::cli
