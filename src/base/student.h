/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Half-widths of 95 % intervals, in standard deviations. */
#ifndef SPILLWAY_BASE_STUDENT_H
#define SPILLWAY_BASE_STUDENT_H

#define SW_NORMAL_95 1.959963984540054 /* of the normal distribution */

/* Of Student's: t with P(|T| <= t) = 0.95; freedom need not be whole. Infinite where freedom < 1. */
double sw_student_t95(double freedom);

#endif
