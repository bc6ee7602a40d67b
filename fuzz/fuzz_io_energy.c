/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Output of density-functional programs: a finite energy, or an error with a place. */
#include <spillway/io.h>

#include <math.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    sw_error error = {0};
    double energy;
    const sw_status status = sw_energy_read_memory(&energy, bytes, size, "fuzz", &error);
    const bool holds = status == SW_OK ? isfinite(energy) : error.place[0] && error.message[0];
    if (status != error.code || !holds)
        abort();
    return 0;
}
