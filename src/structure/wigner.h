/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wigner's 3j symbols of three equal angular momenta, for invariants of the third order. */
#ifndef SPILLWAY_STRUCTURE_WIGNER_H
#define SPILLWAY_STRUCTURE_WIGNER_H

/* ( l  l  l ; m1  m2  -m1-m2 ) by Racah's formula, to 1e-14 for l up to 12; 0 where |m| > l. */
double sw_wigner_3j(int l, int m1, int m2);

#endif
