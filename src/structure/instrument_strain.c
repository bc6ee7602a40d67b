/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instrument `strain`: the deformation around every atom against a reference. */
#include "base/memory.h"
#include "structure/atom_columns.h"
#include "structure/automatic_cutoff.h"
#include "structure/instruments.h"
#include "structure/local_strain.h"
#include "structure/matched_inputs.h"
#include "structure/results.h"

#include <math.h>
#include <stdlib.h>

#define BINS 60
#define DEGREES 57.29577951308232

static const sw_instrument_parameter parameters[] = {
    {.name = "cutoff",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "auto",
     .least = 1e-3,
     .most = 1e3,
     .help = "neighbours in the reference; auto: 1.3 times the median "
             "distance of nearest atoms"},
    {.name = "farthest",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "1.5 A",
     .least = 1e-6,
     .most = 1e3,
     .help = "atoms farther apart are not the same atom"},
    {.name = "shift",
     .kind = SW_TAKES_SWITCH,
     .standard = "yes",
     .help = "remove a shift common to all atoms before they are matched"},
    {0},
};

static const char *const component_names[6] = {"xx", "yy", "zz", "yz", "xz", "xy"};

static double volumetric(const sw_local_strain *strain) {
    return strain->strain[0] + strain->strain[1] + strain->strain[2];
}

/* Equivalent shear strain after von Mises. */
static double von_mises(const sw_local_strain *strain) {
    const double *e = strain->strain;
    double shear = e[3] * e[3] + e[4] * e[4] + e[5] * e[5];
    double apart = (e[0] - e[1]) * (e[0] - e[1]) + (e[1] - e[2]) * (e[1] - e[2]) +
                   (e[2] - e[0]) * (e[2] - e[0]);
    return sqrt(shear + apart / 6.0);
}

/* ---- numbers --------------------------------------------------------------------------------- */

typedef struct sw_strain_sums {
    size_t known;
    double sum[8], squares[8]; /* six components, volumetric, von Mises; in % */
    double rotation;           /* sum of squares, deg2 */
    double errors;             /* sum of squares of the errors of xx, yy, zz, %2 */
    size_t with_error;
} sw_strain_sums;

static void add_up(sw_strain_sums *sums, const sw_local_strain *strain) {
    double values[8] = {0};
    for (int c = 0; c < 6; c++)
        values[c] = 100.0 * strain->strain[c];
    values[6] = 100.0 * volumetric(strain);
    values[7] = 100.0 * von_mises(strain);
    for (int v = 0; v < 8; v++) {
        sums->sum[v] += values[v];
        sums->squares[v] += values[v] * values[v];
    }
    sums->known++;
    sums->rotation += pow(strain->rotation * DEGREES, 2);
    for (int c = 0; c < 3 && isfinite(strain->error[c]); c++) {
        sums->errors += pow(100.0 * strain->error[c], 2);
        sums->with_error++;
    }
}

static sw_status add_means(sw_measurement *out, const sw_strain_sums *sums) {
    static const char *const names[8] = {"strain xx",         "strain yy",       "strain zz",
                                         "strain yz",         "strain xz",       "strain xy",
                                         "volumetric strain", "von Mises strain"};
    sw_status status = SW_OK;
    for (int v = 0; v < 8 && status == SW_OK; v++) {
        status = sw_add_mean(out, names[v], sums->sum[v], sums->squares[v], sums->known, "%",
                             v < 6    ? "mean over the atoms, Green-Lagrange"
                             : v == 6 ? "xx + yy + zz, mean over the atoms"
                                      : "equivalent shear, mean; noise alone makes it "
                                        "positive");
    }
    return status;
}

static sw_status add_values(sw_measurement *out, const sw_strain_sums *sums, size_t atoms,
                            double cutoff) {
    double n = (double)sums->known;
    sw_status status = add_means(out, sums);
    if (status == SW_OK)
        status = sw_add_number(out, "rotation", sqrt(sums->rotation / n), "deg",
                               "root mean square of the local rotation");
    if (status == SW_OK)
        status =
            sw_add_number(out, "local error", sqrt(sums->errors / (double)sums->with_error), "%",
                          "standard error of a normal strain of one atom, from what a "
                          "linear map leaves over");
    if (status == SW_OK)
        status = sw_add_number(out, "atoms without strain", (double)(atoms - sums->known), "",
                               "no partner, or too few neighbours");
    if (status == SW_OK)
        status = sw_add_number(out, "cutoff", cutoff, "A", "of neighbours");
    return status;
}

/* ---- atoms and table ------------------------------------------------------------------------- */

static sw_status add_atoms(sw_measurement *out, const sw_local_strain *strain,
                           const sw_atoms *reference) {
    sw_atoms *atoms;
    double *tensor = NULL, *shear = NULL, *volume = NULL, *rest = NULL;
    sw_status status = sw_atoms_copy(&atoms, reference);
    if (status != SW_OK)
        return status;
    status = sw_atom_column(&tensor, atoms, "strain", 6, false);
    if (status == SW_OK)
        status = sw_atom_column(&volume, atoms, "volumetric_strain", 1, false);
    if (status == SW_OK)
        status = sw_atom_column(&shear, atoms, "von_mises_strain", 1, false);
    if (status == SW_OK)
        status = sw_atom_column(&rest, atoms, "non_affine", 1, false);
    for (size_t i = 0; i < sw_atoms_count(atoms) && status == SW_OK; i++) {
        bool known = strain[i].known;
        for (size_t c = 0; c < 6; c++)
            tensor[6 * i + c] = known ? strain[i].strain[c] : NAN;
        volume[i] = known ? volumetric(&strain[i]) : NAN;
        shear[i] = known ? von_mises(&strain[i]) : NAN;
        rest[i] = known ? strain[i].non_affine : NAN;
    }
    return sw_add_filled_atoms(out, atoms, status);
}

/* Histograms of the six components in %, common bins. */
static sw_status fill_histogram(sw_table *table, const sw_local_strain *strain, size_t atoms) {
    double widest = 1e-9;
    for (size_t i = 0; i < atoms; i++)
        for (int c = 0; c < 6 && strain[i].known; c++)
            widest = fmax(widest, 100.0 * fabs(strain[i].strain[c]));
    double width = 2.0 * widest / BINS * (1.0 + 1e-12);
    sw_status status = sw_table_add_column(table, "strain", "%");
    for (size_t c = 0; c < 6 && status == SW_OK; c++)
        status = sw_table_add_column(table, component_names[c], "");
    for (size_t b = 0; b < BINS && status == SW_OK; b++) {
        status = sw_table_add_row(table, NULL);
        for (size_t c = 0; c < 7 && status == SW_OK; c++)
            sw_table_numbers(table, c)[b] = c ? 0.0 : ((double)b + 0.5) * width - widest;
    }
    for (size_t i = 0; i < atoms && status == SW_OK; i++)
        for (size_t c = 0; c < 6 && strain[i].known; c++) {
            double place = (100.0 * strain[i].strain[c] + widest) / width;
            size_t bin = place < BINS ? (size_t)place : BINS - 1;
            sw_table_numbers(table, c + 1)[bin] += 1.0;
        }
    return status;
}

static sw_status add_histogram(sw_measurement *out, const sw_local_strain *strain, size_t atoms) {
    sw_table *table;
    sw_status status = sw_table_create(&table);
    if (status != SW_OK)
        return status;
    status = fill_histogram(table, strain, atoms);
    status = sw_add_filled_table(out, "strains", table, status);
    if (status != SW_OK)
        return status;
    return sw_measurement_add_plot(
        out, (sw_plot){.title = "Strain of the atoms",
                       .table = "strains",
                       .x = "strain",
                       .y = "xx,yy,zz,yz,xz,xy",
                       .y_label = "atoms",
                       .kind = "steps",
                       .help = "How many atoms have which strain, component by component; the "
                               "width of a peak is strain that differs from place to place, and "
                               "noise."});
}

static sw_status report(sw_measurement *out, const sw_local_strain *strain,
                        const sw_matching *matching, const sw_atoms *reference, double cutoff) {
    sw_strain_sums sums = {0};
    size_t atoms = sw_atoms_count(reference);
    for (size_t i = 0; i < atoms; i++)
        if (strain[i].known)
            add_up(&sums, &strain[i]);
    sw_status status = add_values(out, &sums, atoms, cutoff);
    if (status == SW_OK)
        status = add_histogram(out, strain, atoms);
    if (status == SW_OK)
        status = add_atoms(out, strain, reference);
    if (status == SW_OK && matching->matched < atoms)
        status = sw_measurement_note(out, "%zu of %zu atoms of the reference have no partner.",
                                     atoms - matching->matched, atoms);
    return status;
}

static sw_status measure_matched(sw_measurement *measurement, const sw_content *inputs,
                                 const sw_matching *matching, double cutoff, sw_context *context,
                                 sw_error *error) {
    size_t atoms = sw_atoms_count(inputs[0].atoms);
    sw_local_strain *strain = sw_allocate(atoms, sizeof *strain);
    if (strain == NULL)
        return sw_error_set(error, SW_ERROR_MEMORY, "strain", NULL, "not enough memory");
    sw_status status = sw_local_strains(strain, inputs[0].atoms, inputs[1].atoms, matching, cutoff,
                                        context, error);
    if (status == SW_OK)
        status = report(measurement, strain, matching, inputs[0].atoms, cutoff);
    free(strain);
    return status;
}

static sw_status measure(sw_measurement *measurement, const sw_content *inputs,
                         const sw_instrument_settings *settings, sw_context *context,
                         sw_error *error) {
    sw_matching matching;
    double cutoff;
    /* 1.3 nearest distances hold the first shell of close-packed crystals, and both of bcc */
    sw_status status = sw_automatic_distance(&cutoff, "cutoff", 1.3, inputs[0].atoms, settings,
                                             "give the distance with --cutoff", context, error);
    if (status == SW_OK)
        status = sw_matched_inputs(&matching, inputs, settings, false, context, error);
    if (status != SW_OK)
        return status;
    status = measure_matched(measurement, inputs, &matching, cutoff, context, error);
    sw_matching_clear(&matching);
    return status;
}

const sw_instrument sw_instrument_strain = {
    .name = "strain",
    .summary = "strain tensor around every atom, against a reference",
    .description =
        "The first file holds the unstrained reference, the second the atoms; they are matched as "
        "compare does. The linear map that takes the vectors from an atom to its neighbours in the "
        "reference into those found, with least squares, gives the Green-Lagrange strain in the "
        "axes of the reference, the rotation, and what no linear map explains (non-affine). For "
        "strain against an ideal lattice without a reference see template.\n\n"
        "Intervals are those of a mean over atoms taken as independent. The local error is what "
        "noise in the positions does to one atom's strain.",
    .citation =
        "M. L. Falk and J. S. Langer, Phys. Rev. E 57, 7192 (1998); F. Shimizu, S. Ogata and "
        "J. Li, Mater. Trans. 48, 2923 (2007)",
    .columns = "strain (xx yy zz yz xz xy), volumetric_strain, von_mises_strain, non_affine (A2)",
    .input = {SW_NOUN_ATOMS, SW_NOUN_ATOMS},
    .parameters = parameters,
    .measure = measure,
};
