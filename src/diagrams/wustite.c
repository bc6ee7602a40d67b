/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diagrams/wustite.h"

#include <spillway/thermo.h>

#include <math.h>

#define COLDEST 700.0
#define HOTTEST 1000.0

sw_status sw_wustite_water_ratios(double *with_iron, double *with_magnetite, double *magnetite_iron,
                                  double temperature, sw_error *error) {
    sw_wustite_state iron, magnetite;
    sw_status status = sw_wustite_with_iron(&iron, temperature, error);
    if (status == SW_OK)
        status = sw_wustite_with_magnetite(&magnetite, temperature, error);
    if (status == SW_OK)
        status = sw_magnetite_with_iron(magnetite_iron, temperature, error);
    *with_iron = status == SW_OK ? iron.water_ratio : 0.0;
    *with_magnetite = status == SW_OK ? magnetite.water_ratio : 0.0;
    return status;
}

sw_status sw_wustite_eutectoid(double *temperature, sw_error *error) {
    double low = COLDEST, high = HOTTEST, iron, magnetite, both; /* ratios */
    sw_status status = SW_OK;
    while (high - low > 1e-9 * high && status == SW_OK) {
        const double middle = 0.5 * (low + high);
        status = sw_wustite_water_ratios(&iron, &magnetite, &both, middle, error);
        if (iron > magnetite)
            low = middle;
        else
            high = middle;
    }
    *temperature = 0.5 * (low + high);
    return status;
}

sw_status sw_wustite_add_compositions(sw_measurement *measurement, double temperature,
                                      sw_error *error) {
    sw_wustite_state iron, magnetite;
    sw_status status = sw_wustite_with_iron(&iron, temperature, error);
    if (status == SW_OK)
        status = sw_wustite_with_magnetite(&magnetite, temperature, error);
    if (status == SW_OK)
        status = sw_measurement_add(measurement, "Fe/O with iron", iron.iron_per_oxygen,
                                    (double)NAN, (double)NAN, "", "wustite beside iron");
    if (status == SW_OK)
        status = sw_measurement_add(measurement, "Fe/O with magnetite", magnetite.iron_per_oxygen,
                                    (double)NAN, (double)NAN, "", "wustite beside magnetite");
    return status;
}
