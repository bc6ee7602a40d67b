/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz_io.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    return fuzz_format(&sw_format_lammps_data, &sw_format_lammps_data, bytes, size);
}
