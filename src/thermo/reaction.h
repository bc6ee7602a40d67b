/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A reaction as text and as amounts of substances. */
#ifndef THERMO_REACTION_H
#define THERMO_REACTION_H

#include <spillway/thermo.h>

#define REACTION_SUBSTANCES 32

/* Each substance once, with what stands of it on either side. */
struct sw_reaction {
    struct sw_reaction_term {
        const sw_substance *substance;
        double left, right;
    } terms[REACTION_SUBSTANCES];
    size_t count;
};

/*
 * reaction = side ("=" | "->") side;  side = term {"+" term};  term = [number ["/" number]] name.
 * A name runs to the next blank, "+", "=" or "-". Errors name the character or the substance.
 */
SW_MUST_USE sw_status sw_reaction_parse(struct sw_reaction *reaction, const char *text,
                                        sw_error *error);

/* Every element equal on both sides, to one millionth of what there is of it; an error names each
 * element that is not, with its excess. */
SW_MUST_USE sw_status sw_reaction_check_balance(const struct sw_reaction *reaction,
                                                sw_error *error);

#endif
