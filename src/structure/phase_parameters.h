/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parameters of the instruments that tell phases apart, and what they make of them. */
#ifndef SPILLWAY_STRUCTURE_PHASE_PARAMETERS_H
#define SPILLWAY_STRUCTURE_PHASE_PARAMETERS_H

#include "structure/phases.h"

#include <spillway/instrument.h>

/* SW_PHASE_PARAMETERS: the rows of a parameter list that sw_phases_measured reads, the same in
 * every instrument that tells phases apart. */
extern const char *const sw_phase_rule_words[];

#define SW_PHASE_PARAMETERS                                                                        \
    {.name = "elements",                                                                           \
     .kind = SW_TAKES_TEXT,                                                                        \
     .standard = "auto",                                                                           \
     .help = "which atoms are looked at: symbols with commas, or all; auto: all but oxygen"},      \
        SW_PHASE_RULES

/* The same without the choice of atoms. */
#define SW_PHASE_RULES                                                                             \
    {.name = "rule",                                                                               \
     .kind = SW_TAKES_CHOICE,                                                                      \
     .standard = "lattice",                                                                        \
     .choices = sw_phase_rule_words,                                                               \
     .help = "what is crystalline: atoms on the lattice of a grain, or of high bond order"},       \
        {.name = "cutoff",                                                                         \
         .kind = SW_TAKES_QUANTITY,                                                                \
         .dimension = SW_LENGTH,                                                                   \
         .standard = "auto",                                                                       \
         .least = 1e-3,                                                                            \
         .most = 1e3,                                                                              \
         .help = "neighbours are nearer than this; auto: the first valley of g(r), but at least "  \
                 "half way to "                                                                    \
                 "the second shell"},                                                              \
        {.name = "spacing",                                                                        \
         .kind = SW_TAKES_QUANTITY,                                                                \
         .dimension = SW_LENGTH,                                                                   \
         .standard = "auto",                                                                       \
         .least = 1e-3,                                                                            \
         .most = 1e3,                                                                              \
         .help = "crystals whose nearest distance is below this are dense; auto: the valley of "   \
                 "its distribution"},                                                              \
        {.name = "disordered",                                                                     \
         .kind = SW_TAKES_QUANTITY,                                                                \
         .dimension = SW_NUMBER,                                                                   \
         .standard = "0.5",                                                                        \
         .least = 0,                                                                               \
         .most = 10,                                                                               \
         .help = "rule bond-order: atoms of lower normalised order are amorphous"},                \
        {.name = "crystals",                                                                       \
         .kind = SW_TAKES_TEXT,                                                                    \
         .standard = "fcc,hcp,bcc",                                                                \
         .help = "which to look for, with commas, as in `template`; or all"},                      \
        {.name = "misorientation",                                                                 \
         .kind = SW_TAKES_QUANTITY,                                                                \
         .dimension = SW_ANGLE,                                                                    \
         .standard = "5 deg",                                                                      \
         .least = 1e-6,                                                                            \
         .most = 1.1,                                                                              \
         .help = "neighbours turned against each other by less are in one grain"},                 \
        {.name = "smoothing",                                                                      \
         .kind = SW_TAKES_COUNT,                                                                   \
         .standard = "1",                                                                          \
         .least = 0,                                                                               \
         .most = 1000,                                                                             \
         .help = "how often every atom takes the phase that most around it have"},                 \
    {                                                                                              \
        .name = "smallest", .kind = SW_TAKES_COUNT, .standard = "20", .least = 1,                  \
        .most = 1000000000, .help = "grains and regions with fewer atoms join what is around them" \
    }

/* The settings that a preset of the published work has in common. */
#define SW_PHASES_AS_PUBLISHED "rule=bond-order", "cutoff=4.5 A", "spacing=3.45 A", "disordered=0.5"

/* The atoms that take part, and their numbers among the given ones (both the caller's). */
SW_MUST_USE sw_status sw_phase_subset(sw_atoms **subset, uint32_t **index, const sw_atoms *atoms,
                                      const sw_instrument_settings *settings, sw_error *error);

/* Options as the parameters say, but for the cutoff. */
SW_MUST_USE sw_status sw_phase_options_read(sw_phase_options *options,
                                            const sw_instrument_settings *settings,
                                            sw_error *error);

/* The cutoff (A) as given or found, then noted. */
SW_MUST_USE sw_status sw_phase_cutoff(double *cutoff, sw_measurement *measurement,
                                      const sw_atoms *subset,
                                      const sw_instrument_settings *settings, sw_context *context,
                                      sw_error *error);

/* The phases of these atoms as the parameters say; *cutoff as used (A). Notes say what was found
 * automatically. */
SW_MUST_USE sw_status sw_phases_measured(sw_phase_map *map, double *cutoff,
                                         sw_measurement *measurement, const sw_atoms *subset,
                                         const sw_instrument_settings *settings,
                                         sw_context *context, sw_error *error);

#endif
