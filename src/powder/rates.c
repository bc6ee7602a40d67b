/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every reaction goes both ways, with rates that join smoothly: they grow with the cube of a drive
 * below BLEND and with the drive above it. What runs out is weighed by x / (x + SW_POWDER_SCARCE).
 */
#include "powder/rates.h"

#include "powder/surface.h"

#include <math.h>

#define BLEND 0.01       /* of all gas */
#define SEED 1e-3        /* of nickel, for a power of what is not there yet */
#define SEED_RADIUS 1e-9 /* m, of a nucleus */
#define CROWDED 0.1      /* per extended area: covered surface makes no more of it */
#define LEAST_GRAIN 1e-9 /* share of a grain */
#define LEAST_IRON 1e-3
#define LEAST_METAL 1e-4
#define LEAST_SHARE 1e-2 /* of iron in fcc, below which it enters no faster */
#define LEAST_WATER 1e-6 /* of all gas, in the supersaturation */

static double available(double x) {
    return x > 0 ? x / (x + SW_POWDER_SCARCE) : x / SW_POWDER_SCARCE;
}

/* Of a metal, by its share of the cell's iron. */
static double present(double share) {
    return share * share / (share * share + LEAST_IRON * LEAST_IRON);
}

/*
 * Iron of a bin that can leave one of both metals, of which the cell has this share. Linear about
 * none of it, with one slope on both sides: what a step takes beyond the end comes back, and no
 * Jacobian jumps.
 */
static double removable(double iron, double share, double of_both) {
    return iron * (share * of_both + LEAST_METAL * LEAST_METAL) /
           (of_both * of_both + LEAST_METAL * LEAST_METAL);
}

/* 0 for a drive backwards, and 1 for one forward that is large. */
static double forward_share(double drive, double total) {
    double width = BLEND * total;
    return drive > 0 ? drive * drive / (drive * drive + width * width) : 0;
}

/* What is there for the way that the drive points; nothing ever goes uphill. */
static double blend(double drive, double total, double forth, double back) {
    double width = BLEND * total;
    double share = drive * drive / (drive * drive + width * width);
    return drive * share * (drive > 0 ? forth : back);
}

/* Never negative: beyond the end of a grain only what is available has a sign. */
static double front_area(double v) {
    double size = sw_positive(v, LEAST_GRAIN);
    return size / cbrt(size + SW_POWDER_CORE);
}

/* What a bin does in a second, per mol of its iron. */
typedef struct exchange {
    double oxygen; /* mol that leave with hydrogen */
    double fcc;    /* mol of iron that become fcc */
} exchange;

/* ---- fronts ---------------------------------------------------------------------------------- */

/* Fe2O3 to Fe3O4 and Fe3O4 to FeO: -dv/dt of each. */
static void outer_oxides(double speed[SW_FRONTS], const sw_powder_surroundings *in,
                         const double *bin, double radius) {
    double covered = bin[SW_BIN_BCC] + bin[SW_BIN_FCC], total = in->now->total;
    for (int front = 0; front < SW_WUSTITE; front++) {
        double above = available(bin[front + 1] - bin[front]);
        double inside = front == 0 ? 1 : available(bin[front] - bin[front - 1]);
        double drive = sw_powder_drive(in, in->now->constants[SW_EQUILIBRIUM_HEMATITE + front]);
        double taken = blend(drive, total, inside, above) *
                       sw_powder_conductance(in, front, bin[front], radius, covered);
        speed[front] = 3 / radius * front_area(bin[front]) * taken * in->compiled->concentration /
                       (SW_POWDER_IRON_DENSITY * sw_powder_oxygen_step[front]);
    }
}

/* Where a metal grows: on wustite, or through to magnetite where wustite is thin and not stable. */
enum { ON_WUSTITE, ON_MAGNETITE, GROUNDS };

typedef struct site {
    double constant;    /* pH2O/pH2 */
    double there, thin; /* oxide that can be taken; what lets metal turn to it again */
    double speed;       /* m/s for a drive of 1 */
} site;

static void find_sites(site on[GROUNDS], const sw_powder_surroundings *in,
                       const sw_powder_ground *ground, const double *bin, double radius) {
    double layer = bin[SW_WUSTITE] - bin[SW_MAGNETITE];
    double thin =
        ground->unstable * (layer > 0 ? SW_POWDER_SCARCE / (layer + SW_POWDER_SCARCE) : 1);
    const double *step = sw_powder_oxygen_step, *front = in->now->front;
    double both = step[SW_MAGNETITE] + step[SW_WUSTITE];
    double density = SW_POWDER_IRON_DENSITY / in->compiled->concentration;
    sw_powder_path path = sw_powder_path_at(in, SW_WUSTITE, bin[SW_WUSTITE], radius);
    on[ON_WUSTITE] = (site){ground->wustite, available(layer), 1,
                            1 / (density * step[SW_WUSTITE] * sw_powder_served(&path))};
    /* the oxygen of both steps, each by its own reaction */
    path.reaction =
        (step[SW_MAGNETITE] / front[SW_MAGNETITE] + step[SW_WUSTITE] / front[SW_WUSTITE]) / both;
    on[ON_MAGNETITE] =
        (site){ground->magnetite, thin * available(bin[SW_MAGNETITE] - bin[SW_HEMATITE]), thin,
               1 / (density * both * sw_powder_served(&path))};
}

/* A metal: m/s of the front under it, both ways weighed, and of its edge, forward only. */
typedef struct one_metal {
    double share; /* of the front */
    double under[GROUNDS], edge;
} one_metal;

static void move_metal(one_metal *made, const sw_powder_surroundings *in, const site on[GROUNDS],
                       double back) {
    double total = in->now->total;
    made->edge = 0;
    for (int g = 0; g < GROUNDS; g++) {
        double drive = sw_powder_drive(in, on[g].constant);
        made->under[g] = on[g].speed * blend(drive, total, on[g].there, on[g].thin * back);
        made->edge +=
            on[g].speed * on[g].there * sw_positive(drive, 1e-6) * forward_share(drive, total);
    }
}

typedef struct metals {
    site bcc_on[GROUNDS];
    one_metal bcc, fcc;
} metals;

static metals front_metals(const sw_powder_surroundings *in, const double *bin, double radius) {
    double bcc = sw_positive(bin[SW_BIN_BCC], 1e-9);
    double fcc = sw_positive(bin[SW_BIN_FCC] + in->growth, 1e-12);
    double covered = 1 - exp(-bcc - fcc), iron = available(1 - bin[SW_WUSTITE]);
    metals made = {.bcc.share = covered * bcc / (bcc + fcc),
                   .fcc.share = covered * fcc / (bcc + fcc)};
    site fcc_on[GROUNDS];
    find_sites(made.bcc_on, in, &in->under_bcc, bin, radius);
    find_sites(fcc_on, in, &in->under_fcc, bin, radius);
    move_metal(&made.bcc, in, made.bcc_on, removable(iron, in->bcc, in->bcc + in->fcc));
    move_metal(&made.fcc, in, fcc_on, removable(iron, in->fcc, in->bcc + in->fcc));
    return made;
}

/* ---- nuclei ---------------------------------------------------------------------------------- */

/*
 * 1/s on SW_POWDER_NUCLEI of bare oxide: the iron that nuclei are made of is set free by the
 * steps of the front, on patches that nickel's hydrogen reaches as on those that activate their
 * own; `nucleation` counts nuclei where hydrogen is at hand, per velocity of the front.
 */
static double nucleation(const sw_powder_surroundings *in, double constant, double v,
                         double radius) {
    double least = LEAST_WATER * in->now->total;
    double excess = log((constant * (sw_positive(in->hydrogen, least) + least)) /
                        (sw_positive(in->water, least) + least));
    double barrier = in->compiled->model->nucleation.barrier;
    if (excess <= 0 && barrier > 0)
        return 0;
    double start = barrier > 0 ? exp(-barrier / (excess * excess))
                               : forward_share(sw_powder_drive(in, constant), in->now->total);
    double set_free = sw_powder_conductance(in, SW_WUSTITE, v, radius, 0) * in->hydrogen;
    return in->now->nucleation * sw_positive(set_free, 1e-30) * start;
}

/* Rim of circles with this count on an area whose extended area they make up, times speed. */
static double rim_growth(double speed, double density, double extended) {
    double least = density * M_PI * SEED_RADIUS * SEED_RADIUS;
    return 2 * speed * sqrt(M_PI * density * (sw_positive(extended, 1e-12) + least) + 1e-12);
}

static void spread_metals(double *rate, const sw_powder_surroundings *in, const double *bin,
                          double radius, const metals *metal) {
    double fcc = sw_positive(bin[SW_BIN_FCC] + in->growth, 1e-12);
    double crowd = exp(-CROWDED * sw_positive(bin[SW_BIN_BCC] + fcc, 1e-9));
    double bare = exp(-sw_positive(bin[SW_BIN_BCC] + fcc, 1e-9));
    double nuclei = sw_positive(bin[SW_BIN_NUCLEI], 1e-9) / SW_POWDER_NUCLEI, births = 0;
    for (int g = 0; g < GROUNDS && in->now->nucleation > 0; g++)
        births += nucleation(in, metal->bcc_on[g].constant, bin[SW_WUSTITE], radius) *
                  sw_positive(metal->bcc_on[g].there, 1e-6);
    rate[SW_BIN_NUCLEI] = births * bare;
    rate[SW_BIN_BCC] = crowd * rim_growth(metal->bcc.edge, nuclei, bin[SW_BIN_BCC]);
    rate[SW_BIN_FCC] = in->growth > 0
                           ? crowd * rim_growth(metal->fcc.edge, in->compiled->contact_density, fcc)
                           : 0;
}

/*
 * Share of the cell's iron that goes from bcc into fcc in a second. Surfaces and grain boundaries
 * bring it around each grain of nickel, radius a; into the grain it diffuses, and the mean share x
 * rises towards that of saturation by dx/dt = pi^2 D (s^2 - x^2) / (2 a^2 x), which is within some
 * percent of diffusion into a sphere (Vermeulen, Ind. Eng. Chem. 45, 1664 (1953)). Above saturation
 * it goes back. D is that between both shares.
 */
static double dissolution(const sw_powder_surroundings *in, double nickel_per_iron) {
    const sw_powder_compiled *compiled = in->compiled;
    double radius = compiled->nickel_radius;
    if (!compiled->model->alloying.present || radius <= 0 || nickel_per_iron < LEAST_IRON)
        return 0;
    double fcc = sw_positive(in->fcc, 1e-9), share = fcc / (fcc + nickel_per_iron);
    double saturated = sw_powder_saturated_iron(&in->now->alloy);
    double diffusion = sw_powder_interdiffusion(&in->now->alloy, 0.5 * (share + saturated));
    double change = M_PI * M_PI * diffusion * (saturated * saturated - share * share) /
                    (2 * radius * radius * (share + LEAST_SHARE));
    double from = change > 0 ? in->bcc : in->fcc;
    /* x = n / (n + nickel): dn = dx nickel / (1 - x)^2 */
    return (from > 0 ? present(from) : 0) * change * nickel_per_iron / ((1 - share) * (1 - share));
}

static exchange bin_rates(double *rate, const sw_powder_surroundings *in, const double *bin,
                          double radius) {
    double speed[SW_FRONTS];
    outer_oxides(speed, in, bin, radius);
    metals metal = front_metals(in, bin, radius);
    double front = 3 / radius * front_area(bin[SW_WUSTITE]), made[GROUNDS];
    for (int g = 0; g < GROUNDS; g++)
        made[g] =
            front * (metal.bcc.share * metal.bcc.under[g] + metal.fcc.share * metal.fcc.under[g]);
    exchange out = {.fcc = front * metal.fcc.share *
                           (metal.fcc.under[ON_WUSTITE] + metal.fcc.under[ON_MAGNETITE])};
    speed[SW_WUSTITE] = made[ON_WUSTITE] + made[ON_MAGNETITE];
    speed[SW_MAGNETITE] += made[ON_MAGNETITE];
    for (int i = 0; i < SW_FRONTS; i++) {
        rate[SW_BIN_FRONT + i] = -speed[i];
        out.oxygen += sw_powder_oxygen_step[i] * speed[i];
    }
    spread_metals(rate, in, bin, radius, &metal);
    return out;
}

/* ---- cells ----------------------------------------------------------------------------------- */

/* Share of the cell's nickel that leaves NiO by hydrogen in a second. */
static double nickel_rate(const sw_powder_surroundings *in, double oxide) {
    const sw_powder_kinetics *kinetics = &in->compiled->model->kinetics;
    /* odd in what is left, so that nothing happens at a kink where it has run out */
    double left = oxide * pow(oxide * oxide + 1e-12, 0.5 * (kinetics->decay - 1));
    double metal = sw_positive(1 - oxide, 1e-7);
    double forth = pow(metal + SEED, kinetics->growth) * left;
    double drive = sw_powder_drive(in, in->now->constants[SW_EQUILIBRIUM_NICKEL]);
    return in->now->nickel_oxide * blend(drive, in->now->total, forth, metal);
}

/* Nickel that takes the oxygen of Fe2O3, share of it in a second (Ni + FeO costs energy at all
 * temperatures and has no way forward). */
static double metallothermic_rate(const sw_powder_surroundings *in, double oxide, double hematite) {
    double backward = 1 / in->now->constants[SW_EQUILIBRIUM_NICKEL_HEMATITE];
    if (in->now->metallothermic <= 0 || backward >= 1)
        return 0;
    return in->now->metallothermic * (1 - backward) * available(hematite) * available(1 - oxide);
}

/* Everything within a cell; returns mol/s of oxygen that hydrogen takes there. */
static double cell_rates(double *rate, const double *cell, const sw_powder_compiled *compiled,
                         const sw_powder_coefficients *now) {
    sw_powder_surroundings in = sw_powder_look_around(cell, compiled, now);
    double iron = compiled->iron / (double)compiled->cells, bins = (double)compiled->bins;
    double nickel = compiled->nickel / (double)compiled->cells, oxygen = 0, hematite = 0;
    rate[SW_CELL_FCC] = 0;
    for (size_t b = 0; b < compiled->bins; b++) {
        size_t at = SW_CELL_BINS + b * SW_BIN_SIZE;
        exchange out = bin_rates(rate + at, &in, cell + at, compiled->radius[b]);
        oxygen += out.oxygen * iron / bins;
        rate[SW_CELL_FCC] += out.fcc / bins;
        hematite += sw_positive(cell[at], LEAST_GRAIN) / bins;
    }
    if (nickel > 0)
        rate[SW_CELL_FCC] += dissolution(&in, nickel * (1 - cell[SW_CELL_NIO]) / iron);
    double by_hydrogen = nickel > 0 ? nickel_rate(&in, cell[SW_CELL_NIO]) : 0;
    double by_iron = metallothermic_rate(&in, cell[SW_CELL_NIO], hematite);
    rate[SW_CELL_NIO] = by_iron - by_hydrogen;
    oxygen += by_hydrogen * nickel;
    /* its oxygen comes out of the Fe2O3, whichever the grain */
    for (size_t b = 0; b < compiled->bins; b++) {
        size_t at = SW_CELL_BINS + b * SW_BIN_SIZE;
        rate[at] -= by_iron * nickel / iron / sw_powder_oxygen_step[0] *
                    sw_positive(cell[at], LEAST_GRAIN) / hematite;
    }
    return oxygen;
}

static void transport(double *rate, const double *state, const sw_powder_compiled *compiled,
                      const sw_powder_coefficients *now, int gas) {
    const double feed = gas == SW_CELL_H2 ? now->hydrogen : now->water;
    double stream = state[SW_STATE_STREAM + gas], gone = compiled->feed_flow * stream / now->total;
    double concentration = compiled->concentration;
    double flux = 0;
    for (size_t c = 0; c <= compiled->cells; c++) { /* into cell c from what lies before it */
        double before = flux;
        size_t at = sw_powder_cell(compiled, c) + (size_t)gas;
        double from = c == 0 ? stream : state[at - compiled->cell_size];
        flux = c == compiled->cells ? 0 : (c == 0 ? now->above : now->between) * (from - state[at]);
        if (c == 0)
            rate[SW_STATE_STREAM + gas] =
                ((compiled->feed_flow * feed - gone) / concentration - flux) /
                compiled->model->bed.volume;
        else
            rate[at - compiled->cell_size] += (before - flux) / compiled->void_volume;
    }
    if (gas == SW_CELL_H2O)
        rate[SW_STATE_OUT] = (gone - compiled->feed_flow * feed) / compiled->oxygen;
}

void sw_powder_rates(double *rate, const double *state, const sw_powder_compiled *compiled,
                     const sw_powder_coefficients *now) {
    for (size_t c = 0; c < compiled->cells; c++) {
        size_t at = sw_powder_cell(compiled, c);
        double oxygen = cell_rates(rate + at, state + at, compiled, now);
        double change = oxygen / (compiled->concentration * compiled->void_volume);
        rate[at + SW_CELL_H2] = -change;
        rate[at + SW_CELL_H2O] = change;
    }
    transport(rate, state, compiled, now, SW_CELL_H2);
    transport(rate, state, compiled, now, SW_CELL_H2O);
}
