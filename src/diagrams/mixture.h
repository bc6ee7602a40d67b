/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is put into an equilibrium: "1 Fe2O3, 0.5 NiO, 3 H2". */
#ifndef DIAGRAMS_MIXTURE_H
#define DIAGRAMS_MIXTURE_H

#include <spillway/equilibrium.h>

struct sw_diagram_mixture {
    size_t elements;
    int element[SW_SYSTEM_ELEMENTS];
    double amount[SW_SYSTEM_ELEMENTS];
};

/* Amounts before names of substances or elements, with commas between; without an amount, one. */
SW_MUST_USE sw_status sw_diagram_mixture_read(struct sw_diagram_mixture *mixture, const char *text,
                                              const char *parameter, sw_error *error);

#endif
