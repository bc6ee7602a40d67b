/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * First guesses of how a shape lies like a template: two neighbours are laid on every two places
 * that no rotation of the template makes equal, and the others go to the places nearest to them.
 */
#ifndef SPILLWAY_STRUCTURE_TEMPLATE_GUESS_H
#define SPILLWAY_STRUCTURE_TEMPLATE_GUESS_H

#include "structure/template_search.h"

/* Tries guesses until none is left or the search is finished. About a microsecond. */
void sw_template_guess(sw_template_search *search);

#endif
