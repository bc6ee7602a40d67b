/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thermo/reaction.h"

#include <spillway/data.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#define BALANCE_TOLERANCE 1e-6
#define ELEMENTS 118

static double amount_of(const struct sw_reaction_term *term) {
    return term->right - term->left;
}

/* Adds "2 O too many on the left (4, not 2)" to a list of such. */
static void tell_excess(char *list, size_t size, int element, double left, double right) {
    const size_t used = strlen(list);
    snprintf(list + used, size - used, "%s%g %s too many on the %s (%g left, %g right)",
             used > 0 ? "; " : "", fabs(left - right), sw_element_symbol(element),
             left > right ? "left" : "right", left, right);
}

sw_status sw_reaction_check_balance(const struct sw_reaction *reaction, sw_error *error) {
    char excess[384] = "";
    for (int element = 1; element <= ELEMENTS; element++) {
        double left = 0.0, right = 0.0;
        for (size_t i = 0; i < reaction->count; i++) {
            const double atoms = sw_substance_atoms(reaction->terms[i].substance, element);
            left += atoms * reaction->terms[i].left;
            right += atoms * reaction->terms[i].right;
        }
        if (fabs(left - right) > BALANCE_TOLERANCE * (left + right))
            tell_excess(excess, sizeof excess, element, left, right);
    }
    if (excess[0] == '\0')
        return SW_OK;
    return sw_error_set(error, SW_ERROR_ARGUMENT, "reaction",
                        "mend the amounts until every element is the same on both sides",
                        "expected a balanced reaction, found %s", excess);
}

static sw_status read_reaction(struct sw_reaction *reaction, const char *text, sw_error *error) {
    const sw_status status = sw_reaction_parse(reaction, text, error);
    return status == SW_OK ? sw_reaction_check_balance(reaction, error) : status;
}

static sw_status sum_gibbs(double *gibbs, const struct sw_reaction *reaction, double temperature,
                           sw_error *error) {
    double sum = 0.0;
    for (size_t i = 0; i < reaction->count; i++) {
        sw_standard_state state;
        const sw_status status =
            sw_substance_state(&state, reaction->terms[i].substance, temperature, error);
        if (status != SW_OK)
            return status;
        sum += amount_of(&reaction->terms[i]) * state.gibbs;
    }
    *gibbs = sum;
    return SW_OK;
}

sw_status sw_reaction_gibbs(double *gibbs, const char *reaction, double temperature,
                            sw_error *error) {
    struct sw_reaction parsed;
    const sw_status status = read_reaction(&parsed, reaction, error);
    return status == SW_OK ? sum_gibbs(gibbs, &parsed, temperature, error) : status;
}

/* Gases that take oxygen atoms up, and what they are then; O2 is what atoms become without any. */
static const struct {
    const char *bare, *oxidised, *splitting;
} carriers[] = {{"H2", "H2O", "H2O = H2 + 1/2 O2"}, {"CO", "CO2", "CO2 = CO + 1/2 O2"}};
#define CARRIERS (sizeof carriers / sizeof carriers[0])

static double amount_named(const struct sw_reaction *reaction, const char *name) {
    const sw_substance *substance = sw_substance_find(name);
    for (size_t i = 0; i < reaction->count; i++)
        if (reaction->terms[i].substance == substance)
            return amount_of(&reaction->terms[i]);
    return 0.0;
}

static size_t gases_taking_part(const struct sw_reaction *reaction) {
    size_t count = 0;
    for (size_t i = 0; i < reaction->count; i++)
        count += sw_substance_is_gas(reaction->terms[i].substance) &&
                 amount_of(&reaction->terms[i]) != 0.0;
    return count;
}

/* Atoms of oxygen that the gas takes, and the carrier that it takes them with (CARRIERS: O2). */
static sw_status oxygen_taken(double *amount, size_t *carrier, const struct sw_reaction *reaction,
                              sw_error *error) {
    const size_t gases = gases_taking_part(reaction);
    *amount = 2.0 * amount_named(reaction, "O2");
    *carrier = CARRIERS;
    if (gases == 1 && *amount != 0.0)
        return SW_OK;
    for (*carrier = 0; *carrier < CARRIERS; ++*carrier) {
        *amount = amount_named(reaction, carriers[*carrier].oxidised);
        const double used = -amount_named(reaction, carriers[*carrier].bare);
        if (gases == 2 && *amount != 0.0 &&
            fabs(*amount - used) <= BALANCE_TOLERANCE * fabs(*amount))
            return SW_OK;
    }
    return sw_error_set(error, SW_ERROR_ARGUMENT, "reaction",
                        "write it like \"NiO + H2 = Ni + H2O\"",
                        "expected a reaction that turns H2 into H2O, or CO into CO2, or frees O2, "
                        "with no other gas");
}

sw_status sw_reaction_water_ratio(double *ratio, double *oxygen_pressure, const char *reaction,
                                  double temperature, sw_error *error) {
    struct sw_reaction parsed;
    double amount = 0.0, gibbs = 0.0, carried = 0.0, water = 0.0;
    size_t carrier = CARRIERS;
    sw_status status = read_reaction(&parsed, reaction, error);
    if (status == SW_OK)
        status = oxygen_taken(&amount, &carrier, &parsed, error);
    if (status == SW_OK)
        status = sum_gibbs(&gibbs, &parsed, temperature, error);
    if (status == SW_OK)
        status = sw_reaction_gibbs(&water, carriers[0].splitting, temperature, error);
    if (status == SW_OK && carrier < CARRIERS)
        status = sw_reaction_gibbs(&carried, carriers[carrier].splitting, temperature, error);
    if (status != SW_OK)
        return status;
    const double freed = gibbs / amount + carried; /* to free an atom as half an O2 */
    const double thermal_energy = SW_BOLTZMANN * temperature;
    if (ratio != NULL)
        *ratio = exp(-(freed - water) / thermal_energy);
    if (oxygen_pressure != NULL)
        *oxygen_pressure = SW_STANDARD_PRESSURE * exp(-2.0 * freed / thermal_energy);
    return SW_OK;
}
