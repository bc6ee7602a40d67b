/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PHASE, CONSTITUENT and TYPE_DEFINITION. */
#include "base/memory.h"
#include "thermo/calphad/read.h"

#include <math.h>
#include <string.h>

#define PHASES 4096
#define CONSTITUENTS 256 /* of a sublattice */

static bool add_phase(sw_calphad_phase **phase, sw_calphad *database, sw_calphad_cursor *cursor,
                      const char *name) {
    const ptrdiff_t index = sw_calphad_names_add(&database->phase_names, name);
    if (index >= PHASES)
        return sw_calphad_fail(cursor, SW_ERROR_FORMAT, NULL, "expected at most %d phases", PHASES);
    if (index < 0 || !sw_reserve(&database->phases, &database->phase_capacity,
                                 database->phase_names.count, sizeof *database->phases))
        return sw_calphad_fail(cursor, SW_ERROR_MEMORY, NULL, "no memory for phases");
    *phase = &database->phases[index];
    return true;
}

/* PHASE FCC_A1 %B 2 1 1 ! */
bool sw_calphad_read_phase(sw_calphad *database, sw_calphad_cursor *cursor) {
    char name[CALPHAD_NAME], types[CALPHAD_NAME], suffix[CALPHAD_NAME] = "";
    sw_calphad_phase *phase = NULL;
    double count;
    if (!sw_calphad_word(name, cursor, ":", "the name of a phase"))
        return false;
    if (*cursor->at == ':') {
        cursor->at++;
        if (!sw_calphad_word(suffix, cursor, "", "the letter behind the ':'"))
            return false;
    }
    if (!sw_calphad_word(types, cursor, "", "type letters, as '%'") ||
        !sw_calphad_number(&count, cursor, "the number of sublattices"))
        return false;
    if (!(count >= 1.0 && count <= CALPHAD_SUBLATTICES) || count != floor(count) ||
        strlen(types) >= CALPHAD_TYPES)
        return sw_calphad_remark(
            database, cursor,
            "the phase %s is left out: expected 1 to %d sublattices and at most "
            "%d types",
            name, CALPHAD_SUBLATTICES, CALPHAD_TYPES - 1);
    if (!add_phase(&phase, database, cursor, name))
        return false;
    if (phase->declared &&
        !sw_calphad_remark(database, cursor, "the phase %s is declared again: the later one holds",
                           name))
        return false;
    *phase = (sw_calphad_phase){.declared = true};
    phase->suffix = suffix[0];
    phase->sublattices = (int)count;
    memcpy(phase->types, types, strlen(types) + 1);
    for (int s = 0; s < phase->sublattices; s++)
        if (!sw_calphad_number(&phase->sites[s], cursor, "the sites of a sublattice") ||
            !(phase->sites[s] > 0.0))
            return sw_calphad_fail(cursor, SW_ERROR_FORMAT, NULL,
                                   "expected %d numbers of sites above zero", phase->sublattices);
    return true;
}

static bool read_constituent(sw_calphad *database, sw_calphad_cursor *cursor, const char *phase,
                             sw_calphad_run *run) {
    char name[CALPHAD_NAME];
    sw_calphad_peek(cursor);
    const sw_calphad_cursor start = *cursor;
    if (!sw_calphad_word(name, cursor, ",:%", "a constituent"))
        return false;
    while (sw_calphad_take(cursor, '%'))
        continue;
    const ptrdiff_t species = sw_calphad_names_find(&database->species_names, name);
    if (species < 0 || !database->species[species].declared)
        return sw_calphad_fail(&start, SW_ERROR_FORMAT, "declare it by ELEMENT or SPECIES",
                               "%s, a constituent of %s, is no species", name, phase);
    if (run->count == CONSTITUENTS)
        return sw_calphad_fail(cursor, SW_ERROR_FORMAT, NULL,
                               "expected at most %d constituents of a sublattice", CONSTITUENTS);
    if (!sw_calphad_add_constituent(database, (uint16_t)species))
        return sw_calphad_fail(cursor, SW_ERROR_MEMORY, NULL, "no memory for constituents");
    run->count++;
    return true;
}

static bool read_sublattice(sw_calphad *database, sw_calphad_cursor *cursor, const char *phase,
                            sw_calphad_run *run) {
    *run = (sw_calphad_run){.first = (uint32_t)database->constituent_count};
    do
        if (!read_constituent(database, cursor, phase, run))
            return false;
    while (sw_calphad_take(cursor, ','));
    if (sw_calphad_take(cursor, ':'))
        return true;
    return sw_calphad_fail(cursor, SW_ERROR_FORMAT, "constituents are written :FE,NI : VA :",
                           "expected ',' or ':', found '%.12s'", cursor->at);
}

/* CONSTITUENT FCC_A1 :FE%,NI% : VA% : ! and, where the phase has a suffix, LIQUID:L :FE : ! */
bool sw_calphad_read_constituents(sw_calphad *database, sw_calphad_cursor *cursor) {
    char name[CALPHAD_NAME], suffix[CALPHAD_NAME];
    sw_calphad_peek(cursor);
    const sw_calphad_cursor start = *cursor;
    if (!sw_calphad_word(name, cursor, ":", "the name of a phase"))
        return false;
    const ptrdiff_t index = sw_calphad_names_find(&database->phase_names, name);
    if (index < 0 || !database->phases[index].declared)
        return sw_calphad_remark(database, &start,
                                 "the constituents of %s are left out: the phase is not declared",
                                 name);
    const sw_calphad_phase declared = database->phases[index];
    if (declared.has_constituents &&
        !sw_calphad_remark(database, &start,
                           "the constituents of %s are given again: the later ones hold", name))
        return false;
    if (declared.suffix && *cursor->at == ':' && cursor->at[1] == declared.suffix) {
        cursor->at++;
        if (!sw_calphad_word(suffix, cursor, ":", "the letter behind the ':'"))
            return false;
    }
    if (!sw_calphad_take(cursor, ':'))
        return sw_calphad_fail(cursor, SW_ERROR_FORMAT, "constituents are written :FE,NI : VA :",
                               "expected ':', found '%.12s'", cursor->at);
    for (int s = 0; s < declared.sublattices; s++)
        if (!read_sublattice(database, cursor, name, &database->phases[index].constituents[s]))
            return false;
    database->phases[index].has_constituents = true;
    return true;
}

static bool begins(const char *word, const char *with) {
    return strncmp(word, with, strlen(with)) == 0;
}

/* TYPE_DEFINITION & GES AMEND_PHASE_DESCRIPTION BCC_A2 MAGNETIC -1.0 0.4 ! */
bool sw_calphad_read_type(sw_calphad *database, sw_calphad_cursor *cursor) {
    char word[CALPHAD_NAME], kind[CALPHAD_NAME];
    const char letter = sw_calphad_peek(cursor);
    sw_calphad_type type = {0};
    if (letter == '\0' || letter == '!' || (unsigned char)letter >= 128)
        return sw_calphad_fail(cursor, SW_ERROR_FORMAT, NULL, "expected the letter of a type");
    cursor->at++;
    if (!sw_calphad_word(word, cursor, "", "what the type does"))
        return false;
    if (!begins(word, "GES"))
        return true;
    if (!sw_calphad_word(word, cursor, "", "AMEND_PHASE_DESCRIPTION") ||
        !sw_calphad_word(type.phase, cursor, "", "the name of a phase") ||
        !sw_calphad_word(kind, cursor, "", "what is amended"))
        return false;
    if (begins(kind, "MAG")) {
        type.magnetic = true;
        if (!sw_calphad_number(&type.antiferromagnetic, cursor, "the antiferromagnetic factor") ||
            !sw_calphad_number(&type.p, cursor, "the share of short-range order"))
            return false;
        if (!(type.p > 0.0 && type.p < 1.0) || !(type.antiferromagnetic < 0.0))
            return sw_calphad_fail(cursor, SW_ERROR_FORMAT, "as MAGNETIC -3.0 0.28",
                                   "expected a factor below zero and a share between 0 and 1");
    } else if (begins(kind, "DIS")) {
        type.ordered = true;
        if (!sw_calphad_word(type.disordered, cursor, ",", "the disordered phase"))
            return false;
        if (!sw_calphad_remark(database, cursor,
                               "%s is the ordered part of %s: the disordered part is not added",
                               type.phase, type.disordered))
            return sw_calphad_fail(cursor, SW_ERROR_MEMORY, NULL, "no memory for notes");
    }
    const sw_calphad_type *before = &database->types[(unsigned char)letter];
    if ((before->magnetic || before->ordered) &&
        !sw_calphad_remark(
            database, cursor,
            "the type %c is defined again: the later one holds, also for phases that "
            "were declared with it",
            letter))
        return sw_calphad_fail(cursor, SW_ERROR_MEMORY, NULL, "no memory for notes");
    database->types[(unsigned char)letter] = type;
    return true;
}
