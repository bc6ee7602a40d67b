/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same bytes as .pos and as .epos. */
#include "fuzz_io.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    fuzz_format(&sw_format_pos, &sw_format_extxyz, bytes, size);
    return fuzz_format(&sw_format_epos, &sw_format_extxyz, bytes, size);
}
