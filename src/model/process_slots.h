/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pattern of a process: its slots, and what changes on them. */
#ifndef SPILLWAY_MODEL_PROCESS_SLOTS_H
#define SPILLWAY_MODEL_PROCESS_SLOTS_H

#include "model/sections.h"

/* Fills process->slot from the keys sites, change and open of a process. */
bool sw_process_slots_read(sw_reading *reading, sw_process *process, const sw_node *node);
/* Index of the slot that a scalar names. */
bool sw_read_slot(sw_reading *reading, const sw_process *process, const sw_node *node, int *slot);

#endif
