/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of the narrow tier. */
#include "lattice/packed/narrow.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#define LENGTHS 8 /* lists of updates are padded to multiples of this */
#define LINE 8    /* sites in a line of the cache */
#define MOST_OUTCOMES ((size_t)1 << 26)

bool sw_narrow_suits(const sw_packed *packed) {
    for (size_t b = 0; b < packed->basis_sites; b++)
        if (!packed->basis[b].bin)
            return false;
    return packed->words == 1;
}

bool sw_narrow_wins(const sw_packed *packed, const sw_lattice *lattice) {
    const int *domains = lattice->model->run.domains;
    bool cut = domains[0] > 1 || domains[1] > 1 || domains[2] > 1;
    return lattice->geometry.sites >= SW_NARROW_FEWEST_SITES && !cut && !lattice->scaling &&
           sw_narrow_suits(packed);
}

/* ---- deeds ----------------------------------------------------------------------------------- */

static uint32_t most_updates(const sw_packed *packed) {
    uint32_t most = 0;
    for (size_t e = 0; e < packed->events; e++)
        most = packed->event[e].updates > most ? packed->event[e].updates : most;
    return most;
}

/* How many updates that change nothing follow those of the anchor's basis. */
static uint32_t padding(const sw_packed_event *event, uint32_t most) {
    uint32_t padded = (event->updates + LENGTHS - 1) / LENGTHS * LENGTHS;
    return (padded < most ? padded : most) - event->updates;
}

/* Where in the padded list the updates lie; the padding is behind those of the anchor's basis. */
static uint32_t place_update(const sw_packed *packed, const sw_packed_event *event, uint32_t i,
                             uint32_t padding) {
    return packed->update[event->first_update + i].at.basis > event->basis ? i + padding : i;
}

static sw_status add_stretches(sw_packed *packed, sw_narrow_deed *deed,
                               const sw_packed_event *event, uint32_t padding) {
    sw_narrow *narrow = packed->narrow;
    deed->first_stretch = (uint32_t)narrow->stretches;
    for (uint32_t i = 0; i < event->updates;) {
        const sw_packed_update *update = &packed->update[event->first_update + i];
        uint8_t basis = update->at.basis;
        if (!sw_reserve(&narrow->stretch, &narrow->stretch_capacity, narrow->stretches + 1,
                        sizeof *narrow->stretch))
            return SW_ERROR_MEMORY;
        narrow->stretch[narrow->stretches++] = (sw_narrow_stretch){
            packed->basis[basis].bin, update->run + (basis == event->basis ? padding : 0)};
        deed->stretches++;
        i += update->run;
    }
    return SW_OK;
}

/* The anchor itself is changed or not, but a stretch of its basis there must be to be padded. */
static bool has_own_stretch(const sw_packed *packed, const sw_packed_event *event) {
    for (uint32_t i = 0; i < event->updates; i++)
        if (packed->update[event->first_update + i].at.basis == event->basis)
            return true;
    return false;
}

static sw_status make_deed(sw_packed *packed, size_t number, uint32_t *first, uint32_t most) {
    const sw_packed_event *event = &packed->event[number];
    sw_narrow_deed *deed = &packed->narrow->deed[number];
    uint32_t pad = has_own_stretch(packed, event) ? padding(event, most) : 0;
    deed->first_update = *first;
    deed->writes = event->writes;
    for (int c = 0; c < event->writes; c++) {
        uint32_t i = event->change[c].update - event->first_update;
        deed->change[c].update = (uint16_t)place_update(packed, event, i, pad);
        deed->change[c].after = event->change[c].after;
    }
    *first += event->updates + pad;
    return add_stretches(packed, deed, event, pad);
}

static sw_status make_deeds(sw_packed *packed) {
    sw_narrow *narrow = packed->narrow;
    uint32_t most = most_updates(packed), next = 0;
    sw_status status = SW_OK;
    narrow->deed = sw_allocate(packed->events, sizeof *narrow->deed);
    if (!narrow->deed)
        return SW_ERROR_MEMORY;
    for (size_t e = 0; e < packed->events && status == SW_OK; e++)
        status = make_deed(packed, e, &next, most);
    narrow->updates = next;
    return status;
}

/* ---- sites ----------------------------------------------------------------------------------- */

/* The updates of all events at the stands of one zone; their padding leaves the anchor as it is. */
static void set_updates(sw_narrow_update *list, const sw_packed *packed, const int32_t *offset) {
    sw_narrow *narrow = packed->narrow;
    for (size_t e = 0; e < packed->events; e++) {
        const sw_packed_event *event = &packed->event[e];
        uint32_t first = narrow->deed[e].first_update;
        uint32_t end =
            e + 1 < packed->events ? narrow->deed[e + 1].first_update : (uint32_t)narrow->updates;
        for (uint32_t i = 0; i < event->updates; i++) {
            uint32_t from = event->first_update + i;
            uint32_t at = first + place_update(packed, event, i, end - first - event->updates);
            list[at] = (sw_narrow_update){offset[from], (uint16_t)packed->update[from].mask};
            narrow->closed = narrow->closed || offset[from] == SW_PACKED_OUTSIDE;
        }
    }
}

static sw_status place_stands(sw_packed *packed, size_t zones) {
    sw_narrow *narrow = packed->narrow;
    narrow->update = sw_allocate(zones * narrow->updates, sizeof *narrow->update);
    narrow->of_stand = sw_allocate(zones * packed->basis_sites, sizeof *narrow->of_stand);
    if (!narrow->update || !narrow->of_stand)
        return SW_ERROR_MEMORY;
    for (size_t zone = 0; zone < zones; zone++) {
        sw_narrow_update *list = narrow->update + zone * narrow->updates;
        set_updates(list, packed, packed->offset + zone * packed->updates);
        for (size_t b = 0; b < packed->basis_sites; b++) {
            narrow->of_stand[zone * packed->basis_sites + b] = list;
            packed->stand[zone * packed->basis_sites + b].offset = NULL;
        }
    }
    free(packed->offset);
    packed->offset = NULL;
    return SW_OK;
}

static int ascending(const void *a, const void *b) {
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

/* What to fetch ahead around a site, where there are too many sites for the cache. The middle zone
 * has no boundary near; a line of the cache holds eight sites. */
static sw_status find_near(sw_packed *packed, size_t zones) {
    sw_narrow *narrow = packed->narrow;
    size_t count = narrow->updates;
    if (packed->narrow->bins.sites < SW_NARROW_FEWEST_SITES || count == 0)
        return SW_OK;
    int32_t *offset = sw_allocate(count, sizeof *offset);
    if (!offset)
        return SW_ERROR_MEMORY;
    const sw_narrow_update *list = narrow->update + zones / 2 * narrow->updates;
    for (size_t u = 0; u < count; u++)
        offset[u] = list[u].offset == SW_PACKED_OUTSIDE ? 0 : list[u].offset;
    qsort(offset, count, sizeof *offset, ascending);
    narrow->near[narrow->nears++] = offset[0];
    for (size_t u = 1; u < count && narrow->nears < SW_NARROW_NEAR; u++)
        if (offset[u] - narrow->near[narrow->nears - 1] >= LINE)
            narrow->near[narrow->nears++] = offset[u];
    free(offset);
    return SW_OK;
}

static sw_status allocate_picks(sw_packed *packed) {
    sw_narrow *narrow = packed->narrow;
    narrow->bases = packed->basis_sites;
    narrow->pick = sw_allocate(narrow->bases, sizeof *narrow->pick);
    if (!narrow->pick)
        return SW_ERROR_MEMORY;
    for (size_t b = 0; b < narrow->bases; b++) {
        if (packed->basis[b].slots == 0)
            continue;
        narrow->pick[b] = sw_allocate((size_t)1 << packed->basis[b].bits, sizeof **narrow->pick);
        if (!narrow->pick[b])
            return SW_ERROR_MEMORY;
    }
    return SW_OK;
}

sw_status sw_narrow_create(sw_packed *packed, size_t sites) {
    size_t zones = (size_t)packed->zones[0] * (size_t)packed->zones[1] * (size_t)packed->zones[2];
    sw_narrow *narrow = packed->narrow = sw_allocate(1, sizeof *packed->narrow);
    if (!narrow)
        return SW_ERROR_MEMORY;
    sw_narrow_bins_start(&narrow->bins, sites);
    narrow->site = sw_allocate_large(sites, sizeof *narrow->site);
    sw_status status = narrow->site ? make_deeds(packed) : SW_ERROR_MEMORY;
    if (status == SW_OK)
        status = place_stands(packed, zones);
    if (status == SW_OK)
        status = find_near(packed, zones);
    return status == SW_OK ? allocate_picks(packed) : status;
}

void sw_narrow_destroy(sw_narrow *narrow) {
    if (!narrow)
        return;
    for (size_t b = 0; narrow->pick && b < narrow->bases; b++)
        free(narrow->pick[b]);
    free(narrow->pick);
    sw_narrow_bins_clear(&narrow->bins);
    free(narrow->site);
    free(narrow->update);
    free(narrow->deed);
    free(narrow->stretch);
    free(narrow->of_stand);
    free(narrow->outcome);
    free(narrow);
}

/* ---- picks ----------------------------------------------------------------------------------- */

typedef struct share {
    unsigned __int128 weight; /* of 2^64 */
    uint32_t event;
} share;

/* The events that are possible, by their shares of the edge, and the rest for nothing. */
static size_t find_shares(share *shares, sw_packed *packed, const sw_packed_own *own, uint64_t code,
                          double edge) {
    unsigned __int128 left = (unsigned __int128)1 << 64;
    size_t count = 0;
    for (uint32_t e = own->first_event; e < own->first_event + own->events; e++) {
        sw_packed_event *event = &packed->event[e];
        double rate = (code & event->mask) == event->value
                          ? sw_packed_event_rate(packed, event, (sw_packed_code){.first = code})
                          : 0.0;
        if (!(rate > 0.0))
            continue;
        unsigned __int128 weight = (unsigned __int128)(rate / edge * 0x1p64);
        weight = weight < left ? weight : left; /* rounding where the rates fill the edge */
        left -= weight;
        shares[count++] = (share){weight, e};
    }
    shares[count++] = (share){left, SW_NARROW_NOTHING};
    return count;
}

/* The first share above nothing and below `height`, or from `height` on; else count. */
static size_t find_share(const share *shares, size_t count, unsigned __int128 height, bool below) {
    size_t s = 0;
    while (s < count && (shares[s].weight == 0 || (shares[s].weight < height) != below))
        s++;
    return s;
}

/* Columns of equal height: what is smaller than a column is topped up from what is larger. There
 * are at least as many columns as shares, and whole numbers leave nothing over. */
static void fill_columns(sw_narrow_outcome *outcome, share *shares, size_t count, unsigned bits) {
    unsigned __int128 height = (unsigned __int128)1 << (64 - bits);
    for (size_t c = 0; c < (size_t)1 << bits; c++) {
        size_t small = find_share(shares, count, height, true);
        size_t large = find_share(shares, count, height, false);
        share *top = &shares[large], *bottom = small < count ? &shares[small] : top;
        outcome[c].event[0] = bottom->event;
        outcome[c].event[1] = top->event;
        outcome[c].threshold = bottom == top ? 0 : (uint64_t)bottom->weight;
        top->weight -= height - outcome[c].threshold;
        if (bottom != top)
            bottom->weight = 0;
    }
}

void sw_narrow_forget(sw_packed *packed) {
    sw_narrow *narrow = packed->narrow;
    for (size_t b = 0; b < narrow->bases; b++)
        if (narrow->pick[b])
            memset(narrow->pick[b], 0, sizeof **narrow->pick << packed->basis[b].bits);
    narrow->outcomes = 1; /* a pick of 0 is not known */
}

uint32_t sw_narrow_pick(sw_packed *packed, uint8_t basis, uint16_t code) {
    sw_narrow *narrow = packed->narrow;
    const sw_packed_own *own = &packed->basis[basis].own[code & packed->basis[basis].own_mask];
    unsigned bin = packed->basis[basis].bin[code], bits = 1;
    double edge = (double)sw_packed_edge(bin) * sw_packed_unit(sw_packed_block_of(bin));
    share *shares = sw_allocate((size_t)own->events + 1, sizeof *shares);
    size_t count = shares ? find_shares(shares, packed, own, code, edge) : 0;
    while ((size_t)1 << bits < count)
        bits++;
    if (!shares || narrow->outcomes >= MOST_OUTCOMES ||
        !sw_reserve(&narrow->outcome, &narrow->capacity, narrow->outcomes + ((size_t)1 << bits),
                    sizeof *narrow->outcome)) {
        free(shares);
        packed->status = SW_ERROR_MEMORY;
        return 0;
    }
    fill_columns(&narrow->outcome[narrow->outcomes], shares, count, bits);
    free(shares);
    uint32_t pick = (uint32_t)narrow->outcomes << 5 | bits;
    narrow->outcomes += (size_t)1 << bits;
    return narrow->pick[basis][code] = pick;
}
