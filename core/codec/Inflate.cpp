// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/Inflate.h"

#include "core/codec/Limits.h"

#include <algorithm>
#include <zlib.h>

namespace hilum {

Result<std::vector<std::byte>> inflate(Bytes deflated)
{
    const bool hasHeader = deflated.size() >= 2 && std::to_integer<int>(deflated[0]) == 0x78
        && (std::to_integer<int>(deflated[0]) * 256 + std::to_integer<int>(deflated[1])) % 31 == 0;
    z_stream stream = {};
    if (inflateInit2(&stream, hasHeader ? MAX_WBITS : -MAX_WBITS) != Z_OK)
        return fail(ErrorCode::Internal, "zlib could not be started");
    stream.next_in = const_cast<Bytef *>(reinterpret_cast<const Bytef *>(deflated.data()));
    stream.avail_in = static_cast<uInt>(std::min<std::size_t>(deflated.size(), maxInflatedBytes));

    std::vector<std::byte> out(std::min(maxInflatedBytes, std::max<std::size_t>(4096, deflated.size() * 4)));
    int status = Z_OK;
    while (status == Z_OK && stream.total_out < maxInflatedBytes) {
        if (stream.total_out == out.size())
            out.resize(std::min(maxInflatedBytes, out.size() * 2));
        stream.next_out = reinterpret_cast<Bytef *>(out.data()) + stream.total_out;
        stream.avail_out = static_cast<uInt>(out.size() - stream.total_out);
        status = ::inflate(&stream, Z_NO_FLUSH);
    }
    const std::size_t length = stream.total_out;
    inflateEnd(&stream);
    if (status == Z_OK && length >= maxInflatedBytes)
        return fail(ErrorCode::LimitExceeded,
                    "the deflated data set is larger than " + std::to_string(maxInflatedBytes >> 20)
                        + " MiB");
    if (length == 0)
        return fail(ErrorCode::DataCorrupt, "the deflated data set cannot be inflated");
    out.resize(length);
    return out;
}

} // namespace hilum
