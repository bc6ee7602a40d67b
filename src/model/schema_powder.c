/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys of a powder model. */
#include "model/schema.h"

static const sw_key feed_keys[] = {
    {"mass", SW_KEY_QUANTITY, .dimension = SW_MASS, .required = true, SW_ABOVE_ZERO,
     .help = "of the sample as it is weighed in"},
    {"iron", SW_KEY_CHOICE, .choices = "oxide|metal", .fallback = "oxide",
     .help = "Fe2O3, or bcc iron"},
    {"nickel", SW_KEY_CHOICE, .choices = "none|metal|oxide", .fallback = "none",
     .help = "what is mixed to it"},
    {"nickel_fraction", SW_KEY_QUANTITY, SW_BETWEEN(0, 1), .fallback = "0",
     .help = "mass of Ni in that of Fe and Ni"},
    {"size", SW_KEY_QUANTITY, .dimension = SW_LENGTH, .required = true, SW_ABOVE_ZERO,
     .help = "median diameter of the grains with the iron, by volume"},
    {"spread", SW_KEY_QUANTITY, .fallback = "1", SW_BETWEEN(1, 10),
     .help = "geometric standard deviation of their diameter"},
    {"bins", SW_KEY_INTEGER, .fallback = "3", SW_BETWEEN(1, 16), .help = "of size, of equal mass"},
};
static const sw_shape feed = SW_SHAPE("the feed", feed_keys);

static const sw_key bed_keys[] = {
    {"area", SW_KEY_QUANTITY, .dimension = SW_AREA, .required = true, SW_ABOVE_ZERO,
     .help = "through which gas gets into the bed"},
    {"porosity", SW_KEY_QUANTITY, .required = true, SW_BETWEEN(0.01, 0.99),
     .help = "gas in the volume of the bed"},
    {"pore", SW_KEY_QUANTITY, .dimension = SW_LENGTH, .required = true, SW_ABOVE_ZERO,
     .help = "diameter of its pores"},
    {"tortuosity", SW_KEY_QUANTITY, .fallback = "2", SW_BETWEEN(1, 100), .help = "of its pores"},
    {"stagnant", SW_KEY_QUANTITY, .dimension = SW_LENGTH, .required = true, SW_ABOVE_ZERO,
     .help = "thickness of the still gas above it"},
    {"volume", SW_KEY_QUANTITY, .dimension = SW_VOLUME, .required = true, SW_ABOVE_ZERO,
     .help = "of the stirred gas around it"},
    {"cells", SW_KEY_INTEGER, .fallback = "4", SW_BETWEEN(1, 200), .help = "along its depth"},
};
static const sw_shape bed = SW_SHAPE("the bed", bed_keys);

static const sw_key gas_keys[] = {
    {"flow", SW_KEY_QUANTITY, .dimension = SW_FLOW, .required = true, SW_ABOVE_ZERO,
     .help = "that is fed, at 0 degC and 1 atm"},
    {"pressure", SW_KEY_QUANTITY, .dimension = SW_PRESSURE, .fallback = "1 bar", SW_ABOVE_ZERO,
     .help = "of the whole gas"},
};
static const sw_shape gas = SW_SHAPE("the gas", gas_keys);

static const sw_key front_keys[] = {
    {"prefactor", SW_KEY_QUANTITY, .dimension = SW_VELOCITY, .required = true, SW_ABOVE_ZERO,
     .help = "oxygen taken, over area and hydrogen above its equilibrium"},
    {"barrier", SW_KEY_QUANTITY, .dimension = SW_ENERGY, .required = true, SW_BETWEEN(0, 10),
     .help = "of the same"},
    {"reference", SW_KEY_QUANTITY, .dimension = SW_TEMPERATURE, SW_ABOVE_ZERO,
     .help = "at which it is as fast as prefactor; default: none, prefactor x exp(-barrier / kT)"},
};
static const sw_shape front = SW_SHAPE("a front", front_keys);

static const sw_key activation_keys[] = {
    {"sticking", SW_KEY_QUANTITY, .fallback = "1", .bounded = true, .above = true, .low = 0,
     .high = 1, .help = "share of the collisions with H2 over the barrier"},
    {"barrier", SW_KEY_QUANTITY, .dimension = SW_ENERGY, .required = true, SW_BETWEEN(0, 10),
     .help = "to dissociate H2 on the oxide"},
};
static const sw_shape activation = SW_SHAPE("the activation", activation_keys);

static const sw_key desorption_keys[] = {
    {"prefactor", SW_KEY_QUANTITY, .dimension = SW_RATE, .required = true, SW_ABOVE_ZERO,
     .help = "of water that leaves a site"},
    {"barrier", SW_KEY_QUANTITY, .dimension = SW_ENERGY, .required = true, SW_BETWEEN(0, 10),
     .help = "of the same"},
    {"hematite", SW_KEY_QUANTITY, .dimension = SW_ENERGY, SW_BETWEEN(0, 10),
     .help = "its barrier on Fe2O3; default: as on the others"},
    {"site", SW_KEY_QUANTITY, .dimension = SW_AREA, .fallback = "10 A2", SW_ABOVE_ZERO,
     .help = "area of a site"},
};
static const sw_shape desorption = SW_SHAPE("the desorption", desorption_keys);

static const sw_key oxide_keys[] = {
    {"prefactor", SW_KEY_QUANTITY, .dimension = SW_RATE, .required = true, SW_ABOVE_ZERO,
     .help = "in hydrogen of 1 bar"},
    {"barrier", SW_KEY_QUANTITY, .dimension = SW_ENERGY, .required = true, SW_BETWEEN(0, 10),
     .help = "of the same"},
    {"growth", SW_KEY_QUANTITY, .fallback = "0", SW_BETWEEN(0, 5), .help = "power of the reduced"},
    {"decay", SW_KEY_QUANTITY, .fallback = "1", SW_BETWEEN(0.5, 5),
     .help = "power of what is left"},
};
static const sw_shape nickel_oxide = SW_SHAPE("nickel_oxide", oxide_keys);

static const sw_key layer_keys[] = {
    {"porosity", SW_KEY_QUANTITY, .required = true, .bounded = true, .above = true, .low = 0,
     .high = 1, .help = "of the product around a grain's core"},
    {"pore", SW_KEY_QUANTITY, .dimension = SW_LENGTH, .required = true, SW_ABOVE_ZERO,
     .help = "diameter of its pores"},
    {"tortuosity", SW_KEY_QUANTITY, .fallback = "2", SW_BETWEEN(1, 100), .help = "of its pores"},
};
static const sw_shape layer = SW_SHAPE("the product layer", layer_keys);

static const sw_key kinetics_keys[] = {
    {"hematite", SW_KEY_SHAPE, .shape = &front, .required = true, .help = "Fe2O3 to Fe3O4"},
    {"magnetite", SW_KEY_SHAPE, .shape = &front, .required = true, .help = "Fe3O4 to FeO"},
    {"wustite", SW_KEY_SHAPE, .shape = &front, .required = true, .help = "FeO to Fe"},
    {"activation", SW_KEY_SHAPE, .shape = &activation, .help = "of H2 where no metal does it"},
    {"desorption", SW_KEY_SHAPE, .shape = &desorption, .help = "of water, from pairs of hydroxyls"},
    {"nickel_oxide", SW_KEY_SHAPE, .shape = &nickel_oxide, .help = "NiO to Ni"},
    {"product_layer", SW_KEY_SHAPE, .shape = &layer, .help = "through which gas gets to a front"},
};
static const sw_shape kinetics = SW_SHAPE("the kinetics", kinetics_keys);

static const sw_key nucleation_keys[] = {
    {"rate", SW_KEY_QUANTITY, .dimension = SW_RATE, .required = true, SW_ABOVE_ZERO,
     .help = "nuclei of bcc on `area` at 700 degC where hydrogen is at hand, without barrier"},
    {"area", SW_KEY_QUANTITY, .dimension = SW_AREA, .fallback = "1 um2", SW_ABOVE_ZERO,
     .help = "of bare wustite"},
    {"barrier", SW_KEY_QUANTITY, .required = true, SW_BETWEEN(0, 1e6),
     .help = "b in exp(-b / ln^2 supersaturation)"},
};
static const sw_shape nucleation = SW_SHAPE("the nucleation", nucleation_keys);

static const sw_key nickel_keys[] = {
    {"contact_size", SW_KEY_QUANTITY, .dimension = SW_LENGTH, .required = true, SW_ABOVE_ZERO,
     .help = "of the nickel-bearing particles as they lie on the oxide"},
    {"grain", SW_KEY_QUANTITY, .dimension = SW_LENGTH, .required = true, SW_ABOVE_ZERO,
     .help = "of the metal: of its particles, or what NiO becomes"},
    {"touching", SW_KEY_QUANTITY, .required = true, SW_BETWEEN(0, 1),
     .help = "share of the surface that touches another particle"},
    {"neck", SW_KEY_QUANTITY, .fallback = "0.2", .bounded = true, .above = true, .low = 0,
     .high = 1, .help = "radius of a contact over that of a grain"},
    {"encapsulation", SW_KEY_QUANTITY, .dimension = SW_LENGTH, SW_ABOVE_ZERO,
     .help = "iron on nickel that stops its hydrogen; default: none does"},
};
static const sw_shape nickel = SW_SHAPE("the nickel", nickel_keys);

static const sw_key spillover_keys[] = {
    {"length", SW_KEY_QUANTITY, .dimension = SW_LENGTH, .required = true, SW_ABOVE_ZERO,
     .help = "how far hydrogen gets over the oxide"},
    {"barrier", SW_KEY_QUANTITY, .dimension = SW_ENERGY, .fallback = "0 eV", SW_BETWEEN(-5, 5),
     .help = "length goes with exp(barrier / kT)"},
    {"reference", SW_KEY_QUANTITY, .dimension = SW_TEMPERATURE, .fallback = "700 degC",
     SW_ABOVE_ZERO, .help = "temperature of that length"},
};
static const sw_shape spillover = SW_SHAPE("the spillover", spillover_keys);

static const sw_key alloying_keys[] = {
    {"depth", SW_KEY_QUANTITY, .dimension = SW_LENGTH, .required = true, SW_ABOVE_ZERO,
     .help = "of nickel that iron mixes with as it is made"},
};
static const sw_shape alloying = SW_SHAPE("the alloying", alloying_keys);

static const sw_key metallothermic_keys[] = {
    {"prefactor", SW_KEY_QUANTITY, .dimension = SW_VELOCITY, .required = true, SW_ABOVE_ZERO,
     .help = "nickel used at the contacts"},
    {"barrier", SW_KEY_QUANTITY, .dimension = SW_ENERGY, .required = true, SW_BETWEEN(0, 10),
     .help = "of the same"},
};
static const sw_shape metallothermic = SW_SHAPE("metallothermic", metallothermic_keys);

static const sw_key leg_keys[] = {
    {"duration", SW_KEY_QUANTITY, .dimension = SW_TIME, .required = true, SW_ABOVE_ZERO,
     .help = "of the leg"},
    {"temperature", SW_KEY_QUANTITY, .dimension = SW_TEMPERATURE, SW_BETWEEN(298.15, 1600),
     .help = "at its end; default: as before"},
    {"ramp", SW_KEY_FLAG, .fallback = "false", .help = "linear from the leg before, else a switch"},
    {"hydrogen", SW_KEY_QUANTITY, SW_BETWEEN(0, 1),
     .help = "in the gas that is fed; default: as before"},
    {"water", SW_KEY_QUANTITY, SW_BETWEEN(0, 1),
     .help = "in the gas that is fed; default: as before"},
};
static const sw_shape leg = SW_SHAPE("a leg", leg_keys);

static const sw_key run_keys[] = {
    {"temperature", SW_KEY_QUANTITY, .dimension = SW_TEMPERATURE, .required = true,
     SW_BETWEEN(298.15, 1600), .help = "at the start"},
    {"time", SW_KEY_QUANTITY, .dimension = SW_TIME, SW_ABOVE_ZERO,
     .help = "simulated; default: the whole programme"},
    {"observe", SW_KEY_QUANTITY, .dimension = SW_TIME, SW_ABOVE_ZERO,
     .help = "between two rows; default: 400 rows"},
    {"tolerance", SW_KEY_QUANTITY, .fallback = "1e-5", SW_BETWEEN(1e-10, 1e-2),
     .help = "relative, of the integrator"},
};
static const sw_shape run = SW_SHAPE("the run", run_keys);

static const sw_key criteria_keys[] = {
    {"saturation", SW_KEY_QUANTITY, .fallback = "0.95", SW_BETWEEN(0.01, 1),
     .help = "share of the last conversion that counts as saturated"},
    {"onset", SW_KEY_QUANTITY, .fallback = "0.05", SW_BETWEEN(1e-6, 1),
     .help = "conversion that counts as the onset"},
};
static const sw_shape criteria = SW_SHAPE("the criteria", criteria_keys);

static const sw_key root_keys[] = {
    SW_HEADER_ROWS,
    {"feed", SW_KEY_SHAPE, .shape = &feed, .required = true, .help = "what is weighed in"},
    {"bed", SW_KEY_SHAPE, .shape = &bed, .required = true, .help = "how it lies in the gas"},
    {"gas", SW_KEY_SHAPE, .shape = &gas, .required = true, .help = "what flows past it"},
    {"kinetics", SW_KEY_SHAPE, .shape = &kinetics, .required = true,
     .help = "how fast oxygen goes"},
    {"nucleation", SW_KEY_SHAPE, .shape = &nucleation, .help = "of bcc; default: at once"},
    {"nickel", SW_KEY_SHAPE, .shape = &nickel, .help = "its contacts; default: it touches nothing"},
    {"spillover", SW_KEY_SHAPE, .shape = &spillover, .help = "of hydrogen from metal to oxide"},
    {"alloying", SW_KEY_SHAPE, .shape = &alloying, .help = "fcc that grows from the contacts"},
    {"metallothermic", SW_KEY_SHAPE, .shape = &metallothermic, .help = "Ni that takes the oxygen"},
    {"programme", SW_KEY_SHAPE, SW_FORM_LIST, .shape = &leg, .required = true,
     .help = "temperature and gas against time"},
    {"run", SW_KEY_SHAPE, .shape = &run, .required = true, .help = "how it is followed"},
    {"criteria", SW_KEY_SHAPE, .shape = &criteria, .help = "of the numbers that are reported"},
    SW_CLOSING_ROWS,
};
const sw_shape sw_schema_powder = SW_SHAPE("the model", root_keys);
