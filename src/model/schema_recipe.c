/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys of a recipe: its cell, crystals, regions and steps. */
#include "model/schema.h"

static const sw_key cell_keys[] = {
    {"edges", SW_KEY_QUANTITY, SW_FORM_LIST, .dimension = SW_LENGTH, .count = 3,
     SW_BETWEEN(0.1, 1e6), .help = "of a right-angled cell, such as [40 A, 40 A, 40 A]"},
    {"vectors", SW_KEY_VECTOR, SW_FORM_LIST, .count = 3,
     .help = "or its three vectors, in A, right-handed"},
    {"periodic", SW_KEY_FLAG, SW_FORM_LIST, .count = 3, .help = "for each axis; default: all"},
};
static const sw_shape cell = SW_SHAPE("the cell", cell_keys);

static const sw_key orientation_keys[] = {
    {"up", SW_KEY_VECTOR, .help = "Miller indices of the planes that lie flat: their normal is z"},
    {"along", SW_KEY_VECTOR, .help = "with up: the direction [u, v, w] that lies along x"},
    {"euler", SW_KEY_QUANTITY, SW_FORM_LIST, .dimension = SW_ANGLE, .count = 3,
     .help = "or angles of Bunge: about z, the new x, the new z"},
    {"quaternion", SW_KEY_QUANTITY, SW_FORM_LIST, .count = 4,
     .help = "or [w, x, y, z], normalised here"},
    {"random", SW_KEY_FLAG, .fallback = "false", .help = "or drawn, every orientation alike"},
};
static const sw_shape orientation = SW_SHAPE("an orientation", orientation_keys);

static const sw_key crystal_keys[] = {
    {"structure", SW_KEY_CHOICE,
     .choices = "sc|fcc|bcc|hcp|diamond|rock-salt|fluorite|spinel|rutile", .help = "by name"},
    {"elements", SW_KEY_TEXT, SW_FORM_LIST,
     .help = "with structure: of its kinds of site, such as [Zr, O]"},
    {"cell", SW_KEY_ANY, .help = "or its own: cubic, edges, or vectors, in units of a"},
    {"basis", SW_KEY_VECTOR, SW_FORM_NAMED_LISTS,
     .help = "with cell: positions by element, fractional"},
    {"like", SW_KEY_TEXT, .help = "or as an earlier crystal, in another orientation"},
    {"a", SW_KEY_QUANTITY, .dimension = SW_LENGTH, SW_BETWEEN(0.5, 1000),
     .help = "lattice constant; with like: another one"},
    {"c", SW_KEY_QUANTITY, .dimension = SW_LENGTH, SW_BETWEEN(0.5, 1000),
     .help = "hcp, rutile: the other edge; default: ideal, 0.644 a"},
    {"u", SW_KEY_QUANTITY, SW_BETWEEN(0.2, 0.4),
     .help = "rutile, spinel: place of the anion; default: 0.305, 0.25"},
    {"orientation", SW_KEY_SHAPE, .shape = &orientation, .help = "default: its axes along x, y, z"},
};
static const sw_shape crystal = SW_SHAPE("a crystal of a recipe", crystal_keys);

static const sw_key plane_keys[] = {
    {"normals", SW_KEY_TEXT, .help = "a family such as \"<111>\": all its planes"},
    {"normal", SW_KEY_VECTOR, .help = "or one plane [h, k, l]"},
    {"distance", SW_KEY_QUANTITY, .dimension = SW_LENGTH, SW_BETWEEN(-1e6, 1e6), .required = true,
     .help = "from the centre to the plane"},
};
static const sw_shape plane = SW_SHAPE("a plane", plane_keys);

static const sw_key facet_keys[] = {
    {"normals", SW_KEY_TEXT, .help = "a family such as \"<111>\": all its planes"},
    {"normal", SW_KEY_VECTOR, .help = "or one plane [h, k, l]"},
    {"energy", SW_KEY_QUANTITY, .dimension = SW_SURFACE_ENERGY, SW_ABOVE_ZERO, .required = true,
     .help = "of the surface, such as 1.6 J/m2; only ratios matter"},
};
static const sw_shape facet = SW_SHAPE("a facet", facet_keys);

static const sw_key wulff_keys[] = {
    {"size", SW_KEY_QUANTITY, .dimension = SW_LENGTH, SW_BETWEEN(0.1, 1e5), .required = true,
     .help = "from the centre to the facets of least energy"},
    {"facets", SW_KEY_SHAPE, SW_FORM_LIST, .shape = &facet, .required = true,
     .help = "with their energies"},
};
static const sw_shape wulff = SW_SHAPE("a Wulff shape", wulff_keys);

static const sw_key region_keys[] = {
    {"centre", SW_KEY_QUANTITY, SW_FORM_LIST, .dimension = SW_LENGTH, .count = 3,
     SW_BETWEEN(-1e6, 1e6), .help = "of sphere, box and planes; default: the middle"},
    {"sphere", SW_KEY_QUANTITY, .dimension = SW_LENGTH, SW_BETWEEN(0.1, 1e5), .help = "its radius"},
    {"box", SW_KEY_QUANTITY, SW_FORM_LIST, .dimension = SW_LENGTH, .count = 3, SW_BETWEEN(0.1, 1e6),
     .help = "its three edges"},
    {"planes", SW_KEY_SHAPE, SW_FORM_LIST, .shape = &plane, .help = "below all of them"},
    {"wulff", SW_KEY_SHAPE, .shape = &wulff, .help = "the equilibrium shape of these facets"},
    {"crystal", SW_KEY_TEXT,
     .help = "normals are planes of this crystal as it is oriented; default: of x, y, z"},
    {"inside", SW_KEY_TEXT, SW_FORM_LIST, .help = "in all of these earlier regions"},
    {"outside", SW_KEY_TEXT, SW_FORM_LIST, .help = "in none of these"},
    {"any", SW_KEY_TEXT, SW_FORM_LIST, .help = "in at least one of these"},
    {"grow", SW_KEY_QUANTITY, .dimension = SW_LENGTH, .fallback = "0 A", SW_BETWEEN(-1e5, 1e5),
     .help = "then moved outwards, facets in parallel"},
};
static const sw_shape region = SW_SHAPE("a region", region_keys);

static const sw_key grains_keys[] = {
    {"count", SW_KEY_INTEGER, .required = true, SW_BETWEEN(1, 1e5), .help = "how many"},
    {"apart", SW_KEY_QUANTITY, .dimension = SW_LENGTH, .fallback = "0 A", SW_BETWEEN(0, 1e5),
     .help = "least distance between their seeds"},
};
static const sw_shape grains = SW_SHAPE("grains", grains_keys);

static const sw_key amorphous_keys[] = {
    {"formula", SW_KEY_TEXT, .required = true, .help = "such as ZrO2"},
    {"volume", SW_KEY_QUANTITY, .dimension = SW_VOLUME, .required = true, SW_ABOVE_ZERO,
     .help = "of one formula unit, such as 34.6 A3: the density"},
    {"distances", SW_KEY_QUANTITY, SW_FORM_NAMED, .dimension = SW_LENGTH, SW_BETWEEN(0, 100),
     .help = "least ones by pair, such as {Zr-Zr: 3.2 A}"},
    {"distance", SW_KEY_QUANTITY, .dimension = SW_LENGTH, .fallback = "2 A", SW_BETWEEN(0, 100),
     .help = "of every other pair"},
    {"sweeps", SW_KEY_INTEGER, .fallback = "500", SW_BETWEEN(1, 1e6),
     .help = "of the relaxation, at most"},
};
static const sw_shape amorphous = SW_SHAPE("an amorphous packing", amorphous_keys);

static const sw_key fill_keys[] = {
    {"name", SW_KEY_NAME, .required = true,
     .help = "of what is filled, for counts and later steps"},
    {"region", SW_KEY_TEXT, .help = "where; default: the whole cell"},
    {"crystal", SW_KEY_TEXT, .help = "with a crystal"},
    {"origin", SW_KEY_QUANTITY, SW_FORM_LIST, .dimension = SW_LENGTH, .count = 3,
     SW_BETWEEN(-1e6, 1e6), .help = "where a lattice point of it lies; default: the middle"},
    {"grains", SW_KEY_SHAPE, .shape = &grains, .help = "of that crystal, oriented at random"},
    {"amorphous", SW_KEY_SHAPE, .shape = &amorphous, .help = "or a dense random packing"},
    {"wins", SW_KEY_CHOICE, .choices = "earlier|later", .fallback = "earlier",
     .help = "which atoms stay where this fill meets earlier ones"},
};
static const sw_shape fill = SW_SHAPE("a fill of a recipe", fill_keys);

static const sw_key place_keys[] = {
    {"region", SW_KEY_TEXT, .help = "in this region"},
    {"surface", SW_KEY_TEXT, .help = "region from whose surface distances count, outwards +"},
    {"least", SW_KEY_QUANTITY, .dimension = SW_LENGTH, SW_BETWEEN(-1e6, 1e6),
     .help = "with surface: from this distance"},
    {"most", SW_KEY_QUANTITY, .dimension = SW_LENGTH, SW_BETWEEN(-1e6, 1e6),
     .help = "with surface: up to this distance"},
};
static const sw_shape place = SW_SHAPE("a place", place_keys);

static const sw_key choice_keys[] = {
    {"elements", SW_KEY_TEXT, SW_FORM_LIST, .help = "of these elements; default: all"},
    {"fills", SW_KEY_TEXT, SW_FORM_LIST, .help = "of these fills; default: all"},
    {"place", SW_KEY_SHAPE, .shape = &place, .help = "there; default: everywhere"},
};
static const sw_shape choice = SW_SHAPE("a choice of atoms", choice_keys);

static const sw_key filled_keys[] = {
    {"distance", SW_KEY_QUANTITY, .dimension = SW_LENGTH, .required = true, SW_BETWEEN(-1e6, 1e6),
     .help = "from the surface, outwards positive"},
    {"filled", SW_KEY_QUANTITY, .required = true, SW_BETWEEN(0, 1), .help = "fraction of sites"},
};
static const sw_shape filled = SW_SHAPE("a point of the profile", filled_keys);

static const sw_key oxidation_keys[] = {
    {"sites", SW_KEY_SHAPE, .shape = &choice, .required = true,
     .help = "atoms that stand for sites, such as {elements: [O]}"},
    {"of", SW_KEY_TEXT, .required = true, .help = "the element that is oxidised, such as Zr"},
    {"bond", SW_KEY_QUANTITY, .dimension = SW_LENGTH, .required = true, SW_BETWEEN(0.1, 20),
     .help = "sites nearer than this to an atom of it are its own"},
    {"full", SW_KEY_INTEGER, .fallback = "0", SW_BETWEEN(0, 64),
     .help = "sites of an atom that is oxidised in full, such as 8; default: its own"},
    {"surface", SW_KEY_TEXT, .required = true, .help = "region from whose surface distances count"},
    {"profile", SW_KEY_SHAPE, SW_FORM_LIST, .shape = &filled, .required = true,
     .help = "fraction against distance: linear between, constant beyond"},
};
static const sw_shape oxidation = SW_SHAPE("oxidation", oxidation_keys);

static const sw_key removal_keys[] = {
    {"atoms", SW_KEY_SHAPE, .shape = &choice, .help = "which may go; default: all"},
    {"fraction", SW_KEY_QUANTITY, SW_BETWEEN(0, 1), .help = "removed, each atom by chance"},
    {"number", SW_KEY_INTEGER, SW_BETWEEN(0, 1e9), .help = "or so many in all"},
    {"apart", SW_KEY_QUANTITY, .dimension = SW_LENGTH, .fallback = "0 A", SW_BETWEEN(0, 1e4),
     .help = "least distance between two that go"},
};
static const sw_shape vacancies = SW_SHAPE("vacancies", removal_keys);
static const sw_shape missing = SW_SHAPE("missing atoms", removal_keys);

static const sw_key pores_keys[] = {
    {"radius", SW_KEY_QUANTITY, .dimension = SW_LENGTH, .required = true, SW_BETWEEN(0, 1e4),
     .help = "of each"},
    {"largest", SW_KEY_QUANTITY, .dimension = SW_LENGTH, SW_BETWEEN(0, 1e4),
     .help = "radii are drawn from radius to this"},
    {"number", SW_KEY_INTEGER, SW_BETWEEN(0, 1e6), .help = "so many at random"},
    {"place", SW_KEY_SHAPE, .shape = &place, .help = "with number: where their middles lie"},
    {"apart", SW_KEY_QUANTITY, .dimension = SW_LENGTH, .fallback = "0 A", SW_BETWEEN(0, 1e4),
     .help = "with number: least gap between two of them"},
    {"at", SW_KEY_VECTOR, SW_FORM_LIST, .help = "or their middles, in A"},
};
static const sw_shape pores = SW_SHAPE("pores", pores_keys);

static const sw_key noise_keys[] = {
    {"sigma", SW_KEY_QUANTITY, .dimension = SW_LENGTH, SW_BETWEEN(0, 10),
     .help = "along each axis; rms in space is 1.732 times this"},
    {"along", SW_KEY_QUANTITY, SW_FORM_LIST, .dimension = SW_LENGTH, .count = 3, SW_BETWEEN(0, 10),
     .help = "or one for x, y and z each"},
    {"atoms", SW_KEY_SHAPE, .shape = &choice, .help = "which move; default: all"},
};
static const sw_shape noise = SW_SHAPE("noise", noise_keys);

static const sw_key step_keys[] = {
    {"fill", SW_KEY_SHAPE, .shape = &fill, .help = "atoms into a region"},
    {"oxidation", SW_KEY_SHAPE, .shape = &oxidation, .help = "oxygen sites filled in part"},
    {"vacancies", SW_KEY_SHAPE, .shape = &vacancies, .help = "atoms taken out"},
    {"pores", SW_KEY_SHAPE, .shape = &pores, .help = "spheres emptied"},
    {"noise", SW_KEY_SHAPE, .shape = &noise, .help = "Gaussian displacements"},
    {"missing", SW_KEY_SHAPE, .shape = &missing, .help = "atoms not found by the measurement"},
    {"hide", SW_KEY_SHAPE, .shape = &choice, .help = "atoms not seen by the measurement"},
};
const sw_shape sw_schema_step = SW_SHAPE("a step", step_keys);

static const sw_key recipe_keys[] = {
    {"format", SW_KEY_INTEGER, .required = true, SW_BETWEEN(1, 1), .help = "write 'format: 1'"},
    {"name", SW_KEY_NAME, .required = true, .help = "the name of the recipe"},
    {"title", SW_KEY_TEXT, .help = "one line"},
    {"description", SW_KEY_TEXT, .help = "some sentences"},
    {"citation", SW_KEY_TEXT, .help = "the paper it follows"},
    {"builds", SW_KEY_CHOICE, .required = true, .choices = "atoms",
     .help = "what tells a recipe from a model"},
    {"parameters", SW_KEY_SHAPE, SW_FORM_NAMED, .shape = &sw_schema_parameter,
     .help = "values with their sources, used as $name"},
    {"seed", SW_KEY_INTEGER, .fallback = "1", SW_BETWEEN(0, 9e15), .help = "of the random numbers"},
    {"cell", SW_KEY_SHAPE, .shape = &cell, .help = "default: none, a cluster in free space"},
    {"crystals", SW_KEY_SHAPE, SW_FORM_NAMED, .shape = &crystal, .help = "what fills use"},
    {"regions", SW_KEY_SHAPE, SW_FORM_NAMED, .shape = &region, .help = "where things are"},
    {"distances", SW_KEY_QUANTITY, SW_FORM_NAMED, .dimension = SW_LENGTH, SW_BETWEEN(0, 100),
     .help = "least ones where fills and grains meet, by pair, such as {Zr-O: 1.9 A}"},
    {"distance", SW_KEY_QUANTITY, .dimension = SW_LENGTH, .fallback = "1.8 A", SW_BETWEEN(0, 100),
     .help = "of every other pair"},
    {"steps", SW_KEY_SHAPE, SW_FORM_LIST, .shape = &sw_schema_step, .required = true,
     .help = "what is done, in order"},
    {"ablations", SW_KEY_ANY, SW_FORM_NAMED,
     .help = "named lists of settings, applied by --without NAME"},
    {"without", SW_KEY_TEXT, SW_FORM_LIST, .help = "ablations that are applied"},
};
const sw_shape sw_schema_recipe = SW_SHAPE("the recipe", recipe_keys);
