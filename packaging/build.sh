# SPDX-FileCopyrightText: The Hilum authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Sourced by packaging/run and packaging/test: packages, configuring, building.
# Everything here talks on stderr; stdout belongs to the program that is run.

root=$(readlink -f -- "${BASH_SOURCE[0]}")
root=${root%/packaging/build.sh}
build=$root/build

say() { printf 'hilum: %s\n' "$*" >&2; }

# libopenblas0-pthread: without it LibTorch multiplies matrices on the reference BLAS.
packages=(
    g++ cmake ninja-build ccache mold
    qt6-base-dev qt6-svg-dev libqcustomplot-dev
    libtorch-dev libgloo-dev libopenblas0-pthread libopencv-dev libdcmtk-dev libopenjp2-7-dev
    libssl-dev libsqlite3-dev libpng-dev libjpeg-dev libtiff-dev zlib1g-dev libexpected-dev nlohmann-json3-dev fonts-dejavu-core
)
test_packages=(xvfb xauth)

# install_missing PACKAGE...: asks apt only for what is not there yet.
install_missing() {
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        say "this is no Debian system, so nothing is installed; what is needed: $*"
        return 0
    fi
    local missing=() package
    for package in "$@"; do
        [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true) == installed ]] ||
            missing+=("$package")
    done
    ((${#missing[@]})) || return 0

    local as_root=()
    if ((EUID != 0)); then
        if ! command -v sudo >/dev/null; then
            say "these packages are missing, and neither root nor sudo is at hand: ${missing[*]}"
            say "ask for: apt-get install --no-install-recommends ${missing[*]}"
            return 1
        fi
        as_root=(sudo)
    fi
    say "installing ${missing[*]}"
    # A stale or empty index is the usual reason for a failed install; no index at all is not fatal here.
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2 || true
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        "${missing[@]}" >&2
}

# Compiling against LibTorch takes up to 1.5 GB a file.
build_jobs() {
    local cores memory
    cores=$(nproc)
    memory=$(awk '/^MemAvailable/ { print int($2 / 1800000) }' /proc/meminfo)
    ((memory >= 1)) || memory=1
    echo $((cores < memory ? cores : memory))
}

# configure FOLDER [OPTION...]
configure() {
    local folder=$1 fresh=()
    shift
    # A cache that was made for another place (the tree was moved or copied) is of no use.
    local home=
    [[ -f $folder/CMakeCache.txt ]] &&
        home=$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' "$folder/CMakeCache.txt")
    [[ -z $home || $home -ef $root ]] || fresh=(--fresh)
    cmake "${fresh[@]}" -S "$root" -B "$folder" -G Ninja "$@" >&2
}

# Nothing that goes into the programs is newer than the last build. Folders count too: one that lost
# a file is newer than the stamp.
is_built() {
    local stamp=$build/.built
    [[ -x $build/bin/hilum && -x $build/bin/hilum-cli && $stamp -nt $root/CMakeLists.txt ]] &&
        [[ -z $(find "$root/core" "$root/ui" "$root/app" "$root/resources" "$root/packaging" \
            -newer "$stamp" -print -quit) ]]
}

# build_all [OPTION...]: everything in <root>/build, one build at a time.
build_all() {
    mkdir -p "$build"
    (
        flock -n 9 || { say "waiting for another build"; flock 9; }
        # The stamp bears the time at which the build began: a file saved meanwhile is newer.
        touch "$build/.began"
        configure "$build" -DCMAKE_BUILD_TYPE=RelWithDebInfo "$@"
        cmake --build "$build" -j "$(build_jobs)" >&2
        mv "$build/.began" "$build/.built"
    ) 9>"$build/.lock"
}
