/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of a model file: quantities with units, and references $name to parameters. */
#ifndef SPILLWAY_MODEL_QUANTITY_H
#define SPILLWAY_MODEL_QUANTITY_H

#include "model/reading.h"

/* Reads the parameters section into the model: values, dimensions, provenance. */
bool sw_parameters_read(sw_reading *reading);
/* Fails where a parameter was never referred to; but one that settings left without use goes, from
 * the tree too, unless a setting gave it its value. */
bool sw_parameters_check_used(sw_reading *reading);

/* A scalar as a quantity of a dimension, or the parameter that it names ($name, -$name). */
bool sw_read_quantity(sw_reading *reading, const sw_node *node, sw_dimension dimension,
                      double *value);
/* The parameter a scalar refers to, with its sign; *parameter is NULL where it is no reference. */
bool sw_read_reference(sw_reading *reading, const sw_node *node, const sw_parameter **parameter,
                       double *sign);
/* A distance in A: a name of frame.distances, lattice constants, or a length. Not negative, unless
 * `is_signed` (an offset). */
bool sw_read_distance(sw_reading *reading, const sw_node *node, bool is_signed, double *value);

#endif
