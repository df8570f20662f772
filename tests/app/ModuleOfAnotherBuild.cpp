// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A network module as another build would have left it: its door must stay shut.

extern "C" __attribute__((visibility("default"))) const char *hilumNnModuleVersion()
{
    return "Hilum 0.0.1-of-another-build";
}

extern "C" __attribute__((visibility("default"))) void *hilumNnModule() { return nullptr; }
