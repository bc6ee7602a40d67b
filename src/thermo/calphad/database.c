/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thermo/calphad/database.h"

#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOTES 100

void sw_calphad_destroy(sw_calphad *database) {
    if (!database)
        return;
    sw_calphad_names_clear(&database->species_names);
    sw_calphad_names_clear(&database->phase_names);
    sw_calphad_expressions_clear(&database->expressions);
    free(database->species);
    free(database->phases);
    free(database->parameters);
    free(database->constituents);
    free(database->notes);
    free(database);
}

bool sw_calphad_add_constituent(sw_calphad *database, uint16_t species) {
    if (!sw_reserve(&database->constituents, &database->constituent_capacity,
                    database->constituent_count + 1, sizeof *database->constituents))
        return false;
    database->constituents[database->constituent_count++] = species;
    return true;
}

bool sw_calphad_remark(sw_calphad *database, const sw_calphad_cursor *cursor, const char *format,
                       ...) {
    if (!sw_reserve(&database->notes, &database->note_capacity, database->note_count + 1,
                    sizeof *database->notes))
        return sw_calphad_fail(cursor, SW_ERROR_MEMORY, NULL, "no memory for notes");
    if (database->note_count >= NOTES) {
        database->notes_left_out++;
        snprintf(database->notes[NOTES].text, sizeof database->notes[NOTES].text,
                 "%zu more notes of this kind", database->notes_left_out);
        database->note_count = NOTES + 1;
        return true;
    }
    char place[256], text[140];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    sw_calphad_place(place, cursor);
    sw_calphad_note_text *note = &database->notes[database->note_count++];
    snprintf(note->text, sizeof note->text, "%s: %s", place, text);
    return true;
}

static const sw_calphad_type *type_of(const sw_calphad *database, size_t phase, bool magnetic) {
    const char *name = database->phase_names.name[phase];
    for (const char *letter = database->phases[phase].types; *letter; letter++) {
        const sw_calphad_type *type = &database->types[(unsigned char)*letter & 127];
        const bool wanted = magnetic ? type->magnetic : type->ordered;
        if (wanted && (strcmp(type->phase, "@") == 0 || strcmp(type->phase, name) == 0))
            return type;
    }
    return NULL;
}

const sw_calphad_type *sw_calphad_magnetism_of(const sw_calphad *database, size_t phase) {
    return type_of(database, phase, true);
}

const sw_calphad_type *sw_calphad_order_of(const sw_calphad *database, size_t phase) {
    return type_of(database, phase, false);
}

size_t sw_calphad_notes(const sw_calphad *database) {
    return database->note_count;
}

const char *sw_calphad_note(const sw_calphad *database, size_t index) {
    return index < database->note_count ? database->notes[index].text : "";
}

size_t sw_calphad_phases(const sw_calphad *database) {
    return database->phase_names.count;
}

const char *sw_calphad_phase_name(const sw_calphad *database, size_t index) {
    return index < database->phase_names.count ? database->phase_names.name[index] : "";
}

sw_status sw_calphad_function(double *value, double *slope, const sw_calphad *database,
                              const char *name, double temperature, double pressure,
                              sw_error *error) {
    const sw_calphad_expressions *all = &database->expressions;
    const ptrdiff_t index = sw_calphad_names_find(&all->functions, name);
    if (index < 0 || all->definition[index].count == 0)
        return sw_error_set(error, SW_ERROR_NOT_FOUND, name, "names are in capitals",
                            "the database has no function %s", name);
    sw_calphad_conditions conditions;
    const sw_status status =
        sw_calphad_conditions_create(&conditions, all, temperature, pressure, error);
    if (status != SW_OK)
        return status;
    sw_calphad_dual result = {0};
    const bool good =
        sw_calphad_expression_value(&result, &conditions, &all->definition[index], name);
    sw_calphad_conditions_clear(&conditions);
    *value = result.value;
    if (slope)
        *slope = result.slope;
    return good ? SW_OK : SW_ERROR_NUMERIC;
}
