/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <spillway/base.h>

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

sw_status sw_bytes_append(sw_bytes *bytes, const void *data, size_t size) {
    if (bytes == NULL || (data == NULL && size > 0))
        return SW_ERROR_ARGUMENT;
    if (size == 0)
        return SW_OK;
    if (size > SIZE_MAX - bytes->size)
        return SW_ERROR_MEMORY;
    if (!sw_reserve(&bytes->data, &bytes->capacity, bytes->size + size, 1))
        return SW_ERROR_MEMORY;
    memcpy(bytes->data + bytes->size, data, size);
    bytes->size += size;
    return SW_OK;
}

void sw_bytes_clear(sw_bytes *bytes) {
    if (bytes == NULL)
        return;
    free(bytes->data);
    *bytes = (sw_bytes){0};
}
