/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inner loop of the packed engine. An attempt draws a waiting time from the total bound, a
 * block, a bin and a site by their bounds, and the events of the site in turn: what is left of
 * the bound is a rejection, after which everything is drawn again (exact thinning, as advance.c).
 *
 * The loop is compiled twice, with and without the instruction that extracts bits (BMI2); both
 * give the same bits.
 */
#include "lattice/packed/narrow.h"

#include <math.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#define WITH_BMI2 __attribute__((target("bmi2,popcnt")))
#endif

#define STREAM_PACKED 11
#define INLINE SW_INLINE

typedef uint64_t gather_bits(uint64_t value, uint64_t bits);

/* The loop is compiled for each of these. */
typedef enum code_kind {
    CODES_DIRECT,  /* narrow codes, bins in one table */
    CODES_GROUPED, /* one word, totals from several tables */
    CODES_WIDE     /* several words */
} code_kind;

/* ---- bins ------------------------------------------------------------------------------------ */

INLINE void leave(sw_packed *packed, const sw_packed_site *site) {
    sw_packed_bins *bins = &packed->bins;
    unsigned b = site->bin;
    sw_packed_bin *bin = &bins->bin[b];
    uint32_t place = site->place, count = bin->count - 1;
    uint32_t last = bin->sites[count];
    bin->count = count;
    bin->sites[place] = last;
    packed->site[last].place = place;
    bins->weight[sw_packed_block_of(b)] -= bin->edge;
}

INLINE void enter(sw_packed *packed, uint32_t number, sw_packed_site *site, unsigned b) {
    sw_packed_bins *bins = &packed->bins;
    sw_packed_bin *bin = &bins->bin[b];
    uint32_t place = bin->count;
    if (__builtin_expect(place == bin->capacity, 0) && !sw_packed_bin_widen(bins, b)) {
        packed->status = SW_ERROR_MEMORY;
        site->bin = SW_PACKED_NO_BIN;
        return;
    }
    site->place = place;
    bin->sites[place] = number;
    bin->count = place + 1;
    bins->weight[sw_packed_block_of(b)] += bin->edge;
}

INLINE void move(sw_packed *packed, uint32_t number, sw_packed_site *site, unsigned bin) {
    if (site->bin != SW_PACKED_NO_BIN)
        leave(packed, site);
    site->bin = (uint16_t)bin;
    if (bin != SW_PACKED_NO_BIN)
        enter(packed, number, site, bin);
}

void sw_packed_move(sw_packed *packed, uint32_t number, unsigned bin) {
    if (packed->site[number].bin != bin)
        move(packed, number, &packed->site[number], bin);
}

/* ---- rates ----------------------------------------------------------------------------------- */

INLINE double group_total(sw_packed *packed, const sw_packed_group *group, sw_packed_code code,
                          gather_bits *gather) {
    if (!group->total)
        return sw_packed_group_total(packed, group, code);
    double total = group->total[sw_packed_place(&group->index, packed->part, code, gather)];
    return __builtin_expect(isnan(total), 0) ? sw_packed_group_total(packed, group, code) : total;
}

/* The sum over all groups, filled into the tables where one of them was not known. */
static double full_total(sw_packed *packed, uint8_t number, sw_packed_code code) {
    const sw_packed_basis *basis = &packed->basis[number];
    const sw_packed_own *own = &basis->own[code.first & basis->own_mask];
    double total = 0.0;
    for (uint32_t g = own->first_group; g < own->first_group + own->groups; g++)
        total += fabs(group_total(packed, &packed->group[g], code, sw_packed_gather));
    return total;
}

/* What the groups behind the gates add. */
INLINE double further_total(sw_packed *packed, uint8_t number, sw_packed_code code,
                            gather_bits *gather) {
    const sw_packed_basis *basis = &packed->basis[number];
    const sw_packed_own *own = &basis->own[code.first & basis->own_mask];
    double total = 0.0;
    for (uint32_t g = own->first_further; g < own->groups; g++)
        total += fabs(group_total(packed, &packed->group[own->first_group + g], code, gather));
    return total;
}

/* The bin of a code that is too wide for one table. */
INLINE unsigned grouped_bin(sw_packed *packed, uint8_t number, sw_packed_code code,
                            gather_bits *gather) {
    unsigned lookups = packed->lookups;
    const sw_packed_lookup *look =
        packed->lookup +
        ((size_t)number * SW_SPECIES_LIMIT + (code.first & packed->own_mask[number])) * lookups;
    double total = 0.0;
    int open = 0; /* gates */
    do {
        double part = look->total[gather(code.first, look->bits)];
        total += fabs(part);
        open |= signbit(part);
        look++;
    } while (--lookups);
    if (__builtin_expect(isnan(total), 0))
        total = full_total(packed, number, code);
    else if (__builtin_expect(open, 0))
        total += further_total(packed, number, code, gather);
    if (total < SW_LOWEST_RATE)
        return SW_PACKED_NO_BIN;
    return __builtin_expect(total < SW_HIGHEST_RATE, 1) ? sw_packed_bin_for(total)
                                                        : sw_packed_bin_of_total(packed, total);
}

unsigned sw_packed_bin_of(sw_packed *packed, uint32_t site) {
    uint8_t basis = packed->stand[packed->site[site].stand].basis;
    const uint16_t *direct = packed->direct[basis];
    sw_packed_code code = sw_packed_code_at(packed, site);
    if (!direct)
        return grouped_bin(packed, basis, code, sw_packed_gather);
    unsigned bin = direct[code.first];
    return bin == SW_PACKED_UNKNOWN ? sw_packed_direct_bin(packed, &packed->basis[basis], code)
                                    : bin;
}

INLINE double event_rate(sw_packed *packed, uint32_t number, sw_packed_code code,
                         gather_bits *gather) {
    const sw_packed_chance *chance = &packed->chance[number];
    if (__builtin_expect(chance->rate == NULL, 0))
        return sw_packed_event_rate(packed, &packed->event[number], code);
    double rate = chance->rate[gather(code.first, chance->bits)];
    return __builtin_expect(isnan(rate), 0)
               ? sw_packed_event_rate(packed, &packed->event[number], code)
               : rate;
}

/* ---- choosing -------------------------------------------------------------------------------- */

/* The weights of the blocks in use, 1/s, summed up to each. */
typedef struct block_weights {
    double sum[SW_PACKED_BLOCKS], total;
} block_weights;

INLINE void weigh_blocks(block_weights *weights, const sw_packed_bins *bins) {
    double total = 0.0;
    for (unsigned n = 0; n < bins->blocks; n++) {
        const sw_packed_block *block = &bins->block[n];
        weights->sum[n] = total += (double)(int64_t)bins->weight[block->number] * block->unit;
    }
    weights->total = total;
}

/* The block that the random number names. */
INLINE const sw_packed_block *choose_block(const sw_packed_bins *bins, const block_weights *weights,
                                           uint64_t random) {
    double point = sw_feed_unit(random) * weights->total;
    unsigned n = 0;
    while (n + 1 < bins->blocks && point >= weights->sum[n])
        n++;
    return &bins->block[n];
}

/* The site of the block that the random number names, and its bin. */
INLINE uint32_t choose_site(const sw_packed_bins *bins, const sw_packed_block *block,
                            uint64_t random, unsigned *bin) {
    uint64_t point = (uint64_t)((unsigned __int128)random * bins->weight[block->number] >> 64);
    for (const uint16_t *next = block->bin;; next++) {
        *bin = *next;
        const sw_packed_bin *held = &bins->bin[*bin];
        uint64_t weight = held->count * held->edge;
        if (point < weight)
            return held->sites[(uint64_t)((unsigned __int128)point * held->inverse >> 64)];
        point -= weight;
    }
}

/* The event of the site at `point` of its rates; NULL beyond their sum. */
INLINE const sw_packed_event *choose_event(sw_packed *packed, uint32_t anchor, double point,
                                           gather_bits *gather) {
    const sw_packed_basis *basis = sw_packed_basis_of(packed, &packed->site[anchor]);
    const sw_packed_code code = sw_packed_code_at(packed, anchor);
    const sw_packed_own *own = &basis->own[code.first & basis->own_mask];
    uint32_t first = own->first_event, last = first + own->events;
    for (uint32_t g = own->first_group; !basis->bin && g < own->first_group + own->groups; g++) {
        const sw_packed_group *group = &packed->group[g];
        double total = fabs(group_total(packed, group, code, gather));
        first = group->first;
        last = first + group->count;
        if (point < total)
            break;
        point -= total;
        first = last;
    }
    for (uint32_t e = first; e < last; e++) {
        const sw_packed_chance *chance = &packed->chance[e];
        if ((code.first & chance->mask) != chance->value)
            continue;
        double rate = event_rate(packed, e, code, gather);
        if (point < rate)
            return &packed->event[e];
        point -= rate;
    }
    return NULL;
}

/* ---- executing ------------------------------------------------------------------------------- */

/* Further words of the code of a site that sees update `u`. */
INLINE void update_further(sw_packed *packed, uint32_t at, uint32_t u) {
    size_t words = packed->words - 1;
    uint64_t *code = packed->further + at * words;
    const uint64_t *mask = packed->further_mask + u * words;
    for (size_t w = 0; w < words; w++)
        code[w] ^= mask[w];
}

INLINE void update(sw_packed *packed, uint32_t at, const sw_packed_update *update,
                   const uint16_t *direct) {
    sw_packed_site *site = &packed->site[at];
    uint64_t code = site->code ^= update->mask;
    unsigned bin = direct[code];
    if (bin == site->bin) /* never where the bin is not known yet */
        return;
    if (__builtin_expect(bin == SW_PACKED_UNKNOWN, 0)) {
        bin = sw_packed_direct_bin(packed, &packed->basis[update->at.basis],
                                   sw_packed_code_at(packed, at));
        if (bin == site->bin)
            return;
    }
    if (__builtin_expect(packed->sectors != NULL, 0) && sw_packed_stray(packed, at))
        return;
    move(packed, at, site, bin);
}

/* Updates come in runs of one basis. */
INLINE void update_all(sw_packed *packed, const sw_packed_event *event, uint32_t anchor,
                       const int32_t *offset) {
    const sw_packed_update *next = packed->update + event->first_update;
    const sw_packed_update *end = next + event->updates;
    offset += event->first_update;
    while (next < end) {
        const uint16_t *direct = packed->direct[next->at.basis];
        for (const sw_packed_update *last = next + next->run; next < last; next++, offset++)
            if (__builtin_expect(*offset != SW_PACKED_OUTSIDE, 1))
                update(packed, anchor + (uint32_t)*offset, next, direct);
    }
}

/* The bin of a site after update `u`, on a lattice where some codes have no table of bins. */
INLINE unsigned updated_bin(sw_packed *packed, uint32_t at, uint32_t u, bool wide,
                            gather_bits *gather) {
    const sw_packed_update *update = &packed->update[u];
    sw_packed_code code = {.first = packed->site[at].code ^= update->mask};
    if (wide) {
        update_further(packed, at, u);
        code = sw_packed_code_at(packed, at);
    }
    const uint16_t *direct = packed->direct[update->at.basis];
    if (!direct)
        return grouped_bin(packed, update->at.basis, code, gather);
    unsigned bin = direct[code.first];
    return __builtin_expect(bin == SW_PACKED_UNKNOWN, 0)
               ? sw_packed_direct_bin(packed, &packed->basis[update->at.basis], code)
               : bin;
}

/* The same where totals are sums over groups. Which of the many sites that see an event change
 * their bin cannot be foretold: first all bins, then the moves. */
INLINE void update_grouped(sw_packed *packed, const sw_packed_event *event, uint32_t anchor,
                           const int32_t *offset, bool wide, gather_bits *gather) {
    struct {
        uint32_t site, bin;
    } moved[SW_PACKED_UPDATES];
    unsigned count = 0;
    uint32_t first = event->first_update, end = first + event->updates;
    for (uint32_t u = first; u < end; u++)
        __builtin_prefetch(&packed->site[anchor + (uint32_t)offset[u]], 1);
    for (uint32_t u = first; u < end; u++) {
        if (__builtin_expect(offset[u] == SW_PACKED_OUTSIDE, 0))
            continue;
        uint32_t at = anchor + (uint32_t)offset[u];
        unsigned bin = updated_bin(packed, at, u, wide, gather);
        moved[count].site = at;
        moved[count].bin = bin;
        count += bin != packed->site[at].bin;
    }
    for (unsigned i = 0; i < count; i++)
        if (__builtin_expect(packed->sectors == NULL, 1) || !sw_packed_stray(packed, moved[i].site))
            move(packed, moved[i].site, &packed->site[moved[i].site], moved[i].bin);
}

INLINE void execute(sw_lattice *lattice, const sw_packed_event *event, uint32_t anchor,
                    bool observed, code_kind kind, gather_bits *gather) {
    if (observed)
        sw_packed_tell_observer(lattice, event, anchor);
    const sw_packed *packed = lattice->packed;
    const int32_t *offset = packed->stand[packed->site[anchor].stand].offset;
    for (int c = 0; c < event->writes; c++)
        lattice->species[anchor + (uint32_t)offset[event->change[c].update]] =
            event->change[c].after;
    if (kind == CODES_DIRECT)
        update_all(lattice->packed, event, anchor, offset);
    else
        update_grouped(lattice->packed, event, anchor, offset, kind == CODES_WIDE, gather);
    sw_packed_count_event(lattice, event, anchor);
}

/* ---- the loop -------------------------------------------------------------------------------- */

/* Attempts until the leg ends or the feed is used up. True where the time ran out. */
INLINE bool run_feed(sw_lattice *lattice, const sw_packed_leg *until, code_kind kind,
                     gather_bits *gather) {
    sw_packed *packed = lattice->packed;
    unsigned n = (unsigned)(lattice->attempts - packed->fed);
    for (; n < SW_FEED && lattice->events < until->events && packed->status == SW_OK; n++) {
        const sw_packed_bins *bins = &packed->bins;
        block_weights weights;
        weigh_blocks(&weights, bins);
        double next = lattice->time + packed->feed.waiting[n] / weights.total;
        lattice->attempts++;
        if (!(next < until->time))
            return true;
        lattice->time = next;
        const sw_packed_block *block = choose_block(bins, &weights, packed->feed.block[n]);
        if (__builtin_expect(bins->weight[block->number] == 0, 0))
            continue; /* rounding at the very end of the total */
        unsigned bin;
        uint32_t anchor = choose_site(bins, block, packed->feed.place[n], &bin);
        double edge = (double)(int64_t)bins->bin[bin].edge * block->unit;
        const sw_packed_event *event =
            choose_event(packed, anchor, sw_feed_unit(packed->feed.channel[n]) * edge, gather);
        if (event)
            execute(lattice, event, anchor, until->observed, kind, gather);
    }
    return false;
}

static code_kind kind_of_codes(const sw_packed *packed) {
    if (packed->words > 1)
        return CODES_WIDE;
    return packed->all_direct ? CODES_DIRECT : CODES_GROUPED;
}

static bool run_portable(sw_lattice *lattice, const sw_packed_leg *until) {
    switch (kind_of_codes(lattice->packed)) {
    case CODES_DIRECT:
        return run_feed(lattice, until, CODES_DIRECT, sw_packed_gather);
    case CODES_GROUPED:
        return run_feed(lattice, until, CODES_GROUPED, sw_packed_gather);
    default:
        return run_feed(lattice, until, CODES_WIDE, sw_packed_gather);
    }
}

#ifdef WITH_BMI2
WITH_BMI2 static inline uint64_t gather_fast(uint64_t value, uint64_t bits) {
    return _pext_u64(value, bits);
}

WITH_BMI2 static bool run_fast(sw_lattice *lattice, const sw_packed_leg *until) {
    switch (kind_of_codes(lattice->packed)) {
    case CODES_DIRECT:
        return run_feed(lattice, until, CODES_DIRECT, gather_fast);
    case CODES_GROUPED:
        return run_feed(lattice, until, CODES_GROUPED, gather_fast);
    default:
        return run_feed(lattice, until, CODES_WIDE, gather_fast);
    }
}
#endif

bool sw_packed_run(sw_lattice *lattice, const sw_packed_leg *until) {
    sw_packed *packed = lattice->packed;
    uint64_t first = lattice->attempts - lattice->attempts % SW_FEED;
    if (packed->fed != first) {
        sw_feed_fill(&packed->feed, lattice->seed, STREAM_PACKED, first);
        packed->fed = first;
    }
    if (packed->narrow)
        return sw_narrow_run(lattice, until);
#ifdef WITH_BMI2
    if (packed->fast_gather)
        return run_fast(lattice, until);
#endif
    return run_portable(lattice, until);
}
