/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes to a model before it is checked: --set, ablations, and what --without leaves out. */
#ifndef SPILLWAY_MODEL_SETTING_H
#define SPILLWAY_MODEL_SETTING_H

#include "model/reading.h"

/* Stands for a path: its value is the name of an experiment of the model, all of whose settings are
 * then put. */
#define SW_EXPERIMENT "experiment"

/* Puts a value at a dotted path ("run.events", "frame.size[0]") or into a parameter by its name. */
bool sw_setting_apply(sw_reading *reading, const sw_setting *setting);
/* Lists the experiments and mechanisms of the model, applies the ablations among `names` and those of the file,
 * and keeps the others in reading->without and in the tree. */
bool sw_without_apply(sw_reading *reading, const char *const *names, size_t count);
/* True where a process is left out. */
bool sw_without_has(const sw_reading *reading, const char *name);

#endif
