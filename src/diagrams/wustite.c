/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diagrams/wustite.h"

#include <spillway/thermo.h>

#define COLDEST 700.0
#define HOTTEST 1000.0

sw_status wustite_water_ratios(double *with_iron, double *with_magnetite, double *magnetite_iron,
                               double temperature, sw_error *error) {
    sw_status status = sw_reaction_water_ratio(
        with_iron, NULL, "Fe0.947O + H2 = 0.947 Fe + H2O", temperature, error);
    if (status == SW_OK)
        status = sw_reaction_water_ratio(with_magnetite, NULL,
                                         "0.947 Fe3O4 + 0.788 H2 = 3 Fe0.947O + 0.788 H2O",
                                         temperature, error);
    if (status == SW_OK)
        status = sw_reaction_water_ratio(magnetite_iron, NULL, "Fe3O4 + 4 H2 = 3 Fe + 4 H2O",
                                         temperature, error);
    return status;
}

sw_status wustite_eutectoid(double *temperature, sw_error *error) {
    double low = COLDEST, high = HOTTEST, iron, magnetite, both;
    sw_status status = SW_OK;
    while (high - low > 1e-9 * high && status == SW_OK) {
        const double middle = 0.5 * (low + high);
        status = wustite_water_ratios(&iron, &magnetite, &both, middle, error);
        if (iron > magnetite)
            low = middle;
        else
            high = middle;
    }
    *temperature = 0.5 * (low + high);
    return status;
}

sw_status wustite_add_compositions(sw_measurement *measurement, double temperature,
                                   sw_error *error) {
    (void)temperature, (void)error;
    return sw_measurement_note(measurement, "wustite is Fe0.947O here, one composition");
}
