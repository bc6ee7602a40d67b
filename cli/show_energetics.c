/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every term of the energy by symmetry orbit. */
#include "cli/show.h"

#include <stdlib.h>

static const char *const kind_names[] = {"site", "pair", "cluster", "valence"};

static void join_points(char *species, char *kinds, char *places, const sw_lattice_model *model,
                        const sw_term_orbit *orbit) {
    char one[SHOW_TEXT];
    species[0] = kinds[0] = places[0] = '\0';
    for (size_t i = 0; i < orbit->points; i++) {
        const double *at = orbit->position[i];
        show_species_set(one, model, orbit->species[i]);
        show_append(species, "%s%.100s", i > 0 ? " " : "", one);
        show_append(kinds, "%s%s", i > 0 ? " " : "", model->frame.kind_names[orbit->site_kind[i]]);
        show_append(places, "%s(%.4g %.4g %.4g)", i > 0 ? " " : "", at[0], at[1], at[2]);
    }
}

/* All of them in the order 1-2, 1-3, 2-3, 1-4 ... */
static void join_distances(char *text, const sw_term_orbit *orbit) {
    text[0] = '\0';
    for (size_t j = 1; j < orbit->points; j++)
        for (size_t i = 0; i < j; i++)
            show_append(text, "%s%.4g", text[0] != '\0' ? " " : "", orbit->distance[i][j]);
}

static void note_text(char *text, const sw_lattice_model *model, const sw_term_orbit *orbit) {
    text[0] = '\0';
    if (orbit->kind == SW_TERM_VALENCE) {
        const sw_valence_term *term = &model->energetics.valence[orbit->term];
        snprintf(text, SHOW_TEXT, "at w = %.4g; ", term->w[term->points - 1]);
    } else if (orbit->kind == SW_TERM_PAIR && model->energetics.pair[orbit->term].screening) {
        char set[SHOW_TEXT];
        show_species_set(set, model, model->energetics.pair[orbit->term].screening);
        snprintf(text, SHOW_TEXT, "screened by %.60s; ", set);
    }
}

static void fill_row(cli_listing *listing, const sw_lattice_model *model,
                     const sw_term_orbit *orbit) {
    char term[SHOW_TEXT], species[SHOW_TEXT], kinds[SHOW_TEXT], places[SHOW_TEXT];
    char distances[SHOW_TEXT], note[SHOW_TEXT];
    snprintf(term, sizeof term, "%s %zu", kind_names[orbit->kind], orbit->term + 1);
    join_points(species, kinds, places, model, orbit);
    join_distances(distances, orbit);
    note_text(note, model, orbit);
    listing_text(listing, term);
    listing_text(listing, species);
    listing_text(listing, kinds);
    listing_text(listing, distances);
    listing_number(listing, (double)orbit->multiplicity);
    listing_number(listing, orbit->per_site);
    listing_number(listing, orbit->energy);
    show_append(note, "%.200s", places);
    listing_text(listing, note);
}

static void print_table(const sw_lattice_model *model, const sw_term_orbit *orbits, size_t count) {
    static const char *const names[] = {"term",     "species",  "sites",     "distances A",
                                        "per cell", "per site", "energy eV", "one place"};
    cli_listing listing;
    listing_create(&listing, names, 8);
    for (size_t i = 0; i < count; i++)
        fill_row(&listing, model, &orbits[i]);
    listing_print(stdout, &listing);
    printf(
        "\ndistances in the order 1-2, 1-3, 2-3, 1-4 ...; per site: of the first point's kind; "
        "valence: energy of a centre at the\nend of its table, the centre and one ligand of each "
        "shell\n");
    listing_destroy(&listing);
}

static json_t *points_json(const sw_lattice_model *model, const sw_term_orbit *orbit) {
    json_t *list = json_array();
    char set[SHOW_TEXT];
    for (size_t i = 0; i < orbit->points; i++) {
        show_species_set(set, model, orbit->species[i]);
        json_array_append_new(list,
                              json_pack("{so so so}", "species", json_of_text(set), "kind",
                                        json_of_text(model->frame.kind_names[orbit->site_kind[i]]),
                                        "position", show_vector_json(orbit->position[i])));
    }
    return list;
}

static json_t *distances_json(const sw_term_orbit *orbit) {
    json_t *list = json_array();
    for (size_t j = 1; j < orbit->points; j++)
        for (size_t i = 0; i < j; i++)
            json_array_append_new(list, json_of_number(orbit->distance[i][j]));
    return list;
}

static json_t *orbits_json(const sw_model *owner, const sw_term_orbit *orbits, size_t count) {
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_pack("{ss sI so so sI so so}", "kind",
                                              kind_names[orbits[i].kind], "term",
                                              (json_int_t)orbits[i].term + 1, "points",
                                              points_json(sw_model_lattice(owner), &orbits[i]),
                                              "distances_A", distances_json(&orbits[i]), "per_cell",
                                              (json_int_t)orbits[i].multiplicity, "per_site",
                                              json_of_number(orbits[i].per_site), "energy_eV",
                                              json_of_number(orbits[i].energy)));
    return json_pack("{so so}", "model", json_of_text(sw_model_name(owner)), "orbits", list);
}

cli_exit show_energetics(const sw_model *model, cli_console *console) {
    sw_error error = {0};
    sw_term_orbit *orbits = NULL;
    size_t count = 0;
    bool done = true;
    if (sw_lattice_term_orbits(&orbits, &count, sw_model_lattice(model), &error) != SW_OK)
        return command_failed(console, &error);
    if (console->json)
        done = console_json(orbits_json(model, orbits, count));
    else if (count == 0)
        console_say(console, "%s has no energetics", sw_model_name(model));
    else
        print_table(sw_model_lattice(model), orbits, count);
    free(orbits);
    return done ? EXIT_DONE : EXIT_FAILED;
}
