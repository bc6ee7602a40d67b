/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every reaction goes both ways, with rates that join smoothly: they grow with the cube of a drive
 * below BLEND and with the drive above it. What runs out is weighed by x / (x + SCARCE).
 */
#include "powder/rates.h"

#include <math.h>
#include <string.h>

#define BLEND 0.01       /* of all gas */
#define SCARCE 0.01      /* share of a grain */
#define CORE 1e-6        /* share of a grain below which its front shrinks away */
#define SEED 1e-3        /* of nickel, for a power of what is not there yet */
#define SEED_RADIUS 1e-9 /* m, of a nucleus */
#define CROWDED 0.1      /* per extended area: covered surface makes no more of it */
#define IRON_DENSITY (2 * 5250.0 / 0.159687) /* mol of Fe in a m3 of Fe2O3 */
#define LEAST_GRAIN 1e-9                     /* share of a grain */
#define LEAST_IRON 1e-3
#define LEAST_WATER 1e-6 /* of all gas, in the supersaturation */

static double available(double x) {
    return x > 0 ? x / (x + SCARCE) : x / SCARCE;
}

/* Of a metal, by its share of the cell's iron; never negative, for it multiplies what may be. */
static double present(double share) {
    return share > 0 ? share * share / (share * share + LEAST_IRON * LEAST_IRON) : 0;
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

static double positive(double x, double width) {
    return 0.5 * (x + sqrt(x * x + width * width));
}

/* Never negative: beyond the end of a grain only what is available has a sign. */
static double front_area(double v) {
    double size = positive(v, LEAST_GRAIN);
    return size / cbrt(size + CORE);
}

/* What the bins of a cell share. */
typedef struct surroundings {
    const sw_powder_compiled *compiled;
    const sw_powder_coefficients *now;
    double hydrogen, water; /* over compiled->concentration */
    double activity;        /* of iron in fcc */
    double fcc, bcc;        /* shares of the cell's iron that are in the metals */
    double reach;           /* share of oxide surface that nickel's hydrogen serves */
    double growth;          /* the same where fcc may grow: 0 without alloying */
} surroundings;

/* What a bin does in a second, per mol of its iron. */
typedef struct exchange {
    double oxygen; /* mol that leave with hydrogen */
    double fcc;    /* mol of iron that become fcc */
} exchange;

static double drive_of(const surroundings *in, double constant) {
    return in->hydrogen - in->water / constant;
}

/* Inverse velocity of a front where hydrogen is at hand: reaction, water that leaves, product. */
static double resistance(const surroundings *in, int front, double v, double radius) {
    const sw_powder_coefficients *now = in->now;
    double sum = 1 / now->front[front] + now->desorption;
    if (now->layer > 0) {
        double part = cbrt(v > 0 ? v + CORE : CORE);
        sum += radius * part * (1 - (part < 1 ? part : 1)) / now->layer;
    }
    return sum;
}

/* mol of oxygen per m2 and s over `concentration`, for a drive of 1: patches that metal serves
 * beside bare ones, on which hydrogen has to be activated. */
static double conductance(const surroundings *in, int front, double v, double radius,
                          double covered) {
    double served = 1 - exp(-positive(in->reach + covered, 1e-12));
    double bare = resistance(in, front, v, radius);
    return served / bare + (1 - served) / (bare + in->now->activation);
}

/* ---- fronts ---------------------------------------------------------------------------------- */

/* Fe2O3 to Fe3O4 and Fe3O4 to FeO: -dv/dt of each. */
static void outer_oxides(double speed[SW_FRONTS], const surroundings *in, const double *bin,
                         double radius) {
    double covered = bin[SW_BIN_BCC] + bin[SW_BIN_FCC], total = in->now->total;
    for (int front = 0; front < SW_WUSTITE; front++) {
        double above = available(bin[front + 1] - bin[front]);
        double inside = front == 0 ? 1 : available(bin[front] - bin[front - 1]);
        double drive = drive_of(in, in->now->constants[SW_EQUILIBRIUM_HEMATITE + front]);
        double taken = blend(drive, total, inside, above) *
                       conductance(in, front, bin[front], radius, covered);
        speed[front] = 3 / radius * front_area(bin[front]) * taken * in->compiled->concentration /
                       (IRON_DENSITY * sw_powder_oxygen_step[front]);
    }
}

/* The two metals on wustite: drive (both ways weighed) of each, and how they spread. */
typedef struct metals {
    double bcc_share, fcc_share; /* of the front */
    double bcc, fcc;             /* m/s: of the front under each */
    double bcc_edge, fcc_edge;   /* m/s: forward only */
} metals;

static metals front_metals(const surroundings *in, const double *bin, double radius) {
    const sw_powder_coefficients *now = in->now;
    double bcc = positive(bin[SW_BIN_BCC], 1e-9);
    double fcc = positive(bin[SW_BIN_FCC] + in->growth, 1e-12);
    double covered = 1 - exp(-bcc - fcc), iron = 1 - bin[SW_WUSTITE];
    double oxide = available(bin[SW_WUSTITE] - bin[SW_MAGNETITE]);
    double speed =
        in->compiled->concentration / (IRON_DENSITY * sw_powder_oxygen_step[SW_WUSTITE] *
                                       resistance(in, SW_WUSTITE, bin[SW_WUSTITE], radius));
    double constant = now->constants[SW_EQUILIBRIUM_WUSTITE];
    double bcc_drive = drive_of(in, constant);
    double dissolved = pow(in->activity + 1e-6, 1 / SW_OXYGEN_WUSTITE);
    double fcc_drive = in->hydrogen - in->water * dissolved / constant;
    return (metals){
        .bcc_share = covered * bcc / (bcc + fcc),
        .fcc_share = covered * fcc / (bcc + fcc),
        .bcc = speed * blend(bcc_drive, now->total, oxide, available(iron) * present(in->bcc)),
        .fcc = speed * blend(fcc_drive, now->total, oxide, available(iron) * present(in->fcc)),
        .bcc_edge =
            speed * oxide * positive(bcc_drive, 1e-6) * forward_share(bcc_drive, now->total),
        .fcc_edge =
            speed * oxide * positive(fcc_drive, 1e-6) * forward_share(fcc_drive, now->total),
    };
}

/* ---- nuclei ---------------------------------------------------------------------------------- */

/* 1/s on SW_POWDER_NUCLEI of bare wustite. */
static double nucleation(const surroundings *in, double constant) {
    double least = LEAST_WATER * in->now->total;
    double excess = log((constant * (positive(in->hydrogen, least) + least)) /
                        (positive(in->water, least) + least));
    double barrier = in->compiled->model->nucleation.barrier;
    if (excess <= 0 && barrier > 0)
        return 0;
    double start = barrier > 0 ? exp(-barrier / (excess * excess))
                               : forward_share(drive_of(in, constant), in->now->total);
    return in->now->nucleation * start;
}

/* Rim of circles with this count on an area whose extended area they make up, times speed. */
static double rim_growth(double speed, double density, double extended) {
    double least = density * M_PI * SEED_RADIUS * SEED_RADIUS;
    return 2 * speed * sqrt(M_PI * density * (positive(extended, 1e-12) + least) + 1e-12);
}

static void spread_metals(double *rate, const surroundings *in, const double *bin,
                          const metals *metal) {
    double fcc = positive(bin[SW_BIN_FCC] + in->growth, 1e-12);
    double crowd = exp(-CROWDED * positive(bin[SW_BIN_BCC] + fcc, 1e-9));
    double bare = exp(-positive(bin[SW_BIN_BCC] + fcc, 1e-9));
    double oxide = available(bin[SW_WUSTITE] - bin[SW_MAGNETITE]);
    double nuclei = positive(bin[SW_BIN_NUCLEI], 1e-9) / SW_POWDER_NUCLEI;
    double births = in->compiled->model->nucleation.rate > 0
                        ? nucleation(in, in->now->constants[SW_EQUILIBRIUM_WUSTITE])
                        : 0;
    rate[SW_BIN_NUCLEI] = births * bare * positive(oxide, 1e-6);
    rate[SW_BIN_BCC] = crowd * rim_growth(metal->bcc_edge, nuclei, bin[SW_BIN_BCC]);
    rate[SW_BIN_FCC] = in->growth > 0
                           ? crowd * rim_growth(metal->fcc_edge, in->compiled->contact_density, fcc)
                           : 0;
}

static exchange bin_rates(double *rate, const surroundings *in, const double *bin, double radius) {
    double speed[SW_FRONTS];
    outer_oxides(speed, in, bin, radius);
    metals metal = front_metals(in, bin, radius);
    double front = 3 / radius * front_area(bin[SW_WUSTITE]);
    exchange out = {.fcc = front * metal.fcc_share * metal.fcc};
    speed[SW_WUSTITE] = front * metal.bcc_share * metal.bcc + out.fcc;
    for (int i = 0; i < SW_FRONTS; i++) {
        rate[SW_BIN_FRONT + i] = -speed[i];
        out.oxygen += sw_powder_oxygen_step[i] * speed[i];
    }
    spread_metals(rate, in, bin, &metal);
    return out;
}

/* ---- cells ----------------------------------------------------------------------------------- */

/* Share of the cell's nickel that leaves NiO by hydrogen in a second. */
static double nickel_rate(const surroundings *in, double oxide) {
    const sw_powder_kinetics *kinetics = &in->compiled->model->kinetics;
    /* odd in what is left, so that nothing happens at a kink where it has run out */
    double left = oxide * pow(oxide * oxide + 1e-12, 0.5 * (kinetics->decay - 1));
    double metal = positive(1 - oxide, 1e-7);
    double forth = pow(metal + SEED, kinetics->growth) * left;
    double drive = drive_of(in, in->now->constants[SW_EQUILIBRIUM_NICKEL]);
    return in->now->nickel_oxide * blend(drive, in->now->total, forth, metal);
}

/* Nickel that takes the oxygen of Fe2O3, share of it in a second (Ni + FeO costs energy at all
 * temperatures and has no way forward). */
static double metallothermic_rate(const surroundings *in, double oxide, double hematite) {
    double backward = 1 / in->now->constants[SW_EQUILIBRIUM_NICKEL_HEMATITE];
    if (in->now->metallothermic <= 0 || backward >= 1)
        return 0;
    return in->now->metallothermic * (1 - backward) * available(hematite) * available(1 - oxide);
}

static surroundings look_around(const double *cell, const sw_powder_compiled *compiled,
                                const sw_powder_coefficients *now) {
    surroundings in = {.compiled = compiled,
                       .now = now,
                       .hydrogen = cell[SW_CELL_H2],
                       .water = cell[SW_CELL_H2O],
                       .fcc = cell[SW_CELL_FCC]};
    in.bcc = -in.fcc;
    for (size_t b = 0; b < compiled->bins; b++)
        in.bcc += (1 - cell[SW_CELL_BINS + b * SW_BIN_SIZE + SW_WUSTITE]) / (double)compiled->bins;
    double iron = positive(cell[SW_CELL_FCC] * compiled->iron, 1e-9 * compiled->iron);
    double nickel = positive((1 - cell[SW_CELL_NIO]) * compiled->nickel, 1e-9 * compiled->iron);
    double accessible = compiled->contact > 0 ? compiled->accessible : 1;
    in.activity = sw_powder_iron_activity(iron / (iron + nickel * accessible),
                                          now->constants[SW_EQUILIBRIUM_FCC], now->temperature);
    double metal = compiled->nickel > 0 ? positive(1 - cell[SW_CELL_NIO], 1e-9) : 0;
    in.growth = compiled->contact * now->spread * metal;
    in.reach = in.growth;
    double shell = compiled->model->nickel.encapsulation * 1e-10;
    if (shell > 0 && compiled->nickel > 0) {
        /* 7.1e-6 m3/mol: iron that lies on the nickel */
        double cover = iron * 7.1e-6 / (compiled->nickel * compiled->nickel_area + 1e-300);
        in.reach *= exp(-cover / shell);
    }
    if (!compiled->model->alloying.present)
        in.growth = 0;
    return in;
}

/* Everything within a cell; returns mol/s of oxygen that hydrogen takes there. */
static double cell_rates(double *rate, const double *cell, const sw_powder_compiled *compiled,
                         const sw_powder_coefficients *now) {
    surroundings in = look_around(cell, compiled, now);
    double iron = compiled->iron / (double)compiled->cells, bins = (double)compiled->bins;
    double nickel = compiled->nickel / (double)compiled->cells, oxygen = 0, hematite = 0;
    rate[SW_CELL_FCC] = 0;
    for (size_t b = 0; b < compiled->bins; b++) {
        size_t at = SW_CELL_BINS + b * SW_BIN_SIZE;
        exchange out = bin_rates(rate + at, &in, cell + at, compiled->radius[b]);
        oxygen += out.oxygen * iron / bins;
        rate[SW_CELL_FCC] += out.fcc / bins;
        hematite += positive(cell[at], LEAST_GRAIN) / bins;
    }
    double by_hydrogen = nickel > 0 ? nickel_rate(&in, cell[SW_CELL_NIO]) : 0;
    double by_iron = metallothermic_rate(&in, cell[SW_CELL_NIO], hematite);
    rate[SW_CELL_NIO] = by_iron - by_hydrogen;
    oxygen += by_hydrogen * nickel;
    /* its oxygen comes out of the Fe2O3, whichever the grain */
    for (size_t b = 0; b < compiled->bins; b++) {
        size_t at = SW_CELL_BINS + b * SW_BIN_SIZE;
        rate[at] -= by_iron * nickel / iron / sw_powder_oxygen_step[0] *
                    positive(cell[at], LEAST_GRAIN) / hematite;
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
