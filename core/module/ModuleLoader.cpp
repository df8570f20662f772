// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/module/ModuleVersion.h"

#include <cstdlib>
#include <dlfcn.h>
#include <filesystem>

namespace hilum {

namespace {

std::filesystem::path moduleFile()
{
    if (const char *named = std::getenv("HILUM_NN_MODULE"))
        return named;
    std::error_code code;
    const auto beside
        = std::filesystem::read_symlink("/proc/self/exe", code).parent_path() / "libhilum-nn.so";
    return std::filesystem::exists(beside, code) ? beside : std::filesystem::path("libhilum-nn.so");
}

Result<NnModule *> open()
{
    const std::filesystem::path file = moduleFile();
    void *library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr)
        return fail(ErrorCode::Internal, "the network module can't be opened: " + std::string(dlerror()));
    // Of another build, its values would be read wrongly.
    using Version = const char *(*)();
    const auto version = reinterpret_cast<Version>(dlsym(library, "hilumNnModuleVersion"));
    const std::string found = version == nullptr ? "none" : version();
    if (found != moduleVersion())
        return fail(ErrorCode::Internal,
                    file.string() + ": expected the network module of this build (" + moduleVersion()
                        + "), found " + found + "; build or install both together");
    using Factory = NnModule *(*)();
    const auto factory = reinterpret_cast<Factory>(dlsym(library, "hilumNnModule"));
    if (factory == nullptr)
        return fail(ErrorCode::Internal, file.string() + ": expected the symbol hilumNnModule, found none");
    return factory();
}

} // namespace

Result<NnModule *> openNnModule()
{
    // The standard makes the first of several threads open it and the others wait.
    static const Result<NnModule *> module = open();
    return module;
}

} // namespace hilum
