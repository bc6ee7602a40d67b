/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/bisection.h"

double sw_bisect(sw_rising_function function, const void *user, double low, double high,
                 double wanted, int halvings) {
    if (function(user, high) <= wanted)
        return high;
    for (int i = 0; i < halvings; i++) {
        double middle = 0.5 * (low + high);
        if (function(user, middle) < wanted)
            low = middle;
        else
            high = middle;
    }
    return 0.5 * (low + high);
}
