/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Model room: reads a YAML model, checks it, and hands out plain checked data.
 *
 * A simulator never sees YAML. It gets one of the structures below, in which every name is an
 * index, every quantity is in the inside unit (A, eV, K, s, Pa) and every reference to a parameter
 * is resolved. All arrays and strings belong to the sw_model.
 */
#ifndef SPILLWAY_MODEL_H
#define SPILLWAY_MODEL_H

#include <spillway/diffusion_model.h>
#include <spillway/powder_model.h>
#include <spillway/recipe.h>
#include <spillway/run_settings.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Sets of species and of site kinds are bit masks: bit i stands for index i. */
typedef uint32_t sw_species_set; /* species 0 is always "empty" */
typedef uint32_t sw_kind_set;
#define SW_SPECIES_LIMIT 16
#define SW_KIND_LIMIT 16
#define SW_SLOT_LIMIT 8  /* sites that one process may change or test */
#define SW_POINT_LIMIT 8 /* sites of one term of the energetics */
#define SW_EMPTY 0

/* ---- parameters with their provenance -------------------------------------------------------- */

typedef struct sw_parameter {
    const char *name;
    const char *text; /* as written, with its unit: "0.8 eV" */
    double value;     /* inside unit */
    sw_dimension dimension;
    char tag;         /* S L C M as in the parameter tables, 'F' fitted, 'A' assumed here */
    bool swept;       /* not known: to be varied, never a validation target */
    double low, high; /* where it can be, inside unit; NaN: not said */
    const char *source;
    const char *help;
} sw_parameter;

/* ---- the crystal frame ----------------------------------------------------------------------- */

typedef struct sw_basis_site {
    int kind;
    double position[3]; /* fractional, in the unit cell */
} sw_basis_site;

typedef struct sw_frame {
    double cell[3][3];       /* rows, A */
    double lattice_constant; /* A; the unit in which the file gives distances */
    size_t kinds;
    const char *const *kind_names;
    size_t basis_sites; /* at most 64 */
    const sw_basis_site *basis;
    int size[3]; /* unit cells along each axis */
    bool periodic[3];
} sw_frame;

typedef struct sw_species {
    const char *name;
    int element;         /* atomic number in written atoms, 0 = not written */
    const char *formula; /* what it is made of ("Fe", "CO"), "" for empty sites */
    sw_kind_set kinds;   /* where it may sit */
} sw_species;

/* ---- energetics: E = sites + pairs + clusters - valence -------------------------------------- */

typedef struct sw_site_term {
    sw_species_set species;
    sw_kind_set kinds;
    double energy;
} sw_site_term;

/* energy x factors[number of common neighbours that hold a screening species] for each pair. */
typedef struct sw_pair_term {
    sw_species_set species[2];
    sw_kind_set kinds[2];
    double distance;           /* A */
    double energy;             /* eV */
    sw_species_set screening;  /* 0: none */
    double screening_distance; /* A, from both ends of the pair */
    size_t factors;            /* last factor serves all larger counts */
    double factor[4];
} sw_pair_term;

/* Any figure of two to eight points: every one with the distances between them, or, where placed,
 * the one figure that is given and all that the space group of the frame makes of it. */
typedef struct sw_cluster_term {
    size_t points;
    sw_species_set species[SW_POINT_LIMIT];
    sw_kind_set kinds[SW_POINT_LIMIT];
    double distance[SW_POINT_LIMIT][SW_POINT_LIMIT]; /* A, symmetric, 0 on the diagonal */
    bool placed;
    double place[SW_POINT_LIMIT][3]; /* A, from the corner of a cell; each a site of the frame */
    double energy;
} sw_cluster_term;

/*
 * Many-body binding by neighbour count: E = - sum over centres of f(w, T),
 *   f = energy + T entropy + heat_capacity (T ln(T / T0) - (T - T0)),   T0 = SW_VALENCE_REFERENCE,
 * linear between the points (and along the last slope beyond them). w counts the ligands of a
 * centre, each with its share 1 / max(n, shared_by_at_least), n = centres the ligand has now:
 *   shared_by_at_least = full coordination   fixed shares: a lost centre gives nothing back
 *   shared_by_at_least = 1                   a ligand always divides itself wholly
 */
typedef struct sw_valence_ligand {
    int kind;
    double distance; /* A */
    int shared_by_at_least;
} sw_valence_ligand;

#define SW_VALENCE_REFERENCE 298.15 /* K: energy and entropy of a table are those at T0 */

typedef struct sw_valence_term {
    sw_species_set centres;
    int centre_kind;
    sw_species_set ligands;
    size_t ligand_kinds;
    const sw_valence_ligand *ligand;
    size_t points; /* w ascending, first 0 */
    const double *w;
    const double *energy;        /* eV per centre */
    const double *entropy;       /* eV/K per centre, at T0 */
    const double *heat_capacity; /* eV/K per centre */
} sw_valence_term;

typedef struct sw_energetics {
    size_t site_terms;
    const sw_site_term *site;
    size_t pair_terms;
    const sw_pair_term *pair;
    size_t cluster_terms;
    const sw_cluster_term *cluster;
    size_t valence_terms;
    const sw_valence_term *valence;
} sw_energetics;

/* ---- processes ------------------------------------------------------------------------------- */

/* One site of the local pattern. Slot 0 is the anchor; slot i is found from an earlier slot. */
typedef struct sw_slot {
    const char *name;
    sw_kind_set kinds;
    int relative_to;   /* earlier slot; -1 for the anchor */
    double distance;   /* A from relative_to; ignored where offset_given */
    bool offset_given; /* an explicit direction (one orientation only) */
    double offset[3];  /* A, from relative_to */
    sw_species_set before;
    int after_slot;    /* the species that slot held before, or -1 */
    int after_species; /* used when after_slot is -1; -1 = unchanged */
    bool open_to_gas;  /* must be reached by the gas */
} sw_slot;

/* Demands between minimum and maximum neighbours of slot `slot` (pattern sites included, as
 * they are before the process; a site of the pattern itself is left out where exclude_pattern). */
typedef struct sw_condition {
    int slot;
    sw_species_set species;
    sw_kind_set kinds;
    double distance; /* A */
    int minimum, maximum;
    bool exclude_pattern;
} sw_condition;

typedef enum sw_kinetics_kind {
    SW_KINETICS_RATE,      /* fixed Arrhenius: prefactor exp(-barrier/kT), energetics ignored */
    SW_KINETICS_BARRIER,   /* barrier + transfer x dG, clamped so that both ways stay >= 0 */
    SW_KINETICS_COLLISION, /* ideal-gas flux onto `area` x sticking x exp(-barrier/kT) */
    SW_KINETICS_SADDLE     /* `barrier` is the energy of the saddle above the configuration without
                              the atoms that move; never below either end */
} sw_kinetics_kind;

/* Adds `energy` to the barrier for each neighbour counted at an end of the move; the moving atoms
 * are left out, and the larger of the values at the two slots counts, so it is the same both ways. */
typedef struct sw_barrier_environment {
    int slot[2];
    sw_species_set species;
    sw_kind_set kinds;
    double distance;
    size_t values;
    double value[16]; /* value[n] for n neighbours; the last serves all larger n */
} sw_barrier_environment;

typedef struct sw_gas_change {
    int gas;    /* index into the model's gas list */
    int change; /* molecules made (+) or used (-) by one forward event */
} sw_gas_change;

typedef struct sw_process {
    const char *name;
    const char *mechanism; /* label for --without, may be "" */
    const char *help;
    size_t slots;
    sw_slot slot[SW_SLOT_LIMIT];
    size_t conditions;
    sw_condition condition[8];
    sw_kinetics_kind kinetics;
    double prefactor; /* 1/s */
    double scale;     /* of the rates both ways, which no equilibrium feels; 0 stands for 1 */
    double barrier;   /* eV; SW_KINETICS_SADDLE: of the saddle */
    double transfer;  /* 0..1 */
    double sticking;
    double area;       /* A^2 */
    int collision_gas; /* SW_KINETICS_COLLISION: the gas that arrives; else -1 */
    size_t environments;
    sw_barrier_environment environment[2];
    size_t gas_changes;
    sw_gas_change gas_change[4];
    int supply_change;     /* atoms of the supply used (-) or given back (+) */
    bool reversible;       /* the reverse is made from the free-energy difference, or stated */
    bool self_reverse;     /* a hop between like slots: its reverse is the process itself */
    bool has_reverse_rate; /* SW_KINETICS_RATE only: stated reverse, checked for balance */
    double reverse_prefactor, reverse_barrier;
    bool spillover; /* multiplied by the spillover field at the anchor, both ways */
    int line;       /* in the model file, for messages */
} sw_process;

/* ---- gas ------------------------------------------------------------------------------------- */

typedef struct sw_gas_species {
    const char *name; /* as thermo knows it: "H2" */
    double pressure;  /* Pa: fed or held */
} sw_gas_species;

typedef enum sw_gas_mode { SW_GAS_RESERVOIR, SW_GAS_STIRRED } sw_gas_mode;

typedef struct sw_gas {
    size_t species;
    const sw_gas_species *list;
    sw_gas_mode mode;
    double flow;   /* m3/s at the reactor's T and p, stirred only */
    double volume; /* m3 */
    double copies; /* how many of the simulated particles the reactor holds */
} sw_gas;

/*
 * Which empty sites the gas reaches: "void" sites are empty sites of `kind` with at most
 * `at_most` occupied neighbours of `kinds` within `distance`; those connected (steps of `step`) to
 * an open boundary of the frame are open. A site is open to gas when it, or a site within
 * `reach` of it, is an open void. Without this rule every site is open.
 */
typedef struct sw_void_rule {
    bool present;
    int kind;
    sw_kind_set kinds;
    double distance;
    int at_most;
    double step;
    double reach;
} sw_void_rule;

/* ---- a supply-limited adsorbate shared by each connected cluster ----------------------------- */

/*
 * Each connected cluster of carriers keeps an inventory of n atoms, a whole number. Molecules
 * arrive at J and leave at J c, two atoms each, c = n (n - 1) / n_eq^2; J = collision rate x
 * exp(-barrier/kT) summed over exposed carriers, n_eq = coverage x exposed. Processes that take k
 * atoms go with n (n - 1) ... (n - k + 1) / n_eq^k, their reverse without: equilibrium with the gas
 * is a Poisson distribution of mean n_eq. Carriers count as metallic with at most `bound_at_most` neighbours of `bound_species`.
 */
typedef struct sw_supply {
    bool present;
    const char *name;
    int gas; /* the diatomic gas it comes from */
    sw_species_set carriers;
    sw_kind_set kinds;
    double link; /* A: carriers this near belong to one cluster */
    sw_species_set bound_species;
    double bound_distance;
    int bound_at_most;
    int smallest_cluster;
    double area;                                   /* A^2 per exposed carrier */
    double dissociation_barrier[SW_SPECIES_LIMIT]; /* eV, by carrier species */
    double adsorption_energy;                      /* eV per atom, relative to half a molecule */
    double adsorption_entropy;                     /* eV/K per adsorbed atom (absolute) */
} sw_supply;

/* The field of an adsorbate that spills over from the clusters along sites of `kind` at the
 * surface: exp(-path / decay), decay = step sqrt(k_hop / k_loss); 1 within `contact` of a carrier. */
typedef struct sw_spillover {
    bool present;
    bool contact_only; /* --without spillover: the field ends at the contact */
    int kind;
    double step;
    double contact;
    double hop_prefactor, hop_barrier;
    double loss_prefactor, loss_barrier;
    double smallest; /* the field is cut to zero below this */
    int refresh;     /* events between two updates of the field */
} sw_spillover;

/* ---- structure, programme, what is observed -------------------------------------------------- */

typedef struct sw_crystal_site {
    int species;
    double position[3]; /* in lattice constants */
} sw_crystal_site;

typedef struct sw_crystal {
    const char *name;
    double period; /* lattice constants, cubic; 0: the listed species on every site of its kind */
    size_t sites;
    const sw_crystal_site *site;
} sw_crystal;

/* A convex region: inside every half-space (normal . (r - centre) <= distance) and sphere. */
typedef struct sw_half_space {
    double normal[3]; /* unit length */
    double distance;  /* A */
} sw_half_space;

/* Between two planes, closed on itself across the periodic boundaries of the frame. */
typedef struct sw_slab {
    double normal[3]; /* unit length */
    double from; /* A along the normal, from the centre to the lower plane, which belongs to it */
    double thickness; /* A; 0: no slab */
    double repeat;    /* A after which the planes come again */
} sw_slab;

typedef struct sw_fill {
    double centre[3]; /* A from the middle of the frame */
    double radius;    /* A; 0: no sphere */
    size_t half_spaces;
    const sw_half_space *half_space;
    sw_slab slab;
    int crystal;       /* fills with a crystal ... */
    sw_kind_set kinds; /* ... or, where crystal is -1, every site of these kinds ... */
    double fraction[SW_SPECIES_LIMIT]; /* ... with this mixture, drawn at random */
    bool replace;                      /* empty every other site in the region first */
} sw_fill;

typedef struct sw_structure {
    const char *file; /* atoms file to be mapped onto the frame, or NULL */
    size_t crystals;
    const sw_crystal *crystal;
    size_t fills;
    const sw_fill *fill;
    /* Metropolis exchange of surface atoms with empty sites before time starts; 0: none. */
    uint64_t relax_moves;
    double relax_temperature; /* K */
    sw_species_set relax_species;
} sw_structure;

/* One leg of the programme: hold or ramp to these conditions in this time. */
typedef struct sw_leg {
    double duration;        /* s */
    double temperature;     /* K at its end */
    bool ramp;              /* linear from the end of the leg before; else a switch */
    const double *pressure; /* [gas species], Pa */
} sw_leg;

typedef struct sw_phase {
    const char *name;
    sw_species_set species;
    sw_kind_set kinds;
    sw_species_set bound_species; /* 0: no condition */
    double bound_distance;
    int bound_minimum, bound_maximum;
} sw_phase;

typedef struct sw_observe {
    size_t phases;
    const sw_phase *phase;
    int metal, oxide;             /* phases by role, -1 where none */
    sw_species_set exchanged;     /* the lattice species that is taken and returned: O */
    sw_species_set core;          /* marks the particle that is tracked: Ni */
    int product_gas, oxidant_gas; /* -1 where none */
    sw_species_set tracers;       /* each atom of these is followed from its start; 0: none */
    sw_species_set order[2];      /* (first - second) / (first + second) of their sites; 0: none */
    double interface_distance;    /* A: an exchanged atom this near to metal is at the interface */
} sw_observe;

/* ---- the lattice model ----------------------------------------------------------------------- */

typedef struct sw_lattice_model {
    sw_frame frame;
    size_t species_count;
    const sw_species *species;
    sw_energetics energetics;
    size_t processes;
    const sw_process *process;
    sw_gas gas;
    sw_void_rule void_rule;
    sw_supply supply;
    sw_spillover spillover;
    sw_structure structure;
    size_t legs;
    const sw_leg *leg;
    sw_observe observe;
    sw_run_settings run;
} sw_lattice_model;

/* ---- slabs ----------------------------------------------------------------------------------- */

/*
 * Sets normal and repeat of a slab of the planes (h k l) of the frame's cell; the other fields are
 * the caller's. Fails with SW_ERROR_ARGUMENT where the indices have a common divisor, and where the
 * frame is closed along an axis that the planes cross. One slab has twice the area
 * volume of the frame / repeat. O(1).
 */
SW_API SW_MUST_USE sw_status sw_slab_close(sw_slab *slab, const sw_frame *frame,
                                           const int indices[3], sw_error *error);
/* How far a place (A, from the slab's centre) lies above the lower plane, A: 0 up to the repeat,
 * less the millionth of an A by which a place may miss the plane and still be on it. */
SW_API double sw_slab_height(const sw_slab *slab, const double place[3]);
/* Whether the crystal goes on as it began across every periodic boundary of the frame: each edge of
 * the frame is one of the crystal's translations. O(sites of the crystal squared). */
SW_API bool sw_crystal_fits(const sw_crystal *crystal, const sw_frame *frame);
/* From the lower plane up to, but not on, the upper plane. */
SW_API bool sw_slab_contains(const sw_slab *slab, const double place[3]);

/* ---- loading --------------------------------------------------------------------------------- */

typedef struct sw_model sw_model;

/* path of a value in the file ("parameters.hop_barrier.value", or just a parameter's name) and its text; path
 * "experiment" with the name of one of the model's experiments puts all its settings. They are put in their order. */
typedef struct sw_setting {
    const char *path;
    const char *text;
} sw_setting;

/*
 * Loads a model or a recipe: `source` is a path to a YAML file, or the name of a built-in model.
 * settings override values; without[] names mechanisms (or processes) to leave out.
 * Every error carries file:line:column, what was expected and the nearest valid name.
 */
SW_API SW_MUST_USE sw_status sw_model_load(sw_model **model, const char *source,
                                           const sw_setting *settings, size_t setting_count,
                                           const char *const *without, size_t without_count,
                                           sw_error *error);
SW_API void sw_model_destroy(sw_model *model);

SW_API const char *sw_model_name(const sw_model *model);
SW_API const char *sw_model_title(const sw_model *model);
SW_API const char *sw_model_description(const sw_model *model);
SW_API const char *sw_model_citation(const sw_model *model);
/* "lattice", "powder", "diffusion": which simulator advances it; "" for a recipe. */
SW_API const char *sw_model_simulator(const sw_model *model);
/* The whole model as YAML with includes merged and settings applied: loads again to the same model. */
SW_API const char *sw_model_resolved_text(const sw_model *model);
SW_API size_t sw_model_parameter_count(const sw_model *model);
SW_API const sw_parameter *sw_model_parameter(const sw_model *model, size_t index);
SW_API size_t sw_model_mechanism_count(const sw_model *model);
SW_API const char *sw_model_mechanism(const sw_model *model, size_t index);
/* Named settings of the file, each a way to look at the same matter. */
SW_API size_t sw_model_experiment_count(const sw_model *model);
SW_API const char *sw_model_experiment(const sw_model *model, size_t index);
/* NULL unless the simulator is "lattice". */
SW_API const sw_lattice_model *sw_model_lattice(const sw_model *model);
/* NULL unless the simulator is "powder". */
SW_API const sw_powder_model *sw_model_powder(const sw_model *model);
/* NULL unless the simulator is "diffusion". */
SW_API const sw_diffusion_model *sw_model_diffusion(const sw_model *model);
/* Of whichever simulator; NULL for a recipe. */
SW_API const sw_run_settings *sw_model_run_settings(const sw_model *model);
/* NULL unless the file is a recipe for atoms (`builds: atoms`). */
SW_API const sw_recipe *sw_model_recipe(const sw_model *model);

/* Built-in models and recipes, compiled in from models/. */
typedef struct sw_builtin_model {
    const char *name;
    const char *title;
    const char *text;   /* the YAML */
    const char *claims; /* claims.yaml, or "" */
    bool is_recipe;     /* for sw_build, not for a simulator */
} sw_builtin_model;
SW_API size_t sw_builtin_model_count(void);
SW_API const sw_builtin_model *sw_builtin_model_at(size_t index);
SW_API const sw_builtin_model *sw_builtin_model_find(const char *name);

#ifdef __cplusplus
}
#endif
#endif
