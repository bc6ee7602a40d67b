/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys of a diffusion model. */
#include "model/schema.h"

static const sw_key alloy_keys[] = {
    {"elements", SW_KEY_TEXT, SW_FORM_LIST, .required = true,
     .help = "two to eight, as Fe and Ni; the first fills up where amounts are given"},
    {"database", SW_KEY_TEXT, .fallback = "built-in",
     .help = "built-in (Cr-Fe-Ni-O), or a TDB file"},
    {"mobilities", SW_KEY_TEXT, .fallback = "",
     .help = "jonsson or khorasgani of the built-in, or a TDB file that is added"},
    {"geometry", SW_KEY_CHOICE, .choices = "plane|cylinder|sphere", .fallback = "plane",
     .help = "of the layers; the first region is innermost"},
    {"markers", SW_KEY_FLAG, .fallback = "false",
     .help = "of two elements in one phase too: fluxes, and planes of the lattice"},
    {"cells", SW_KEY_INTEGER, .fallback = "400", SW_BETWEEN(16, 20000),
     .help = "of all regions together"},
};
static const sw_shape alloy = SW_SHAPE("the alloy", alloy_keys);

static const sw_key region_keys[] = {
    {"phase", SW_KEY_TEXT, .fallback = "FCC_A1", .help = "as the database calls it"},
    {"length", SW_KEY_QUANTITY, .dimension = SW_LENGTH, .required = true, SW_ABOVE_ZERO,
     .help = "from the end of the region before"},
    {"composition", SW_KEY_QUANTITY, SW_BETWEEN(0, 1),
     .help = "of two elements: the second's share"},
    {"contents", SW_KEY_QUANTITY, SW_FORM_NAMED, SW_BETWEEN(0, 1),
     .help = "the share of each element, as {Cr: 18 %, Ni: 8 %}; the first has the rest"},
    {"of", SW_KEY_CHOICE, .choices = "atoms|weight", .fallback = "atoms",
     .help = "what the shares are of: at% or wt%"},
};
static const sw_shape region = SW_SHAPE("a region", region_keys);

static const sw_key front_keys[] = {
    {"velocity", SW_KEY_QUANTITY, .dimension = SW_VELOCITY, .required = true, SW_ABOVE_ZERO,
     .help = "of the front into the oxide"},
    {"length", SW_KEY_QUANTITY, .dimension = SW_LENGTH, .required = true, SW_ABOVE_ZERO,
     .help = "interdiffusion coefficient of the cations over the velocity"},
    {"mobility_ratio", SW_KEY_QUANTITY, .fallback = "1", SW_BETWEEN(0.001, 1000),
     .help = "of the first element over the second"},
};
static const sw_shape front = SW_SHAPE("the front", front_keys);

static const sw_key mobility_keys[] = {
    {"diffusion", SW_KEY_QUANTITY, .dimension = SW_DIFFUSIVITY, .required = true, SW_ABOVE_ZERO,
     .help = "coefficient at infinite temperature and reference_vacancies"},
    {"barrier", SW_KEY_QUANTITY, .dimension = SW_ENERGY, .required = true, SW_BETWEEN(0, 10),
     .help = "of the coefficient"},
};
static const sw_shape mobility = SW_SHAPE("a mobility", mobility_keys);

static const sw_key face_keys[] = {
    {"kind", SW_KEY_CHOICE, .choices = "gas|metal|front|closed", .required = true,
     .help = "what the oxide ends at"},
    {"oxygen_pressure", SW_KEY_QUANTITY, .dimension = SW_PRESSURE, SW_ABOVE_ZERO,
     .help = "of a gas"},
    {"water_ratio", SW_KEY_QUANTITY, SW_BETWEEN(0, 1e6),
     .help = "pH2O/pH2 of a gas, or at a front with a rate"},
    {"reaction", SW_KEY_QUANTITY, .dimension = SW_VELOCITY, SW_ABOVE_ZERO,
     .help = "of a gas: growth without the reverse reaction; default: equilibrium"},
    {"nickel", SW_KEY_QUANTITY, .fallback = "0", SW_BETWEEN(0, 0.999),
     .help = "of a metal: its atom fraction"},
    {"velocity", SW_KEY_QUANTITY, .dimension = SW_VELOCITY, SW_ABOVE_ZERO,
     .help = "of a front into the oxide"},
    {"rate", SW_KEY_QUANTITY, .dimension = SW_VELOCITY, SW_ABOVE_ZERO,
     .help = "of a front: velocity at 1 bar of hydrogen without the reverse reaction"},
    {"hydrogen", SW_KEY_QUANTITY, .dimension = SW_PRESSURE, .fallback = "1 bar", SW_ABOVE_ZERO,
     .help = "at a front with a rate"},
};
static const sw_shape face = SW_SHAPE("a face", face_keys);

static const sw_key oxide_keys[] = {
    {"thickness", SW_KEY_QUANTITY, .dimension = SW_LENGTH, .required = true, SW_ABOVE_ZERO,
     .help = "at the start"},
    {"nickel", SW_KEY_QUANTITY, .fallback = "0", SW_BETWEEN(0, 0.9),
     .help = "share of the cations at the start"},
    {"vacancies", SW_KEY_QUANTITY, SW_BETWEEN(1e-6, 0.3),
     .help = "share of the cation sites at the start; default: linear between what the faces have"},
    {"mobilities", SW_KEY_SHAPE, SW_FORM_NAMED, .shape = &mobility, .required = true,
     .help = "of Fe and of Ni"},
    {"reference_vacancies", SW_KEY_QUANTITY, .fallback = "6 %", SW_BETWEEN(1e-6, 0.3),
     .help = "share of the cation sites for which the mobilities hold"},
    {"vacancy_order", SW_KEY_QUANTITY, .fallback = "1", SW_BETWEEN(0, 3),
     .help = "power of the vacancies with which diffusion coefficients grow"},
    {"first", SW_KEY_SHAPE, .shape = &face, .required = true, .help = "where it begins"},
    {"last", SW_KEY_SHAPE, .shape = &face, .required = true, .help = "where it ends"},
    {"metal", SW_KEY_CHOICE, .choices = "stable|fcc|bcc", .fallback = "stable",
     .help = "of metals at the faces; stable: what pure iron is at the temperature"},
    {"volume", SW_KEY_QUANTITY, .dimension = SW_VOLUME, .fallback = "20.0 A3", SW_ABOVE_ZERO,
     .help = "of the oxide per oxygen"},
    {"metal_volume", SW_KEY_QUANTITY, .dimension = SW_VOLUME, .fallback = "11.8 A3", SW_ABOVE_ZERO,
     .help = "of the metal per atom"},
    {"cells", SW_KEY_INTEGER, .fallback = "100", SW_BETWEEN(8, 20000), .help = "of the layer"},
};
static const sw_shape oxide = SW_SHAPE("the oxide", oxide_keys);

static const sw_key leg_keys[] = {
    {"duration", SW_KEY_QUANTITY, .dimension = SW_TIME, .required = true, SW_ABOVE_ZERO,
     .help = "of the leg"},
    {"temperature", SW_KEY_QUANTITY, .dimension = SW_TEMPERATURE, .required = true,
     SW_BETWEEN(298.15, 6000), .help = "at its end"},
    {"ramp", SW_KEY_FLAG, .fallback = "false", .help = "linear from the leg before, else a switch"},
};
static const sw_shape leg = SW_SHAPE("a leg", leg_keys);

static const sw_key run_keys[] = {
    {"temperature", SW_KEY_QUANTITY, .dimension = SW_TEMPERATURE, .required = true,
     SW_BETWEEN(298.15, 6000), .help = "at the start"},
    {"time", SW_KEY_QUANTITY, .dimension = SW_TIME, SW_ABOVE_ZERO,
     .help = "simulated; default: the whole programme"},
    {"observe", SW_KEY_QUANTITY, .dimension = SW_TIME, SW_ABOVE_ZERO,
     .help = "between two rows; default: 400 rows"},
    {"tolerance", SW_KEY_QUANTITY, .fallback = "3e-4", SW_BETWEEN(1e-9, 1e-2),
     .help = "error of the composition in a step"},
};
static const sw_shape run = SW_SHAPE("the run", run_keys);

static const sw_key criteria_keys[] = {
    {"homogeneous", SW_KEY_QUANTITY, .fallback = "0.02", SW_BETWEEN(1e-6, 1),
     .help = "largest spread of an element below which the couple counts as homogeneous"},
};
static const sw_shape criteria = SW_SHAPE("the criteria", criteria_keys);

static const sw_key root_keys[] = {
    SW_HEADER_ROWS,
    {"alloy", SW_KEY_SHAPE, .shape = &alloy, .help = "what it is made of"},
    {"regions", SW_KEY_SHAPE, SW_FORM_LIST, .shape = &region,
     .help = "from one end to the other, at the start"},
    {"oxide", SW_KEY_SHAPE, .shape = &oxide,
     .help = "in place of alloy and regions: (Fe,Ni)O between two faces"},
    {"front", SW_KEY_SHAPE, .shape = &front,
     .help = "reduction of an oxide from the first end; no database is asked"},
    {"programme", SW_KEY_SHAPE, SW_FORM_LIST, .shape = &leg,
     .help = "temperature against time; default: that of the run"},
    {"run", SW_KEY_SHAPE, .shape = &run, .required = true, .help = "how it is followed"},
    {"criteria", SW_KEY_SHAPE, .shape = &criteria, .help = "of the numbers that are reported"},
    SW_CLOSING_ROWS,
};
const sw_shape sw_schema_diffusion = SW_SHAPE("the model", root_keys);
