/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/units.h"

#include <string.h>

#define MINUTE 60.0
#define HOUR 3600.0
#define LITRE 1.0e-3        /* m3 */
#define CALORIE 4.184       /* J, thermochemical */
#define ATMOSPHERE 101325.0 /* Pa */

typedef struct dimension_row {
    const char *name;
    const char *with_article;
} dimension_row;

static const dimension_row dimensions[SW_DIMENSION_COUNT] = {
    [SW_NUMBER] = {"number", "a number"},
    [SW_LENGTH] = {"length", "a length"},
    [SW_ENERGY] = {"energy", "an energy"},
    [SW_TEMPERATURE] = {"temperature", "a temperature"},
    [SW_TIME] = {"time", "a time"},
    [SW_RATE] = {"rate", "a rate"},
    [SW_PRESSURE] = {"pressure", "a pressure"},
    [SW_HEATING_RATE] = {"heating rate", "a heating rate"},
    [SW_VOLUME] = {"volume", "a volume"},
    [SW_FLOW] = {"flow", "a flow"},
    [SW_MASS] = {"mass", "a mass"},
    [SW_ANGLE] = {"angle", "an angle"},
    [SW_ENTROPY] = {"entropy", "an entropy"},
    [SW_SURFACE_ENERGY] = {"surface energy", "a surface energy"},
    [SW_AREA] = {"area", "an area"},
    [SW_VELOCITY] = {"velocity", "a velocity"},
    [SW_DIFFUSIVITY] = {"diffusion coefficient", "a diffusion coefficient"},
};

/* The first row of each dimension is the unit used inside. */
static const sw_unit units[] = {
    {SW_NUMBER, false, "", 1, 0},
    {SW_NUMBER, false, "%", 0.01, 0},

    {SW_LENGTH, false, "A", 1, 0},
    {SW_LENGTH, false, "pm", 0.01, 0},
    {SW_LENGTH, false, "nm", 10, 0},
    {SW_LENGTH, false, "um", 1e4, 0},
    {SW_LENGTH, false, "mm", 1e7, 0},
    {SW_LENGTH, false, "m", 1e10, 0},
    {SW_LENGTH, true, "\u00c5", 1, 0},
    {SW_LENGTH, true, "\u212b", 1, 0},
    {SW_LENGTH, true, "Angstrom", 1, 0},
    {SW_LENGTH, true, "\u00b5m", 1e4, 0},
    {SW_LENGTH, true, "\u03bcm", 1e4, 0},

    {SW_ENERGY, false, "eV", 1, 0},
    {SW_ENERGY, false, "meV", 1e-3, 0},
    {SW_ENERGY, false, "kJ/mol", 1e3 * SW_JOULE_PER_MOLE, 0},
    {SW_ENERGY, false, "J/mol", SW_JOULE_PER_MOLE, 0},
    {SW_ENERGY, false, "kcal/mol", 1e3 * CALORIE *SW_JOULE_PER_MOLE, 0},

    {SW_TEMPERATURE, false, "K", 1, 0},
    {SW_TEMPERATURE, false, "degC", 1, SW_ICE_POINT},
    {SW_TEMPERATURE, true, "\u00b0C", 1, SW_ICE_POINT},
    {SW_TEMPERATURE, true, "\u2103", 1, SW_ICE_POINT},

    {SW_TIME, false, "s", 1, 0},
    {SW_TIME, false, "fs", 1e-15, 0},
    {SW_TIME, false, "ps", 1e-12, 0},
    {SW_TIME, false, "ns", 1e-9, 0},
    {SW_TIME, false, "us", 1e-6, 0},
    {SW_TIME, false, "ms", 1e-3, 0},
    {SW_TIME, false, "min", MINUTE, 0},
    {SW_TIME, false, "h", HOUR, 0},
    {SW_TIME, true, "\u00b5s", 1e-6, 0},
    {SW_TIME, true, "\u03bcs", 1e-6, 0},

    {SW_RATE, false, "1/s", 1, 0},
    {SW_RATE, false, "/s", 1, 0},
    {SW_RATE, false, "Hz", 1, 0},
    {SW_RATE, false, "kHz", 1e3, 0},
    {SW_RATE, false, "MHz", 1e6, 0},
    {SW_RATE, false, "THz", 1e12, 0},
    {SW_RATE, false, "/min", 1 / MINUTE, 0},
    {SW_RATE, false, "/h", 1 / HOUR, 0},
    {SW_RATE, true, "1/min", 1 / MINUTE, 0},
    {SW_RATE, true, "1/h", 1 / HOUR, 0},
    {SW_RATE, true, "s-1", 1, 0},
    {SW_RATE, true, "s^-1", 1, 0},

    {SW_PRESSURE, false, "Pa", 1, 0},
    {SW_PRESSURE, false, "kPa", 1e3, 0},
    {SW_PRESSURE, false, "MPa", 1e6, 0},
    {SW_PRESSURE, false, "mbar", 1e-3 * SW_BAR, 0},
    {SW_PRESSURE, false, "bar", SW_BAR, 0},
    {SW_PRESSURE, false, "atm", ATMOSPHERE, 0},
    {SW_PRESSURE, false, "Torr", ATMOSPHERE / 760, 0},

    {SW_HEATING_RATE, false, "K/s", 1, 0},
    {SW_HEATING_RATE, false, "K/min", 1 / MINUTE, 0},
    {SW_HEATING_RATE, false, "K/h", 1 / HOUR, 0},
    {SW_HEATING_RATE, false, "K/us", 1e6, 0},
    {SW_HEATING_RATE, false, "K/ns", 1e9, 0},
    {SW_HEATING_RATE, false, "degC/s", 1, 0},
    {SW_HEATING_RATE, false, "degC/min", 1 / MINUTE, 0},
    {SW_HEATING_RATE, true, "\u00b0C/s", 1, 0},
    {SW_HEATING_RATE, true, "\u00b0C/min", 1 / MINUTE, 0},

    {SW_VOLUME, false, "m3", 1, 0},
    {SW_VOLUME, false, "l", LITRE, 0},
    {SW_VOLUME, false, "ml", 1e-3 * LITRE, 0},
    {SW_VOLUME, false, "ul", 1e-6 * LITRE, 0},
    {SW_VOLUME, false, "nl", 1e-9 * LITRE, 0},
    {SW_VOLUME, false, "cm3", 1e-6, 0},
    {SW_VOLUME, false, "nm3", 1e-27, 0},
    {SW_VOLUME, false, "A3", 1e-30, 0},

    {SW_FLOW, false, "m3/s", 1, 0},
    {SW_FLOW, false, "l/h", LITRE / HOUR, 0},
    {SW_FLOW, false, "l/min", LITRE / MINUTE, 0},
    {SW_FLOW, false, "ml/min", 1e-3 * LITRE / MINUTE, 0},
    {SW_FLOW, false, "cm3/s", 1e-6, 0},
    {SW_FLOW, false, "nl/s", 1e-9 * LITRE, 0},

    {SW_MASS, false, "amu", 1, 0},
    {SW_MASS, false, "kg", 1 / SW_ATOMIC_MASS, 0},
    {SW_MASS, false, "g", 1e-3 / SW_ATOMIC_MASS, 0},
    {SW_MASS, false, "mg", 1e-6 / SW_ATOMIC_MASS, 0},

    {SW_ANGLE, false, "rad", 1, 0},
    {SW_ANGLE, false, "mrad", 1e-3, 0},
    {SW_ANGLE, false, "deg", SW_RADIAN_PER_DEGREE, 0},
    {SW_ANGLE, true, "\u00b0", SW_RADIAN_PER_DEGREE, 0},

    {SW_ENTROPY, false, "eV/K", 1, 0},
    {SW_ENTROPY, false, "meV/K", 1e-3, 0},
    {SW_ENTROPY, false, "J/mol/K", SW_JOULE_PER_MOLE, 0},
    {SW_ENTROPY, true, "J/(mol K)", SW_JOULE_PER_MOLE, 0},

    {SW_SURFACE_ENERGY, false, "eV/A2", 1, 0},
    {SW_SURFACE_ENERGY, false, "J/m2", 1e-20 / SW_ELECTRONVOLT, 0},

    {SW_AREA, false, "A2", 1, 0},
    {SW_AREA, false, "pm2", 1e-4, 0},
    {SW_AREA, false, "nm2", 100, 0},
    {SW_AREA, false, "um2", 1e8, 0},
    {SW_AREA, false, "mm2", 1e14, 0},
    {SW_AREA, false, "cm2", 1e16, 0},
    {SW_AREA, false, "m2", 1e20, 0},
    {SW_VELOCITY, false, "A/s", 1, 0},
    {SW_VELOCITY, false, "nm/s", 10, 0},
    {SW_VELOCITY, false, "um/s", 1e4, 0},
    {SW_VELOCITY, false, "mm/s", 1e7, 0},
    {SW_VELOCITY, false, "cm/s", 1e8, 0},
    {SW_VELOCITY, false, "m/s", 1e10, 0},
    {SW_DIFFUSIVITY, false, "A2/s", 1, 0},
    {SW_DIFFUSIVITY, false, "nm2/s", 1e2, 0},
    {SW_DIFFUSIVITY, false, "um2/s", 1e8, 0},
    {SW_DIFFUSIVITY, false, "mm2/s", 1e14, 0},
    {SW_DIFFUSIVITY, false, "cm2/s", 1e16, 0},
    {SW_DIFFUSIVITY, false, "m2/s", 1e20, 0},

    {SW_AREA, true, "\u00c52", 1, 0},
    {SW_AREA, true, "\u212b2", 1, 0},
    {SW_AREA, true, "Angstrom2", 1, 0},
    {SW_AREA, true, "\u00b5m2", 1e8, 0},
    {SW_AREA, true, "\u03bcm2", 1e8, 0},
};
#define UNIT_COUNT (sizeof units / sizeof *units)

static bool is_dimension(sw_dimension dimension) {
    return (size_t)dimension < SW_DIMENSION_COUNT;
}

const char *sw_dimension_name(sw_dimension dimension) {
    return is_dimension(dimension) ? dimensions[dimension].name : "unknown dimension";
}

const char *sw_dimension_unit(sw_dimension dimension) {
    for (size_t i = 0; i < UNIT_COUNT; i++)
        if (units[i].dimension == dimension)
            return units[i].name;
    return "";
}

const char *sw_dimension_with_article(sw_dimension dimension) {
    return is_dimension(dimension) ? dimensions[dimension].with_article : "an unknown dimension";
}

size_t sw_unit_count(void) {
    return UNIT_COUNT;
}

const sw_unit *sw_unit_at(size_t index) {
    return &units[index];
}

const sw_unit *sw_unit_find(const char *name, sw_dimension dimension) {
    for (size_t i = 0; i < UNIT_COUNT; i++)
        if (units[i].dimension == dimension && strcmp(units[i].name, name) == 0)
            return &units[i];
    return NULL;
}

bool sw_unit_factor(double *factor, double *offset, const char *unit, sw_dimension dimension) {
    const sw_unit *row = sw_unit_find(unit, dimension);
    if (!row)
        return false;
    *factor = row->factor;
    *offset = row->offset;
    return true;
}
