/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tree of assignments of neighbours to places of a template (template_search.h). */
#ifndef SPILLWAY_STRUCTURE_TEMPLATE_TREE_H
#define SPILLWAY_STRUCTURE_TEMPLATE_TREE_H

#include "structure/template_search.h"

/* Tries every assignment that may be below the limit, until none is left or the search is finished.
 * Expects lanes, limit and bound. */
void sw_template_tree_search(sw_template_search *search);

#endif
