/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/available_memory.h"

#include "base/memory.h"

#include <stdint.h>
#include <stdio.h>

#define MEMINFO_UNIT 1024u /* its "kB" are 1024 bytes */

size_t sw_available_memory(const char *meminfo) {
    char line[256];
    unsigned long long kilobytes = 0;
    FILE *file = fopen(meminfo, "r");
    if (file == NULL)
        return 0;
    while (fgets(line, sizeof line, file) != NULL)
        if (sscanf(line, "MemAvailable: %llu kB", &kilobytes) == 1)
            break;
    fclose(file);
    return kilobytes > SIZE_MAX / MEMINFO_UNIT ? SIZE_MAX : (size_t)kilobytes * MEMINFO_UNIT;
}

const char *sw_memory_text(char text[32], size_t bytes) {
    static const char *const units[] = {"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};
    double value = (double)bytes;
    size_t unit = 0;
    for (; value >= 1000 && unit < 6; unit++)
        value /= 1000;
    snprintf(text, 32, unit == 0 ? "%.0f %s" : "%.3g %s", value, units[unit]);
    return text;
}

sw_status sw_memory_check(size_t needed, size_t copies, size_t available, const char *model,
                          sw_error *error) {
    size_t all = SIZE_MAX;
    char need[32], have[32];
    bool known = sw_size_product(&all, needed, copies);
    if (known && (available == 0 || all <= available))
        return SW_OK;
    return sw_error_set(error, SW_ERROR_MEMORY, model,
                        "make the frame smaller (--set frame.size=...), use fewer threads, or end "
                        "other programs",
                        "the run needs about %s of memory, and %s are available",
                        sw_memory_text(need, all), sw_memory_text(have, available));
}
