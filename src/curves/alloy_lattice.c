/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "curves/alloy_lattice.h"

#include <spillway/base.h>

#include <math.h>

double sw_lattice_of_iron(double temperature) {
    return 3.5519 + 8.1593e-5 * temperature;
}

static double nickel_length(double celsius) {
    return 1.0 + celsius * (1.346e-5 + 3.315e-9 * celsius);
}

double sw_lattice_of_nickel(double temperature) {
    return 3.5238 * nickel_length(temperature - SW_ICE_POINT) / nickel_length(20.0);
}

/* iron + x (nickel - iron + b) - b x^2 = lattice */
double sw_nickel_of_lattice(double lattice, double iron, double nickel, double bowing) {
    double linear = nickel - iron + bowing, constant = iron - lattice;
    double root = linear * linear + 4.0 * bowing * constant;
    if (root < 0.0 || linear == 0.0)
        return (double)NAN;
    /* the branch that is the straight line where b = 0, without cancellation */
    return -2.0 * constant / (linear + copysign(sqrt(root), linear));
}
