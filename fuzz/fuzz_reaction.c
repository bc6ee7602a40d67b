/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a reaction: an error with place and message, or amounts that are above zero, and a
 * Gibbs energy that is a number. */
#include "thermo/reaction.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_check(bool holds) {
    if (!holds)
        abort();
}

static void check_status(sw_status status, const sw_error *error) {
    fuzz_check(status == error->code);
    fuzz_check(status == SW_OK || (error->place[0] && error->message[0]));
}

static void check_amounts(const struct sw_reaction *reaction) {
    fuzz_check(reaction->count > 0 && reaction->count <= REACTION_SUBSTANCES);
    for (size_t i = 0; i < reaction->count; i++) {
        const struct sw_reaction_term *term = &reaction->terms[i];
        fuzz_check(term->substance && term->left >= 0 && term->right >= 0);
        fuzz_check(isfinite(term->left + term->right) && term->left + term->right > 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *text = malloc(size + 1);
    struct sw_reaction reaction = {0};
    sw_error error = {0};
    double gibbs = 0;
    if (!text)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    sw_status status = sw_reaction_parse(&reaction, text, &error);
    check_status(status, &error);
    if (status == SW_OK) {
        check_amounts(&reaction);
        status = sw_reaction_gibbs(&gibbs, text, 1000.0, &error);
        check_status(status, &error);
        fuzz_check(status != SW_OK || isfinite(gibbs));
    }
    free(text);
    return 0;
}
