/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Range files: an error with a place, or ranges in order that do not overlap. */
#include <spillway/io.h>

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void check(bool holds) {
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    sw_ranges *ranges;
    sw_error error = {0};
    sw_status status = sw_ranges_read_memory(&ranges, bytes, size, "fuzz", &error);
    check(status == error.code);
    if (status != SW_OK) {
        check(!ranges && error.place[0] && error.message[0]);
        return 0;
    }
    check(sw_ranges_count(ranges) > 0);
    for (size_t i = 0; i < sw_ranges_count(ranges); i++) {
        const sw_mass_range *range = sw_ranges_at(ranges, i);
        const sw_ion *ion = sw_ranges_ion(ranges, range->ion);
        check(range->low < range->high && ion && ion->parts > 0 && ion->name[0]);
        check(i == 0 || sw_ranges_at(ranges, i - 1)->high <= range->low);
        check(sw_ranges_find(ranges, range->low) == (ptrdiff_t)i);
    }
    sw_ranges_destroy(ranges);
    return 0;
}
