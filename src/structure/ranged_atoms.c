/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/ranged_atoms.h"

#include <string.h>

sw_status sw_ranged_atoms(sw_atoms **atoms, const sw_atoms *given,
                          const sw_instrument_settings *settings, sw_error *error) {
    const char *path = sw_setting_text(settings, "ranges");
    sw_ranges *ranges;
    size_t ranged;
    *atoms = NULL;
    sw_status status = sw_atoms_copy(atoms, given);
    if (status != SW_OK || strcmp(path, "none") == 0)
        return status;
    status = sw_ranges_read(&ranges, path, error);
    if (status == SW_OK)
        status = sw_ranges_apply(&ranged, *atoms, ranges, error);
    sw_ranges_destroy(ranges);
    return status;
}
