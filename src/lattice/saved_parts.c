/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lattice/saved_parts.h"

#include "base/memory.h"

#include <string.h>

sw_status sw_saved_parts_write(sw_bytes *bytes, const sw_saved_part *part, size_t parts) {
    sw_status status = SW_OK;
    for (size_t p = 0; p < parts && status == SW_OK; p++)
        if (part[p].size)
            status = sw_bytes_append(bytes, part[p].data, part[p].size);
    return status;
}

const unsigned char *sw_saved_pass(sw_saved_reader *in, size_t count, size_t size) {
    const unsigned char *here = in->bytes;
    size_t bytes;
    in->short_of = in->short_of || !sw_size_product(&bytes, count, size) || in->left < bytes;
    if (in->short_of)
        return NULL;
    in->bytes += bytes;
    in->left -= bytes;
    return here;
}

bool sw_saved_take(sw_saved_reader *in, void *data, size_t count, size_t size) {
    const unsigned char *here = sw_saved_pass(in, count, size);
    if (here && count > 0 && size > 0)
        memcpy(data, here, count * size);
    return here != NULL;
}
