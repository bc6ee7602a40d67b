/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz_io.h"

#include "io/hdf5_file.h"

/* The HDF5 library 1.10 loses some of its own memory in damaged files; ours is still watched. */
const char *__lsan_default_suppressions(void) __attribute__((visibility("default")));
const char *__lsan_default_suppressions(void) {
    return "leak:libhdf5";
}

/* The HDF5 library 1.10 itself reads out of bounds in damaged files of the formats before 1.8,
 * which carry no checksums: those are left to it. The reader is tried on the checksummed formats,
 * among them all files that it writes. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    sw_source source = {.name = "fuzz", .bytes = bytes, .size = size};
    if (sw_hdf5_superblock(&source) < 2)
        return 0;
    return fuzz_format(&sw_format_hdf5, &sw_format_hdf5, bytes, size);
}
