/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys of the whole model, its parameters, frame, species, energetics and structure. */
#include "model/schema.h"

static const sw_key parameter_keys[] = {
    {"value", SW_KEY_TEXT, .required = true, .help = "the value with its unit, or $other"},
    {"tag", SW_KEY_CHOICE, .required = true, .choices = "S|L|C|M|A|F",
     .help = "S stated, L literature, C computed, M textbook, A assumed, F fitted"},
    {"source", SW_KEY_TEXT, .required = true, .help = "where the value comes from"},
    {"help", SW_KEY_TEXT, .help = "what it is"},
    {"swept", SW_KEY_FLAG, .fallback = "false", .help = "not known: to be varied"},
    {"range", SW_KEY_TEXT, SW_FORM_LIST, .count = 2,
     .help = "the least and the largest value that can be, such as [1 nm, 50 nm]"},
};
const sw_shape sw_schema_parameter = SW_SHAPE("a parameter", parameter_keys);

static const sw_key frame_keys[] = {
    {"lattice_constant", SW_KEY_QUANTITY, .dimension = SW_LENGTH, .required = true,
     SW_BETWEEN(0.1, 1000), .help = "the length in which plain distances are given, such as 4.2 A"},
    {"cell", SW_KEY_ANY, .required = true,
     .help = "cubic, three edges [a, b, c], or three vectors, in lattice constants"},
    {"size", SW_KEY_INTEGER, SW_FORM_LIST, .count = 3, .required = true, SW_BETWEEN(1, 1e6),
     .help = "unit cells along each axis, such as [20, 20, 20]"},
    {"periodic", SW_KEY_FLAG, SW_FORM_LIST, .count = 3, .required = true,
     .help = "for each axis, such as [true, true, false]"},
    {"sites", SW_KEY_VECTOR, SW_FORM_NAMED_LISTS, .required = true,
     .help = "for each kind of site its positions in the cell, fractional"},
    {"distances", SW_KEY_DISTANCE, SW_FORM_NAMED,
     .help = "names for distances: lattice constants or a length"},
};
const sw_shape sw_schema_frame = SW_SHAPE("the frame", frame_keys);

static const sw_key species_keys[] = {
    {"element", SW_KEY_TEXT, .help = "symbol in written atoms, or none; default: the name"},
    {"formula", SW_KEY_TEXT, .help = "what it is made of, such as CO; default: the element"},
    {"sites", SW_KEY_SITES, .required = true, .help = "the kinds of site where it may sit"},
};
const sw_shape sw_schema_species = SW_SHAPE("a species", species_keys);

static const sw_key site_term_keys[] = {
    {"species", SW_KEY_SPECIES, .required = true, .help = "which species"},
    {"sites", SW_KEY_SITES, .required = true, .help = "on which kinds"},
    {"energy", SW_KEY_QUANTITY, .dimension = SW_ENERGY, .required = true, .help = "energy of each"},
};
static const sw_shape site_term = SW_SHAPE("a site term", site_term_keys);

static const sw_key screening_keys[] = {
    {"species", SW_KEY_SPECIES, .required = true, .help = "the species that screens"},
    {"distance", SW_KEY_DISTANCE, .required = true, .help = "from both ends of the pair"},
    {"factors", SW_KEY_QUANTITY, SW_FORM_LIST, .required = true, SW_BETWEEN(-100, 100),
     .help = "factor for 0, 1, 2 ... common neighbours, at most four"},
};
static const sw_shape screening = SW_SHAPE("screened_by", screening_keys);

static const sw_key pair_keys[] = {
    {"species", SW_KEY_SPECIES, SW_FORM_LIST, .count = 2, .required = true, .help = "the two ends"},
    {"sites", SW_KEY_SITES, SW_FORM_LIST, .count = 2, .required = true,
     .help = "the kinds of the two ends"},
    {"distance", SW_KEY_DISTANCE, .required = true, .help = "of the shell, exact to 1 %"},
    {"energy", SW_KEY_QUANTITY, .dimension = SW_ENERGY, .required = true, .help = "of each pair"},
    {"screened_by", SW_KEY_SHAPE, .shape = &screening, .help = "changes with common neighbours"},
};
static const sw_shape pair = SW_SHAPE("a pair", pair_keys);

static const sw_key cluster_keys[] = {
    {"species", SW_KEY_SPECIES, SW_FORM_LIST, .required = true, .help = "of two to eight points"},
    {"points", SW_KEY_VECTOR, SW_FORM_LIST,
     .help = "places of one figure, fractional as frame.sites; symmetry makes the others"},
    {"sites", SW_KEY_SITES, SW_FORM_LIST, .help = "without points: the kind of each"},
    {"distances", SW_KEY_DISTANCE, SW_FORM_LIST,
     .help = "without points: 1-2, 1-3, 2-3, 1-4, 2-4, 3-4 ..."},
    {"energy", SW_KEY_QUANTITY, .dimension = SW_ENERGY, .required = true, .help = "of each figure"},
};
static const sw_shape cluster = SW_SHAPE("a cluster", cluster_keys);

static const sw_key centre_keys[] = {
    {"species", SW_KEY_SPECIES, .required = true, .help = "the species that is bound"},
    {"site", SW_KEY_SITES, .required = true, .help = "its kind of site"},
};
static const sw_shape centre = SW_SHAPE("a valence centre", centre_keys);

static const sw_key ligand_keys[] = {
    {"species", SW_KEY_SPECIES, .required = true, .help = "the same for all ligands of a term"},
    {"site", SW_KEY_SITES, .required = true, .help = "its kind of site"},
    {"distance", SW_KEY_DISTANCE, .required = true, .help = "of the shell, exact to 1 %"},
    {"shared_by_at_least", SW_KEY_INTEGER, .fallback = "1", SW_BETWEEN(1, 64),
     .help = "a ligand gives each of its n centres 1 / max(n, this)"},
};
static const sw_shape ligand = SW_SHAPE("a ligand", ligand_keys);

static const sw_key point_keys[] = {
    {"w", SW_KEY_QUANTITY, .required = true, SW_BETWEEN(0, 64), .help = "ligands, by their shares"},
    {"energy", SW_KEY_QUANTITY, .dimension = SW_ENERGY, .required = true,
     .help = "binding energy of a centre"},
    {"entropy", SW_KEY_QUANTITY, .dimension = SW_ENTROPY, .fallback = "0 eV/K",
     .help = "growth of the binding energy with temperature"},
    {"heat_capacity", SW_KEY_QUANTITY, .dimension = SW_ENTROPY, .fallback = "0 eV/K",
     .help = "growth of that entropy with ln(T / 298.15 K)"},
};
static const sw_shape point = SW_SHAPE("a row of the table", point_keys);

static const sw_key valence_keys[] = {
    {"centre", SW_KEY_SHAPE, .shape = &centre, .required = true, .help = "what is bound"},
    {"ligands", SW_KEY_SHAPE, SW_FORM_LIST, .shape = &ligand, .required = true,
     .help = "what binds it"},
    {"table", SW_KEY_SHAPE, SW_FORM_LIST, .shape = &point, .required = true,
     .help = "binding energy against w, ascending from w: 0"},
};
static const sw_shape valence = SW_SHAPE("a valence term", valence_keys);

static const sw_key energetics_keys[] = {
    {"sites", SW_KEY_SHAPE, SW_FORM_LIST, .shape = &site_term, .help = "energies of single sites"},
    {"pairs", SW_KEY_SHAPE, SW_FORM_LIST, .shape = &pair, .help = "energies of pairs by shell"},
    {"clusters", SW_KEY_SHAPE, SW_FORM_LIST, .shape = &cluster,
     .help = "energies of figures of several points"},
    {"valence", SW_KEY_SHAPE, SW_FORM_LIST, .shape = &valence,
     .help = "many-body binding by neighbour count"},
};
const sw_shape sw_schema_energetics = SW_SHAPE("the energetics", energetics_keys);

static const sw_key crystal_site_keys[] = {
    {"species", SW_KEY_SPECIES, .required = true, .help = "what sits there"},
    {"at", SW_KEY_VECTOR, SW_FORM_LIST, .required = true, .help = "positions in lattice constants"},
};
static const sw_shape crystal_site = SW_SHAPE("a crystal site", crystal_site_keys);

static const sw_key crystal_keys[] = {
    {"period", SW_KEY_INTEGER, SW_BETWEEN(1, 100), .help = "edge of its cube, lattice constants"},
    {"centring", SW_KEY_CHOICE, .choices = "P|I|F", .fallback = "P",
     .help = "repeats the listed sites"},
    {"sites", SW_KEY_SHAPE, SW_FORM_LIST, .shape = &crystal_site, .help = "with period: its sites"},
    {"occupy", SW_KEY_SPECIES, SW_FORM_NAMED,
     .help = "without period: a species for every site of a kind"},
};
static const sw_shape crystal = SW_SHAPE("a crystal", crystal_keys);

static const sw_key half_space_keys[] = {
    {"normals", SW_KEY_TEXT, .help = "a family such as \"<111>\": all its directions"},
    {"normal", SW_KEY_VECTOR, .help = "one direction [h, k, l]"},
    {"distance", SW_KEY_DISTANCE, .required = true, .help = "from the centre to the plane"},
};
static const sw_shape half_space = SW_SHAPE("a half-space", half_space_keys);

static const sw_key slab_keys[] = {
    {"normal", SW_KEY_VECTOR, .required = true, .help = "indices [h, k, l] of its planes"},
    {"from", SW_KEY_DISTANCE, .fallback = "0 A", .help = "from the centre to the lower plane"},
    {"thickness", SW_KEY_DISTANCE, .required = true, .help = "less than its repeat"},
};
static const sw_shape slab = SW_SHAPE("a slab", slab_keys);

static const sw_key fill_keys[] = {
    {"crystal", SW_KEY_TEXT, .help = "the name of a crystal"},
    {"mixture", SW_KEY_TEXT, SW_FORM_NAMED, .help = "fractions of species; one may be 'rest'"},
    {"sites", SW_KEY_SITES, .help = "with mixture: which kinds are filled"},
    {"centre", SW_KEY_DISTANCE, SW_FORM_LIST, .count = 3, .help = "from the middle of the frame"},
    {"radius", SW_KEY_DISTANCE, .help = "of a sphere"},
    {"half_spaces", SW_KEY_SHAPE, SW_FORM_LIST, .shape = &half_space, .help = "that bound it"},
    {"slab", SW_KEY_SHAPE, .shape = &slab, .help = "between two planes, round periodic boundaries"},
    {"replace", SW_KEY_FLAG, .fallback = "false", .help = "empty the region first"},
};
static const sw_shape fill = SW_SHAPE("a fill", fill_keys);

static const sw_key relax_keys[] = {
    {"moves", SW_KEY_INTEGER, .required = true, SW_BETWEEN(0, 1e15), .help = "Metropolis moves"},
    {"temperature", SW_KEY_QUANTITY, .dimension = SW_TEMPERATURE, .required = true, SW_ABOVE_ZERO,
     .help = "of the Metropolis moves"},
    {"species", SW_KEY_SPECIES, .required = true, .help = "what may move"},
};
static const sw_shape relax = SW_SHAPE("relax", relax_keys);

static const sw_key structure_keys[] = {
    {"file", SW_KEY_TEXT, .help = "atoms to be mapped onto the frame, beside the model file"},
    {"crystals", SW_KEY_SHAPE, SW_FORM_NAMED, .shape = &crystal, .help = "what fills use"},
    {"fill", SW_KEY_SHAPE, SW_FORM_LIST, .shape = &fill, .help = "regions, later over earlier"},
    {"relax", SW_KEY_SHAPE, .shape = &relax, .help = "exchange surface atoms before time starts"},
};
const sw_shape sw_schema_structure = SW_SHAPE("the structure", structure_keys);

static const sw_key root_keys[] = {
    SW_HEADER_ROWS,
    {"frame", SW_KEY_SHAPE, .shape = &sw_schema_frame, .required = true, .help = "the sites"},
    {"species", SW_KEY_SHAPE, SW_FORM_NAMED, .shape = &sw_schema_species, .required = true,
     .help = "what sits on the sites"},
    {"energetics", SW_KEY_SHAPE, .shape = &sw_schema_energetics, .help = "the energy of a state"},
    {"gas", SW_KEY_SHAPE, .shape = &sw_schema_gas, .help = "the gas around it"},
    {"supply", SW_KEY_SHAPE, .shape = &sw_schema_supply,
     .help = "an adsorbate that each connected cluster shares"},
    {"spillover", SW_KEY_SHAPE, .shape = &sw_schema_spillover,
     .help = "how far the supply reaches over other sites"},
    {"processes", SW_KEY_SHAPE, SW_FORM_NAMED, .shape = &sw_schema_process, .help = "what happens"},
    {"structure", SW_KEY_SHAPE, .shape = &sw_schema_structure, .help = "where it starts"},
    {"programme", SW_KEY_SHAPE, SW_FORM_LIST, .shape = &sw_schema_leg,
     .help = "temperature and gas against time"},
    {"run", SW_KEY_SHAPE, .shape = &sw_schema_run, .required = true, .help = "how long, how hot"},
    {"observe", SW_KEY_SHAPE, .shape = &sw_schema_observe, .help = "what is measured"},
    SW_CLOSING_ROWS,
};
const sw_shape sw_schema_root = SW_SHAPE("the model", root_keys);
