/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How thermobalances and diffractometers name their columns and write their units. */
#include "curves/named_column.h"

#include <stddef.h>

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})
#define UNITS(...) ((const sw_unit_spelling[]){__VA_ARGS__, {NULL, 0.0, 0.0}})
static const char *const nothing[] = {NULL};

const sw_quantity_names sw_names_of_time = {
    .what = "time",
    .symbols = LIST("t", "t_s", "t_min"),
    .words = LIST("time", "zeit", "temps", "elapsed"),
    .better = nothing,
    .worse = LIST("segment", "absolute", "clock"),
    .never = LIST("rate", "/dt"),
    .units = UNITS({"s", 1.0, 0.0}, {"min", 60.0, 0.0}, {"h", 3600.0, 0.0}, {"sec", 1.0, 0.0},
                   {"seconds", 1.0, 0.0}, {"second", 1.0, 0.0}, {"minutes", 60.0, 0.0},
                   {"minute", 60.0, 0.0}, {"mins", 60.0, 0.0}, {"min.", 60.0, 0.0},
                   {"hours", 3600.0, 0.0}, {"hour", 3600.0, 0.0}, {"hr", 3600.0, 0.0},
                   {"hrs", 3600.0, 0.0}, {"ms", 1e-3, 0.0}, {"days", 86400.0, 0.0}),
    .needs_unit = true,
};

const sw_quantity_names sw_names_of_temperature = {
    .what = "temperature",
    .symbols = LIST("T", "Ts", "T_s", "Tr", "T_sample"),
    .words = LIST("temp", "sample temp", "program temp", "temperatur", "ts (", "theta_s"),
    .better = LIST("sample", "ts"),
    .worse = LIST("program", "reference", "furnace", "set", "oven", "tr", "ambient"),
    .never = LIST("rate", "/dt", "deriv", "time", "difference", "delta", "log"),
    .units =
        UNITS({"K", 1.0, 0.0}, {"degC", 1.0, SW_ICE_POINT}, {"C", 1.0, SW_ICE_POINT},
              {"\xc2\xb0"
               "C",
               1.0, SW_ICE_POINT},
              {"\xb0"
               "C",
               1.0, SW_ICE_POINT},
              {"Kelvin", 1.0, 0.0}, {"Celsius", 1.0, SW_ICE_POINT}, {"deg C", 1.0, SW_ICE_POINT},
              {"deg. C", 1.0, SW_ICE_POINT}, {"degrees C", 1.0, SW_ICE_POINT},
              {"Cel", 1.0, SW_ICE_POINT}, {"oC", 1.0, SW_ICE_POINT},
              {"F", 5.0 / 9.0, 255.372222222222}, {"degF", 5.0 / 9.0, 255.372222222222}),
    .needs_unit = true,
};

/* Masses stay as they are but for the scale of mg; % and fractions are kept apart by their unit. */
const sw_quantity_names sw_names_of_mass = {
    .what = "mass",
    .symbols = LIST("m", "TG", "TGA", "W", "w", "M"),
    .words = LIST("mass", "weight", "masse", "gewicht", "tg ", "tga ", "tg(", "tg/", "wt", "tg_",
                  "poids", "unsubtracted weight"),
    .better = LIST("corr", "sample", "subtracted"),
    .worse = LIST("baseline", "unsubtracted", "initial", "spec"),
    .never = LIST("dtg", "deriv", "rate", "/dt", "dm", "dw", "dsc", "flow", "loss", "spectro"),
    .units =
        UNITS({"mg", 1.0, 0.0}, {"g", 1e3, 0.0}, {"ug", 1e-3, 0.0}, {"kg", 1e6, 0.0},
              {"\xc2\xb5g", 1e-3, 0.0}, {"%", 1.0, 0.0}, {"wt%", 1.0, 0.0}, {"wt.%", 1.0, 0.0},
              {"wt.-%", 1.0, 0.0}, {"wt. %", 1.0, 0.0}, {"wt %", 1.0, 0.0}, {"mass%", 1.0, 0.0},
              {"mass-%", 1.0, 0.0}, {"percent", 1.0, 0.0}, {"fraction", 1.0, 0.0}, {"-", 1.0, 0.0},
              {"milligrams", 1.0, 0.0}, {"grams", 1e3, 0.0}),
    .needs_unit = false,
};

const sw_quantity_names sw_names_of_angle = {
    .what = "angle",
    .symbols = LIST("2th", "2Th", "2-theta", "tth", "TTH", "x", "X"),
    .words = LIST("2theta", "2-theta", "2 theta", "two theta", "two-theta", "twotheta", "tth",
                  "angle", "2\xce\xb8", "2th", "position", "pos.", "two_theta"),
    .better = nothing,
    .worse = LIST("omega"),
    .never = LIST("fwhm"),
    .units = UNITS({"deg", 1.0, 0.0}, {"\xc2\xb0", 1.0, 0.0}, {"\xb0", 1.0, 0.0},
                   {"degrees", 1.0, 0.0}, {"degree", 1.0, 0.0},
                   {"rad", 1.0 / SW_RADIAN_PER_DEGREE, 0.0}, {"\xc2\xb0 2\xce\xb8", 1.0, 0.0}),
    .needs_unit = false,
};

const sw_quantity_names sw_names_of_intensity = {
    .what = "intensity",
    .symbols = LIST("I", "y", "Y", "Yobs", "Iobs"),
    .words = LIST("intensity", "counts", "int.", "yobs", "iobs", "cps"),
    .better = nothing,
    .worse = LIST("calc", "rel", "background"),
    .never = LIST("error", "sigma", "esd", "time"),
    .units = UNITS({"counts", 1.0, 0.0}, {"cts", 1.0, 0.0}, {"a.u.", 1.0, 0.0},
                   {"arb. units", 1.0, 0.0}, {"cps", 1.0, 0.0}),
    .needs_unit = false,
};

const sw_quantity_names sw_names_of_length = {
    .what = "lattice",
    .symbols = LIST("a", "a_fcc", "a0"),
    .words = LIST("lattice", "a_", "fcc a", "a fcc", "cell"),
    .better = LIST("fcc"),
    .worse = LIST("bcc", "oxide"),
    .never = LIST("spread", "error", "sigma", "esd", "time"),
    .units = UNITS({"A", 1.0, 0.0}, {"\xc3\x85", 1.0, 0.0}, {"Angstrom", 1.0, 0.0},
                   {"nm", 10.0, 0.0}, {"pm", 0.01, 0.0}),
    .needs_unit = false,
};
