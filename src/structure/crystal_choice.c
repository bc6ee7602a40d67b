/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/crystal_choice.h"

#include "structure/crystal_templates.h"

#include <string.h>

static sw_crystal_kind crystal_named(const char *name, size_t length) {
    for (int c = SW_CRYSTAL_FCC; c < SW_CRYSTALS; c++) {
        const char *known = sw_crystal_name((sw_crystal_kind)c);
        if (strlen(known) == length && strncmp(known, name, length) == 0)
            return (sw_crystal_kind)c;
    }
    return SW_CRYSTAL_OTHER;
}

sw_status sw_crystal_choice(uint32_t *set, const char *text, sw_error *error) {
    *set = 0;
    if (strcmp(text, "all") == 0)
        *set = ((1u << SW_CRYSTALS) - 1) & ~1u;
    while (strcmp(text, "all") != 0 && *text != '\0') {
        size_t length = strcspn(text, ",");
        sw_crystal_kind crystal = crystal_named(text, length);
        if (crystal == SW_CRYSTAL_OTHER)
            return sw_error_set(error, SW_ERROR_ARGUMENT, "crystals",
                                "fcc, hcp, bcc, icosahedron, simple cubic, diamond, hexagonal "
                                "diamond, with commas; or all",
                                "\"%.*s\" is no crystal that is known", (int)length, text);
        *set |= 1u << crystal;
        text += length + (text[length] == ',');
    }
    return SW_OK;
}
