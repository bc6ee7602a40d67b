/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/selftest_checks.h"

#include <spillway/spillway.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH 1024
#define FILE_LIMIT ((size_t)1 << 26)

static sw_status differs(sw_error *error, const char *what, double found, double expected) {
    return sw_error_set(error, SW_ERROR_NUMERIC, what,
                        "this build computes something else than it should: report it",
                        "%.10g was found, %.10g was expected", found, expected);
}

static sw_status near(sw_error *error, const char *what, double found, double expected,
                      double tolerance) {
    return fabs(found - expected) <= tolerance ? SW_OK : differs(error, what, found, expected);
}

/* ---- random numbers -------------------------------------------------------------------------- */

/* Known answers of Philox 4x32-10, from the test vectors of Random123 (Salmon et al., SC11). */
static sw_status check_random(const char *folder, sw_error *error) {
    static const struct {
        uint64_t counter, stream, seed;
        uint32_t words[4];
    } answers[] = {
        {0, 0, 0, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {UINT64_MAX, UINT64_MAX, UINT64_MAX, {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {0x85a308d3243f6a88,
         0x0370734413198a2e,
         0x299f31d0a4093822,
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    (void)folder;
    for (size_t i = 0; i < 3; i++) {
        uint32_t words[4];
        sw_random random = sw_random_create(answers[i].seed, answers[i].stream);
        random.counter = answers[i].counter;
        sw_random_block(words, &random);
        for (size_t k = 0; k < 4; k++)
            if (words[k] != answers[i].words[k])
                return differs(error, "Philox", words[k], answers[i].words[k]);
    }
    return SW_OK;
}

/* ---- units ----------------------------------------------------------------------------------- */

static sw_status check_units(const char *folder, sw_error *error) {
    static const struct {
        const char *text;
        sw_dimension dimension;
        double value;
    } answers[] = {
        {"700 degC", SW_TEMPERATURE, 973.15},
        {"0.2 bar", SW_PRESSURE, 2e4},
        {"96.4853 kJ/mol", SW_ENERGY, 1},
        {"5 K/min", SW_HEATING_RATE, 5.0 / 60},
        {"2 nm", SW_LENGTH, 20},
        {"1.5 us", SW_TIME, 1.5e-6},
    };
    (void)folder;
    double value = 0;
    sw_status status = SW_OK;
    for (size_t i = 0; i < sizeof answers / sizeof answers[0] && status == SW_OK; i++) {
        status = sw_quantity_parse(&value, answers[i].text, answers[i].dimension, error);
        if (status == SW_OK)
            status = near(error, answers[i].text, value, answers[i].value,
                          1e-6 * fabs(answers[i].value));
    }
    if (status == SW_OK && sw_quantity_parse(&value, "700", SW_TEMPERATURE, NULL) == SW_OK)
        return sw_error_set(error, SW_ERROR_UNIT, "700", NULL,
                            "a temperature without a unit was accepted");
    return status;
}

/* ---- formats --------------------------------------------------------------------------------- */

static sw_status make_atoms(sw_atoms **atoms) {
    static const double cell[3][3] = {{4, 0, 0}, {0, 5, 0}, {0, 0.5, 6}};
    static const bool periodic[3] = {true, true, true};
    static const uint8_t elements[3] = {8, 26, 28};
    sw_status status = sw_atoms_create(atoms, 3);
    if (status != SW_OK)
        return status;
    sw_atoms_set_cell(*atoms, cell, periodic);
    for (size_t i = 0; i < 3; i++) {
        sw_atoms_elements(*atoms)[i] = elements[i];
        for (size_t k = 0; k < 3; k++)
            sw_atoms_positions(*atoms)[3 * i + k] = 0.1 + 1.1 * (double)i + 0.37 * (double)k;
    }
    return SW_OK;
}

/* Atoms as they were made, up to the order that a format may impose: these are sorted already. */
static sw_status compare_atoms(const sw_atoms *found, const sw_atoms *made, const char *format,
                               sw_error *error) {
    size_t count = sw_atoms_count(made);
    if (found == NULL || sw_atoms_count(found) != count)
        return differs(error, format, found ? (double)sw_atoms_count(found) : 0, (double)count);
    if (memcmp(sw_atoms_elements_const(found), sw_atoms_elements_const(made), count) != 0)
        return sw_error_set(error, SW_ERROR_FORMAT, format, NULL, "the elements changed");
    sw_status status = SW_OK;
    for (size_t i = 0; i < 3 * count && status == SW_OK; i++)
        status = near(error, format, sw_atoms_positions_const(found)[i],
                      sw_atoms_positions_const(made)[i], 1e-6);
    return status;
}

static sw_status round_trip_atoms(const char *folder, const sw_format *format, const sw_atoms *made,
                                  sw_error *error) {
    char path[PATH];
    sw_content content = {0};
    int extension = (int)strcspn(format->extensions, " ");
    snprintf(path, sizeof path, "%s/atoms-%s.%.*s", folder, format->name, extension,
             format->extensions);
    sw_status status = sw_write_atoms(path, format, made, false, error);
    if (status == SW_OK)
        status = sw_read(&content, path, NULL, 0, error);
    if (status == SW_OK)
        status = compare_atoms(content.atoms, made, format->name, error);
    sw_content_clear(&content);
    return status;
}

static sw_status check_atoms_formats(const char *folder, sw_error *error) {
    sw_atoms *made = NULL;
    sw_status status = make_atoms(&made);
    for (size_t i = 0; i < sw_format_count() && status == SW_OK; i++) {
        const sw_format *format = sw_format_at(i);
        if (format->noun == SW_NOUN_ATOMS && format->reads && format->writes)
            status = round_trip_atoms(folder, format, made, error);
    }
    sw_atoms_destroy(made);
    return status;
}

static sw_status round_trip_stack(const char *folder, const char *name, const sw_stack *made,
                                  sw_error *error) {
    char path[PATH];
    sw_content content = {0};
    size_t pixels = 70;
    snprintf(path, sizeof path, "%s/stack.%s", folder, name);
    sw_status status = sw_write_stack(path, sw_format_find(name), made, error);
    if (status == SW_OK)
        status = sw_read(&content, path, NULL, 0, error);
    if (status == SW_OK && (content.stack == NULL || sw_stack_frames(content.stack) != 2))
        status = sw_error_set(error, SW_ERROR_FORMAT, name, NULL, "the stack changed its size");
    if (status == SW_OK && memcmp(sw_stack_pixels_const(content.stack), sw_stack_pixels_const(made),
                                  pixels * sizeof(float)) != 0)
        status = sw_error_set(error, SW_ERROR_FORMAT, name, NULL, "pixels changed");
    sw_content_clear(&content);
    return status;
}

static sw_status check_stack_formats(const char *folder, sw_error *error) {
    sw_stack *made = NULL;
    sw_status status = sw_stack_create(&made, 2, 5, 7);
    for (size_t i = 0; i < 70 && status == SW_OK; i++)
        sw_stack_pixels(made)[i] = 0.5f * (float)i - 3;
    if (status == SW_OK)
        status = round_trip_stack(folder, "mrc", made, error);
    if (status == SW_OK)
        status = round_trip_stack(folder, "tiff", made, error);
    sw_stack_destroy(made);
    return status;
}

/* ---- thermodynamics -------------------------------------------------------------------------- */

static sw_status check_thermo(const char *folder, sw_error *error) {
    /* NIST-JANAF, 4th edition: formation of H2O(g) at 1000 K, -192.590 kJ/mol; and of NiO,
     * -151.6 kJ/mol at 973 K (Holmes, O'Neill, Arculus 1986), within the scatter of the sources */
    static const struct {
        const char *reaction;
        double temperature, kilojoules, tolerance;
    } anchors[] = {
        {"2 H2 + O2 = 2 H2O", 1000, -2 * 192.590, 0.2},
        {"2 NiO = 2 Ni + O2", 973.15, 2 * 151.6, 3},
    };
    (void)folder;
    sw_status status = SW_OK;
    for (size_t i = 0; i < 2 && status == SW_OK; i++) {
        double gibbs = 0;
        status = sw_reaction_gibbs(&gibbs, anchors[i].reaction, anchors[i].temperature, error);
        if (status == SW_OK)
            status = near(error, anchors[i].reaction, gibbs / SW_JOULE_PER_MOLE / 1000,
                          anchors[i].kilojoules, anchors[i].tolerance);
    }
    return status;
}

/* ---- the lattice simulator under the driver -------------------------------------------------- */

static const char adatoms[] =
    "format: 1\n"
    "name: adatoms\n"
    "title: Adatoms that hop and attract each other on a square lattice\n"
    "description: a self-test\n"
    "citation: none\n"
    "simulator: lattice\n"
    "frame:\n"
    "  lattice_constant: 2.5 A\n"
    "  cell: cubic\n"
    "  size: [24, 24, 1]\n"
    "  periodic: [true, true, false]\n"
    "  sites: {top: [[0, 0, 0]]}\n"
    "  distances: {neighbour: 1}\n"
    "species:\n"
    "  Ni: {element: Ni, sites: [top]}\n"
    "energetics:\n"
    "  pairs:\n"
    "    - {species: [Ni, Ni], sites: [top, top], distance: neighbour, energy: -0.08 eV}\n"
    "processes:\n"
    "  hop:\n"
    "    sites: {from: top, to: {site: top, at: neighbour, of: from}}\n"
    "    change: {from: [Ni, empty], to: [empty, from]}\n"
    "    kinetics: {type: barrier, prefactor: 1e13 /s, barrier: 0.6 eV, transfer: 0.5}\n"
    "structure:\n"
    "  fill:\n"
    "    - {mixture: {Ni: 0.25}, sites: [top]}\n"
    "run:\n"
    "  temperature: 600 K\n"
    "  seed: 5\n"
    "  events: 20000\n"
    "  observe: {events: 1000}\n"
    "  snapshot: {events: 10000}\n";

static sw_status load_adatoms(sw_model **model, const char *folder, sw_error *error) {
    char path[PATH];
    snprintf(path, sizeof path, "%s/adatoms.yaml", folder);
    sw_status status = sw_replace_file(path, adatoms, sizeof adatoms - 1, error);
    if (status == SW_OK)
        status = sw_model_load(model, path, NULL, 0, NULL, 0, error);
    return status;
}

static sw_status run_adatoms(sw_run_summary *summary, const sw_model *model, const char *folder,
                             const char *name, uint64_t until, sw_error *error) {
    char path[PATH];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    sw_run_options options = {.folder = path, .until_events = until, .resume = true};
    return sw_run(summary, model, &options, NULL, error);
}

static sw_status compare_files(const char *folder, const char *one, const char *other,
                               sw_error *error) {
    char path[2][PATH];
    char *bytes[2] = {NULL, NULL};
    size_t size[2] = {0, 0};
    snprintf(path[0], PATH, "%s/%s", folder, one);
    snprintf(path[1], PATH, "%s/%s", folder, other);
    sw_status status = SW_OK;
    for (size_t i = 0; i < 2 && status == SW_OK; i++)
        status = sw_read_file(&bytes[i], &size[i], path[i], FILE_LIMIT, error);
    if (status == SW_OK && (size[0] != size[1] || memcmp(bytes[0], bytes[1], size[0]) != 0))
        status = sw_error_set(error, SW_ERROR_NUMERIC, other, NULL, "differs from %s", one);
    free(bytes[0]);
    free(bytes[1]);
    return status;
}

static sw_status check_repeat(const char *folder, sw_error *error) {
    sw_model *model = NULL;
    sw_run_summary one = {0}, other = {0};
    sw_status status = load_adatoms(&model, folder, error);
    if (status == SW_OK)
        status = run_adatoms(&one, model, folder, "one", 0, error);
    if (status == SW_OK)
        status = run_adatoms(&other, model, folder, "other", 0, error);
    if (status == SW_OK && (one.events != 20000 || one.fingerprint != other.fingerprint))
        status = sw_error_set(error, SW_ERROR_NUMERIC, "fingerprint", NULL,
                              "two runs of the same seed went different ways");
    if (status == SW_OK)
        status = compare_files(folder, "one/series.csv", "other/series.csv", error);
    sw_model_destroy(model);
    return status;
}

static sw_status check_resume(const char *folder, sw_error *error) {
    sw_model *model = NULL;
    sw_run_summary summary = {0};
    sw_status status = load_adatoms(&model, folder, error);
    if (status == SW_OK)
        status = run_adatoms(&summary, model, folder, "whole", 0, error);
    for (uint64_t until = 7000; until <= 20000 && status == SW_OK; until += 6500)
        status = run_adatoms(&summary, model, folder, "parts", until, error);
    if (status == SW_OK)
        status = compare_files(folder, "whole/series.csv", "parts/series.csv", error);
    if (status == SW_OK)
        status = compare_files(folder, "whole/trajectory.xyz", "parts/trajectory.xyz", error);
    sw_model_destroy(model);
    return status;
}

const selftest_check selftest_checks[] = {
    {"random numbers: known answers of Philox 4x32-10", check_random},
    {"units", check_units},
    {"atoms formats: written and read again", check_atoms_formats},
    {"stack formats: written and read again", check_stack_formats},
    {"thermodynamics: water and nickel oxide", check_thermo},
    {"lattice: the same seed gives the same run", check_repeat},
    {"lattice: a resumed run equals an uninterrupted one", check_resume},
    {NULL, NULL},
};
