/* SPDX-License-Identifier: GPL-3.0-or-later */
/* YAML text to nodes, through the event parser of libfyaml. */
#ifndef SPILLWAY_MODEL_YAML_H
#define SPILLWAY_MODEL_YAML_H

#include "model/reading.h"

#define SW_MODEL_BYTE_LIMIT ((size_t)4 << 20)
#define SW_MODEL_NODE_LIMIT ((size_t)100000) /* in one load */
#define SW_MODEL_DEPTH_LIMIT 24
#define SW_MODEL_KEY_LIMIT 1024 /* in one mapping */

/*
 * Reads one document. Anchors, aliases, tags, a second document, names that occur twice in one
 * mapping, and texts beyond the limits above are errors. `file` is the name in messages and must
 * outlive the nodes. O(length).
 */
bool sw_yaml_read(sw_reading *reading, sw_node **root, const char *file, const char *bytes,
                  size_t length);

#endif
