/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What wustite is in equilibrium with. */
#ifndef DIAGRAMS_WUSTITE_H
#define DIAGRAMS_WUSTITE_H

#include <spillway/instrument.h>

/* pH2O/pH2 of wustite with iron, magnetite with wustite, and magnetite with iron. */
SW_MUST_USE sw_status sw_wustite_water_ratios(double *with_iron, double *with_magnetite,
                                              double *magnetite_iron, double temperature,
                                              sw_error *error);
/* The temperature at which all three are equal, K. */
SW_MUST_USE sw_status sw_wustite_eutectoid(double *temperature, sw_error *error);
/* Numbers of its range of compositions, where the model has one. */
SW_MUST_USE sw_status sw_wustite_add_compositions(sw_measurement *measurement, double temperature,
                                                  sw_error *error);

#endif
