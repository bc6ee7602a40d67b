/* SPDX-License-Identifier: GPL-3.0-or-later */
/* DIFFUSION MAGNETIC BCC_A2 ALPHA=0.3 ALPHA2&C=1.8 ! */
#include "thermo/calphad/read.h"

#include <math.h>
#include <string.h>

#define LARGEST 100.0 /* of alpha */

/* "&C" behind ALPHA2; some files write '%'. */
static bool read_element(char element[CALPHAD_NAME], sw_calphad_cursor *cursor) {
    element[0] = '\0';
    if (!sw_calphad_take(cursor, '&') && !sw_calphad_take(cursor, '%'))
        return true;
    return sw_calphad_word(element, cursor, "=", "an element");
}

/* An element that the database does not have has no mobility either. */
static bool keep(sw_calphad_ordering *ordering, const sw_calphad *database,
                 sw_calphad_cursor *cursor, const char *element, double alpha) {
    if (element[0] == '\0') {
        ordering->alpha = alpha;
        return true;
    }
    const ptrdiff_t index = sw_calphad_names_find(&database->species_names, element);
    if (index < 0)
        return true;
    if (ordering->elements == CALPHAD_ORDERED)
        return sw_calphad_fail(cursor, SW_ERROR_FORMAT, NULL,
                               "expected at most %d elements with an alpha of their own",
                               CALPHAD_ORDERED);
    ordering->element[ordering->elements] = (uint16_t)index;
    ordering->own_alpha[ordering->elements++] = alpha;
    return true;
}

static bool read_alphas(sw_calphad_ordering *ordering, const sw_calphad *database,
                        sw_calphad_cursor *cursor) {
    while (!sw_calphad_at_end(cursor)) {
        char name[CALPHAD_NAME], element[CALPHAD_NAME];
        double alpha;
        if (!sw_calphad_word(name, cursor, "=&%", "ALPHA") || !read_element(element, cursor))
            return false;
        if (strncmp(name, "ALPHA", 5) != 0 || !sw_calphad_take(cursor, '='))
            return sw_calphad_fail(cursor, SW_ERROR_FORMAT, "as ALPHA=0.3 ALPHA2&C=1.8",
                                   "expected ALPHA=, found '%.12s'", name);
        if (!sw_calphad_number(&alpha, cursor, "alpha") ||
            !keep(ordering, database, cursor, element, alpha))
            return false;
        if (!(fabs(alpha) <= LARGEST))
            return sw_calphad_fail(cursor, SW_ERROR_FORMAT, "alpha is near 1",
                                   "expected an alpha of at most %g", LARGEST);
    }
    return true;
}

bool sw_calphad_read_diffusion(sw_calphad *database, sw_calphad_cursor *cursor) {
    char kind[CALPHAD_NAME], name[CALPHAD_NAME];
    sw_calphad_ordering ordering = {0};
    if (!sw_calphad_word(kind, cursor, "", "MAGNETIC"))
        return false;
    sw_calphad_peek(cursor);
    const sw_calphad_cursor start = *cursor;
    if (strncmp(kind, "MAGN", 4) != 0)
        return sw_calphad_remark(database, &start, "DIFFUSION %s is not used here", kind);
    if (!sw_calphad_word(name, cursor, "", "the name of a phase") ||
        !read_alphas(&ordering, database, cursor))
        return false;
    const ptrdiff_t index = sw_calphad_names_find(&database->phase_names, name);
    if (index < 0 || !database->phases[index].declared)
        return sw_calphad_remark(database, &start,
                                 "DIFFUSION MAGNETIC is left out: %s is not declared", name);
    database->phases[index].ordering = ordering;
    return true;
}
