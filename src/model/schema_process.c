/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys of gas, supply, spillover, processes, programme, run and observation. */
#include "model/schema.h"

static const sw_key bound_keys[] = {
    {"species", SW_KEY_SPECIES, .required = true, .help = "the neighbours that are counted"},
    {"distance", SW_KEY_DISTANCE, .required = true, .help = "within which they are counted"},
    {"at_least", SW_KEY_INTEGER, .fallback = "0", SW_BETWEEN(0, 1000), .help = "fewest"},
    {"at_most", SW_KEY_INTEGER, .fallback = "1000", SW_BETWEEN(0, 1000), .help = "most"},
};
const sw_shape sw_schema_bound = SW_SHAPE("bound", bound_keys);

static const sw_key void_neighbour_keys[] = {
    {"sites", SW_KEY_SITES, .required = true, .help = "kinds whose occupied sites are counted"},
    {"distance", SW_KEY_DISTANCE, .required = true, .help = "within which they are counted"},
    {"at_most", SW_KEY_INTEGER, .required = true, SW_BETWEEN(0, 1000), .help = "most"},
};
static const sw_shape void_neighbours = SW_SHAPE("neighbours", void_neighbour_keys);

static const sw_key void_keys[] = {
    {"site", SW_KEY_SITES, .required = true, .help = "the kind whose empty sites make up voids"},
    {"neighbours", SW_KEY_SHAPE, .shape = &void_neighbours, .required = true,
     .help = "how many occupied neighbours a void may have"},
    {"step", SW_KEY_DISTANCE, .required = true, .help = "from void to void"},
    {"reach", SW_KEY_DISTANCE, .required = true, .help = "how far from a void gas reaches"},
};
static const sw_shape void_rule = SW_SHAPE("the void rule", void_keys);

static const sw_key gas_keys[] = {
    {"mode", SW_KEY_CHOICE, .choices = "reservoir|stirred", .fallback = "reservoir",
     .help = "held pressures, or a stirred reactor with feed"},
    {"flow", SW_KEY_QUANTITY, .dimension = SW_FLOW, SW_ABOVE_ZERO, .help = "stirred: feed"},
    {"volume", SW_KEY_QUANTITY, .dimension = SW_VOLUME, SW_ABOVE_ZERO, .help = "stirred: reactor"},
    {"copies", SW_KEY_QUANTITY, SW_ABOVE_ZERO, .help = "stirred: simulated particles in it"},
    {"species", SW_KEY_QUANTITY, SW_FORM_NAMED, .dimension = SW_PRESSURE, SW_BETWEEN(0, 1e300),
     .required = true, .help = "partial pressures, held or fed"},
    {"void", SW_KEY_SHAPE, .shape = &void_rule, .help = "which sites the gas reaches"},
};
const sw_shape sw_schema_gas = SW_SHAPE("the gas", gas_keys);

static const sw_key carrier_keys[] = {
    {"species", SW_KEY_SPECIES, .required = true, .help = "what carries it"},
    {"sites", SW_KEY_SITES, .required = true, .help = "on which kinds"},
    {"link", SW_KEY_DISTANCE, .required = true, .help = "carriers this near share"},
    {"bound", SW_KEY_SHAPE, .shape = &sw_schema_bound, .help = "at_most: still metallic"},
    {"smallest_cluster", SW_KEY_INTEGER, .fallback = "1", SW_BETWEEN(1, 1e9),
     .help = "carriers that make a cluster"},
};
static const sw_shape carriers = SW_SHAPE("carriers", carrier_keys);

static const sw_key adsorption_keys[] = {
    {"energy", SW_KEY_QUANTITY, .dimension = SW_ENERGY, .required = true,
     .help = "per atom, from half a molecule"},
    {"entropy", SW_KEY_QUANTITY, .dimension = SW_ENTROPY, .fallback = "0 eV/K",
     .help = "of an adsorbed atom, absolute"},
};
static const sw_shape adsorption = SW_SHAPE("adsorption", adsorption_keys);

static const sw_key supply_keys[] = {
    {"name", SW_KEY_NAME, .required = true, .help = "what is supplied"},
    {"from", SW_KEY_TEXT, .required = true, .help = "the diatomic gas it comes from"},
    {"carriers", SW_KEY_SHAPE, .shape = &carriers, .required = true, .help = "what holds it"},
    {"area", SW_KEY_QUANTITY, .dimension = SW_AREA, .required = true, SW_ABOVE_ZERO,
     .help = "per exposed carrier"},
    {"dissociation", SW_KEY_QUANTITY, SW_FORM_NAMED, .dimension = SW_ENERGY, SW_BETWEEN(0, 20),
     .required = true, .help = "barrier by carrier species"},
    {"adsorption", SW_KEY_SHAPE, .shape = &adsorption, .required = true,
     .help = "of the atoms on the carriers"},
};
const sw_shape sw_schema_supply = SW_SHAPE("the supply", supply_keys);

static const sw_key arrhenius_keys[] = {
    {"prefactor", SW_KEY_QUANTITY, .dimension = SW_RATE, .required = true, SW_ABOVE_ZERO,
     .help = "such as 1e13 /s"},
    {"barrier", SW_KEY_QUANTITY, .dimension = SW_ENERGY, .required = true, SW_BETWEEN(0, 20),
     .help = "such as 0.8 eV"},
};
static const sw_shape arrhenius = SW_SHAPE("a rate", arrhenius_keys);

static const sw_key spillover_keys[] = {
    {"along", SW_KEY_SITES, .required = true, .help = "the kind it runs along"},
    {"step", SW_KEY_DISTANCE, .required = true, .help = "of one hop"},
    {"contact", SW_KEY_DISTANCE, .required = true, .help = "from a carrier: full supply"},
    {"hop", SW_KEY_SHAPE, .shape = &arrhenius, .required = true, .help = "hop rate"},
    {"loss", SW_KEY_SHAPE, .shape = &arrhenius, .required = true, .help = "loss rate"},
    {"smallest", SW_KEY_QUANTITY, .fallback = "0.001", SW_BETWEEN(0, 1),
     .help = "cut to zero below"},
    {"refresh", SW_KEY_INTEGER, .fallback = "1000", SW_BETWEEN(1, 1e9),
     .help = "every so many events"},
};
const sw_shape sw_schema_spillover = SW_SHAPE("the spillover", spillover_keys);

static const sw_key slot_keys[] = {
    {"site", SW_KEY_SITES, .required = true, .help = "its kind"},
    {"at", SW_KEY_DISTANCE, .help = "distance from 'of', exact to 1 %"},
    {"offset", SW_KEY_DISTANCE, SW_FORM_LIST, .count = 3,
     .help = "or an explicit direction from 'of'"},
    {"of", SW_KEY_TEXT, .help = "an earlier slot; default: the first"},
};
static const sw_shape slot = SW_SHAPE("a slot", slot_keys);

static const sw_key condition_keys[] = {
    {"at", SW_KEY_TEXT, .required = true, .help = "a slot"},
    {"count", SW_KEY_SPECIES, .required = true, .help = "the neighbours that are counted"},
    {"sites", SW_KEY_SITES, .help = "on these kinds; default: all"},
    {"distance", SW_KEY_DISTANCE, .required = true, .help = "within which they are counted"},
    {"at_least", SW_KEY_INTEGER, .fallback = "0", SW_BETWEEN(0, 1000), .help = "fewest"},
    {"at_most", SW_KEY_INTEGER, .fallback = "1000", SW_BETWEEN(0, 1000), .help = "most"},
    {"without_pattern", SW_KEY_FLAG, .fallback = "false",
     .help = "leave the slots out of the count"},
};
static const sw_shape condition = SW_SHAPE("a condition", condition_keys);

static const sw_key kinetics_keys[] = {
    {"type", SW_KEY_CHOICE, .choices = "rate|barrier|collision|saddle", .required = true,
     .help = "rate: fixed; barrier, saddle: from the energetics; collision: gas flux"},
    {"prefactor", SW_KEY_QUANTITY, .dimension = SW_RATE, SW_ABOVE_ZERO,
     .help = "rate, barrier, saddle"},
    {"barrier", SW_KEY_QUANTITY, .dimension = SW_ENERGY, SW_BETWEEN(0, 20),
     .help = "rate, barrier, collision: activation energy; for 'barrier' at zero reaction energy"},
    {"saddle", SW_KEY_QUANTITY, .dimension = SW_ENERGY, SW_BETWEEN(-20, 20),
     .help = "saddle: its energy above the configuration without the moving atoms"},
    {"transfer", SW_KEY_QUANTITY, .fallback = "0.5", SW_BETWEEN(0, 1),
     .help = "barrier: share of the reaction energy"},
    {"gas", SW_KEY_TEXT, .help = "collision: the gas that arrives"},
    {"area", SW_KEY_QUANTITY, .dimension = SW_AREA, SW_ABOVE_ZERO,
     .help = "collision: of one site"},
    {"sticking", SW_KEY_QUANTITY, .fallback = "1", SW_BETWEEN(0, 1), .help = "collision: share"},
    {"reverse", SW_KEY_SHAPE, .shape = &arrhenius, .help = "rate: the stated reverse"},
    {"scale", SW_KEY_QUANTITY, .fallback = "1", SW_ABOVE_ZERO,
     .help = "factor on the rates of both ways, for studies of rate control"},
};
static const sw_shape kinetics = SW_SHAPE("the kinetics", kinetics_keys);

static const sw_key environment_keys[] = {
    {"ends", SW_KEY_TEXT, SW_FORM_LIST, .count = 2, .required = true, .help = "two slots"},
    {"count", SW_KEY_SPECIES, .required = true, .help = "the neighbours that are counted"},
    {"sites", SW_KEY_SITES, .help = "on these kinds; default: all"},
    {"distance", SW_KEY_DISTANCE, .required = true, .help = "within which they are counted"},
    {"add", SW_KEY_QUANTITY, SW_FORM_LIST, .dimension = SW_ENERGY, .required = true,
     SW_BETWEEN(-20, 20), .help = "to the barrier for 0, 1, 2 ... neighbours, at most 16"},
};
static const sw_shape environment = SW_SHAPE("an environment", environment_keys);

static const sw_key process_keys[] = {
    {"mechanism", SW_KEY_NAME, .help = "label for --without"},
    {"help", SW_KEY_TEXT, .help = "one line"},
    {"sites", SW_KEY_SLOT, SW_FORM_NAMED, .shape = &slot, .required = true,
     .help = "the slots of the pattern; the first is the anchor"},
    {"change", SW_KEY_TEXT, SW_FORM_NAMED_LISTS, .required = true, .help = "slot: [before, after]"},
    {"open", SW_KEY_TEXT, SW_FORM_LIST, .help = "slots that the gas must reach"},
    {"where", SW_KEY_SHAPE, SW_FORM_LIST, .shape = &condition, .help = "demands on neighbours"},
    {"kinetics", SW_KEY_SHAPE, .shape = &kinetics, .required = true, .help = "how fast"},
    {"environment", SW_KEY_SHAPE, SW_FORM_LIST, .shape = &environment,
     .help = "barrier by neighbours of a move"},
    {"gas", SW_KEY_INTEGER, SW_FORM_NAMED, SW_BETWEEN(-8, 8),
     .help = "molecules made (+) or used (-) by one event"},
    {"supply", SW_KEY_INTEGER, .fallback = "0", SW_BETWEEN(-8, 8),
     .help = "atoms of the supply used (-) or given back (+)"},
    {"spillover", SW_KEY_FLAG, .fallback = "false", .help = "weighted by the spillover field"},
    {"transmutes", SW_KEY_FLAG, .fallback = "false",
     .help = "a nucleus changes: elements need not be conserved"},
    {"reversible", SW_KEY_FLAG, .fallback = "false", .help = "reverse from the free energy"},
    {"irreversible", SW_KEY_FLAG, .fallback = "false", .help = "there is no reverse"},
};
const sw_shape sw_schema_process = SW_SHAPE("a process", process_keys);

static const sw_key leg_keys[] = {
    {"duration", SW_KEY_QUANTITY, .dimension = SW_TIME, .required = true, SW_ABOVE_ZERO,
     .help = "of the leg"},
    {"temperature", SW_KEY_QUANTITY, .dimension = SW_TEMPERATURE, SW_ABOVE_ZERO,
     .help = "at its end; default: as before"},
    {"ramp", SW_KEY_FLAG, .fallback = "false", .help = "linear from the leg before, else a switch"},
    {"gas", SW_KEY_QUANTITY, SW_FORM_NAMED, .dimension = SW_PRESSURE, SW_BETWEEN(0, 1e300),
     .help = "pressures that change; default: as before"},
};
const sw_shape sw_schema_leg = SW_SHAPE("a leg", leg_keys);

static const sw_key every_keys[] = {
    {"time", SW_KEY_QUANTITY, .dimension = SW_TIME, SW_ABOVE_ZERO,
     .help = "simulated time between"},
    {"events", SW_KEY_INTEGER, SW_BETWEEN(1, 1e15), .help = "events between"},
};
static const sw_shape every = SW_SHAPE("observe", every_keys);

static const sw_key snapshot_keys[] = {
    {"events", SW_KEY_INTEGER, .required = true, SW_BETWEEN(0, 1e15),
     .help = "events between; 0: first and last only"},
};
static const sw_shape snapshot = SW_SHAPE("snapshot", snapshot_keys);

static const sw_key run_keys[] = {
    {"temperature", SW_KEY_QUANTITY, .dimension = SW_TEMPERATURE, .required = true, SW_ABOVE_ZERO,
     .help = "at the start"},
    {"seed", SW_KEY_INTEGER, .fallback = "1", SW_BETWEEN(0, 9007199254740992.0),
     .help = "of chance"},
    {"time", SW_KEY_QUANTITY, .dimension = SW_TIME, SW_ABOVE_ZERO, .help = "simulated, at most"},
    {"events", SW_KEY_INTEGER, SW_BETWEEN(1, 1e15), .help = "at most"},
    {"quick_events", SW_KEY_INTEGER, .fallback = "200000", SW_BETWEEN(1, 1e15),
     .help = "at most, under --quick"},
    {"observe", SW_KEY_SHAPE, .shape = &every, .help = "how often; default: every 10000 events"},
    {"snapshot", SW_KEY_SHAPE, .shape = &snapshot, .help = "how often atoms are written"},
    {"temperature_step", SW_KEY_QUANTITY, .dimension = SW_TEMPERATURE, .fallback = "2 K",
     .bounded = true, .above = true, .low = 0, .high = 200, .help = "of ramps, in K"},
    {"engine", SW_KEY_CHOICE, .choices = "best|packed|general", .fallback = "best",
     .help = "packed is fast and for short-ranged models; both are exact"},
    {"domains", SW_KEY_INTEGER, SW_FORM_LIST, .count = 3, SW_BETWEEN(1, 1000),
     .help = "cut along each axis, such as [2, 2, 1], each part on a processor of its own"},
    {"turn", SW_KEY_QUANTITY, .dimension = SW_TIME, SW_ABOVE_ZERO,
     .help = "of a sector of a domain; default: a quarter of the shortest waiting time of a site"},
};
const sw_shape sw_schema_run = SW_SHAPE("the run", run_keys);

static const sw_key phase_keys[] = {
    {"species", SW_KEY_SPECIES, .required = true, .help = "its atoms"},
    {"sites", SW_KEY_SITES, .required = true, .help = "on these kinds"},
    {"bound", SW_KEY_SHAPE, .shape = &sw_schema_bound, .help = "by neighbour count"},
};
static const sw_shape phase = SW_SHAPE("a phase", phase_keys);

static const sw_key observe_keys[] = {
    {"phases", SW_KEY_SHAPE, SW_FORM_NAMED, .shape = &phase, .help = "sets of atoms"},
    {"metal", SW_KEY_TEXT, .help = "the phase that is the metal"},
    {"oxide", SW_KEY_TEXT, .help = "the phase that is the oxide"},
    {"exchanged", SW_KEY_SPECIES, .help = "lattice species that is taken and returned"},
    {"core", SW_KEY_SPECIES, .help = "marks the particle that is tracked"},
    {"product", SW_KEY_TEXT, .help = "the gas that is made"},
    {"oxidant", SW_KEY_TEXT, .help = "the gas that oxidises"},
    {"tracers", SW_KEY_SPECIES, .help = "atoms that are followed: displacement, correlation"},
    {"order", SW_KEY_SPECIES, SW_FORM_LIST, .count = 2,
     .help = "order parameter: share of the first less that of the second"},
    {"interface_distance", SW_KEY_DISTANCE, .help = "this near to metal is at the interface"},
};
const sw_shape sw_schema_observe = SW_SHAPE("the observation", observe_keys);
