/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thermo/calphad/read.h"

#include "base/memory.h"
#include "thermo/calphad/builtin.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LARGEST_FILE ((size_t)64 << 20)

typedef bool (*statement_reader)(sw_calphad *database, sw_calphad_cursor *cursor);

/* Keywords may be cut to four letters. NULL: understood, and of no use here. */
static const struct {
    const char *keyword;
    statement_reader read;
} statements[] = {
    {"ELEMENT", sw_calphad_read_element},
    {"SPECIES", sw_calphad_read_species},
    {"FUNCTION", sw_calphad_read_function},
    {"PHASE", sw_calphad_read_phase},
    {"CONSTITUENT", sw_calphad_read_constituents},
    {"TYPE_DEFINITION", sw_calphad_read_type},
    {"PARAMETER", sw_calphad_read_parameter},
    {"DIFFUSION", sw_calphad_read_diffusion},
    {"DEFINE_SYSTEM_DEFAULT", NULL},
    {"DEFAULT_COMMAND", NULL},
    {"LIST_OF_REFERENCES", NULL},
    {"ADD_REFERENCES", NULL},
    {"ASSESSED_SYSTEMS", NULL},
    {"DATABASE_INFO", NULL},
    {"DATABASE_INFORMATION", NULL},
    {"TEMPERATURE_LIMITS", NULL},
    {"VERSION_DATE", NULL},
    {"REFERENCE_FILE", NULL},
    {"ZEROVOLUME_SPECIES", NULL},
};

static bool read_statement(sw_calphad *database, sw_calphad_cursor *cursor) {
    char keyword[CALPHAD_NAME];
    const char *start = cursor->at;
    if (!sw_calphad_word(keyword, cursor, "", "a keyword"))
        return false;
    const size_t length = strlen(keyword);
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++)
        if (length >= 4 && strncmp(statements[i].keyword, keyword, length) == 0) {
            if (statements[i].read && !statements[i].read(database, cursor))
                return false;
            sw_calphad_skip_statement(cursor);
            return true;
        }
    cursor->at = start;
    if (!sw_calphad_remark(database, cursor, "the statement %s is not used here", keyword))
        return false;
    sw_calphad_skip_statement(cursor);
    return true;
}

static bool read_text(sw_calphad *database, const char *text, size_t size, const char *source,
                      sw_error *error) {
    sw_error own = {0};
    sw_calphad_cursor cursor = {.at = text,
                                .end = text + size,
                                .line_start = text,
                                .line = 1,
                                .source = source,
                                .error = error ? error : &own};
    while (sw_calphad_peek(&cursor) != '\0') {
        if (sw_calphad_take(&cursor, '!'))
            continue;
        if (!read_statement(database, &cursor))
            return false;
    }
    return true;
}

static sw_status create(sw_calphad **database, sw_error *error) {
    *database = sw_allocate(1, sizeof **database);
    if (*database && sw_calphad_names_add(&(*database)->species_names, "VA") == CALPHAD_VACANCY &&
        sw_reserve(&(*database)->species, &(*database)->species_capacity, 1,
                   sizeof *(*database)->species)) {
        (*database)->species[CALPHAD_VACANCY].declared = true;
        return SW_OK;
    }
    sw_calphad_destroy(*database);
    *database = NULL;
    return sw_error_set(error, SW_ERROR_MEMORY, NULL, NULL, "no memory for a database");
}

/* A zero byte behind the text, because numbers are read up to one. */
static sw_status add_text(sw_calphad *database, const char *text, size_t size, const char *source,
                          sw_error *error) {
    sw_error own = {0};
    error = error ? error : &own;
    if (size > LARGEST_FILE)
        return sw_error_set(error, SW_ERROR_FORMAT, source, NULL,
                            "expected a database of at most 64 MiB, found %zu bytes", size);
    char *copy = sw_allocate(size + 1, 1);
    if (!copy)
        return sw_error_set(error, SW_ERROR_MEMORY, source, NULL, "no memory for %zu bytes", size);
    memcpy(copy, text, size);
    for (size_t i = 0; i < size; i++)
        if (copy[i] == '\0')
            copy[i] = ' ';
    const bool good = read_text(database, copy, size, source, error);
    free(copy);
    return good ? SW_OK : error->code;
}

sw_status sw_calphad_parse(sw_calphad **database, const char *text, size_t size, const char *name,
                           sw_error *error) {
    sw_status status = create(database, error);
    if (status != SW_OK)
        return status;
    status = add_text(*database, text, size, name, error);
    if (status != SW_OK) {
        sw_calphad_destroy(*database);
        *database = NULL;
    }
    return status;
}

/* *text belongs to the caller, also on failure. */
static sw_status load(char **text, size_t *size, const char *path, sw_error *error) {
    size_t capacity = 0;
    *text = NULL;
    *size = 0;
    FILE *file = fopen(path, "rb");
    if (!file)
        return sw_error_set(error, SW_ERROR_FILE, path, "check the path and its permissions",
                            "cannot open the database: %s", strerrordesc_np(errno));
    sw_status status = SW_OK;
    for (size_t got = 1; status == SW_OK && got > 0 && *size <= LARGEST_FILE; *size += got) {
        got = 0;
        if (!sw_reserve(text, &capacity, *size + 65536, 1))
            status = sw_error_set(error, SW_ERROR_MEMORY, path, NULL, "no memory for the file");
        else
            got = fread(*text + *size, 1, 65536, file);
    }
    if (status == SW_OK && ferror(file))
        status = sw_error_set(error, SW_ERROR_FILE, path, NULL, "cannot read the database: %s",
                              strerrordesc_np(errno));
    fclose(file);
    return status;
}

sw_status sw_calphad_add(sw_calphad *database, const char *path, sw_error *error) {
    char *text;
    size_t size;
    sw_status status = load(&text, &size, path, error);
    if (status == SW_OK)
        status = add_text(database, text, size, path, error);
    free(text);
    return status;
}

sw_status sw_calphad_read(sw_calphad **database, const char *path, sw_error *error) {
    sw_status status = create(database, error);
    if (status != SW_OK)
        return status;
    status = sw_calphad_add(*database, path, error);
    if (status != SW_OK) {
        sw_calphad_destroy(*database);
        *database = NULL;
    }
    return status;
}

static sw_status add_builtin(sw_calphad *database, const char *name, sw_error *error) {
    const sw_calphad_text *text = sw_calphad_builtin_text(name);
    if (!text)
        return sw_error_set(error, SW_ERROR_NOT_FOUND, name, "jonsson, khorasgani",
                            "no database or set of mobilities is called %s", name);
    return add_text(database, text->text, *text->size, name, error);
}

sw_status sw_calphad_builtin(sw_calphad **database, const char *mobilities, sw_error *error) {
    char name[64];
    snprintf(name, sizeof name, "mobility-%.40s", mobilities ? mobilities : "");
    sw_status status = create(database, error);
    if (status != SW_OK)
        return status;
    status = add_builtin(*database, "cr-fe-ni-o", error);
    if (status == SW_OK && mobilities)
        status = add_builtin(*database, name, error);
    if (status != SW_OK) {
        sw_calphad_destroy(*database);
        *database = NULL;
    }
    return status;
}
