/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/student.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

double sw_student_t95(double freedom) {
    return freedom >= 1.0 ? gsl_cdf_tdist_Pinv(0.975, freedom) : INFINITY;
}
