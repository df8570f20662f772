// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/report/Npy.h"

#include <bit>
#include <fstream>
#include <string>

namespace hilum {

Result<void> writeNpy(const Plane<float> &plane, const std::filesystem::path &file)
{
    static_assert(std::endian::native == std::endian::little, "the header says <f4");
    std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': ("
        + std::to_string(plane.height()) + ", " + std::to_string(plane.width()) + "), }";
    constexpr std::size_t preamble = 10; // magic, version, header length
    header.append(63 - (preamble + header.size()) % 64, ' ');
    header += '\n';

    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out.write("\x93NUMPY\x01\x00", 8);
    out.put(static_cast<char>(header.size() & 0xffU));
    out.put(static_cast<char>(header.size() >> 8U));
    out << header;
    out.write(reinterpret_cast<const char *>(plane.samples().data()),
              static_cast<std::streamsize>(plane.samples().size_bytes()));
    out.flush();
    if (!out)
        return fail(ErrorCode::FileUnreadable, file.string() + ": can't be written");
    return {};
}

} // namespace hilum
