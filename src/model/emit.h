/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nodes back to YAML text. */
#ifndef SPILLWAY_MODEL_EMIT_H
#define SPILLWAY_MODEL_EMIT_H

#include "base/text.h"
#include "model/node.h"

/* Appends a mapping as YAML that reads back to the same nodes. */
void sw_yaml_write(sw_text *text, const sw_node *root);

#endif
