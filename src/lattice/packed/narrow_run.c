/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inner loop of the narrow tier: what run.c does, without branches that cannot be foretold.
 * Sites whose bins change are first collected, then moved; those without a rate lie in a bin of no
 * weight.
 */
#if defined(__GNUC__) && !defined(__clang__)
/* Weights are read just after they were written one by one: a wide load would have to wait until
 * they have all reached the cache. */
#pragma GCC optimize("no-tree-vectorize", "no-tree-slp-vectorize")
#endif

#include "lattice/packed/narrow.h"

#include <string.h>

/* Sites that change from one bin to another. */
typedef struct moves {
    unsigned count;
    uint32_t site[SW_PACKED_UPDATES];
    uint16_t from[SW_PACKED_UPDATES], to[SW_PACKED_UPDATES];
} moves;

SW_INLINE uint32_t choose_event(sw_packed *packed, uint32_t anchor, uint64_t random) {
    const sw_narrow *narrow = packed->narrow;
    const sw_narrow_site *site = &narrow->site[anchor];
    uint8_t basis = packed->stand[site->stand].basis;
    uint32_t pick = narrow->pick[basis][site->code];
    if (__builtin_expect(pick == 0, 0)) {
        pick = sw_narrow_pick(packed, basis, site->code);
        if (pick == 0)
            return SW_NARROW_NOTHING;
    }
    unsigned bits = pick & 31;
    const sw_narrow_outcome *outcome = &narrow->outcome[(pick >> 5) + (random >> (64 - bits))];
    uint64_t within = random & (~0ULL >> bits);
    return outcome->event[within >= outcome->threshold];
}

/* Changes codes; notes the sites whose bins change. */
SW_INLINE void change_codes(moves *list, sw_narrow *narrow, const sw_narrow_deed *deed,
                            const sw_narrow_update *update, uint32_t anchor, bool closed) {
    const sw_narrow_stretch *stretch = &narrow->stretch[deed->first_stretch];
    const sw_narrow_stretch *last = stretch + deed->stretches;
    sw_narrow_site *origin = &narrow->site[anchor];
    unsigned count = 0;
    for (; stretch < last; stretch++) {
        const uint16_t *bin = stretch->bin;
        for (const sw_narrow_update *end = update + stretch->updates; update < end; update++) {
            int32_t offset = update->offset;
            if (closed && offset == SW_PACKED_OUTSIDE)
                continue;
            unsigned before = origin[offset].code, after = before ^ update->mask;
            uint16_t from = bin[before], to = bin[after];
            origin[offset].code = (uint16_t)after;
            list->site[count] = anchor + (uint32_t)offset;
            list->from[count] = from;
            list->to[count] = to;
            count += from != to;
        }
    }
    list->count = count;
}

static unsigned unknown_bin(sw_packed *packed, uint32_t site) {
    sw_packed_basis *basis = &packed->basis[sw_narrow_basis_at(packed, site)];
    return sw_packed_direct_bin(packed, basis,
                                (sw_packed_code){.first = packed->narrow->site[site].code});
}

SW_INLINE void move_sites(sw_packed *packed, const moves *list) {
    sw_narrow_site *sites = packed->narrow->site;
    sw_narrow_bins *bins = &packed->narrow->bins;
    for (unsigned i = 0; i < list->count; i++) {
        uint32_t at = list->site[i], place = sites[at].place;
        unsigned to = list->to[i];
        if (__builtin_expect(to == SW_PACKED_UNKNOWN, 0)) {
            to = unknown_bin(packed, at);
            if (to == list->from[i]) /* or the order would follow what the tables know already */
                continue;
        }
        sites[sw_narrow_leave(bins, list->from[i], at, place)].place = place;
        if (__builtin_expect(!sw_narrow_enter(bins, to, at, &sites[at].place), 0))
            packed->status = SW_ERROR_MEMORY;
    }
}

SW_INLINE void execute(sw_lattice *lattice, uint32_t number, uint32_t anchor, bool observed,
                       bool closed) {
    sw_packed *packed = lattice->packed;
    sw_narrow *narrow = packed->narrow;
    const sw_packed_event *event = &packed->event[number];
    const sw_narrow_deed *deed = &narrow->deed[number];
    const sw_narrow_update *update =
        narrow->of_stand[narrow->site[anchor].stand] + deed->first_update;
    moves list;
    if (observed)
        sw_packed_tell_observer(lattice, event, anchor);
    change_codes(&list, narrow, deed, update, anchor, closed);
    for (unsigned c = 0; c < deed->writes; c++)
        lattice->species[anchor + (uint32_t)update[deed->change[c].update].offset] =
            deed->change[c].after;
    move_sites(packed, &list);
    sw_packed_count_event(lattice, event, anchor);
}

/* ---- fetching ahead -------------------------------------------------------------------------- */

/*
 * The numbers of the next attempts are known, and the weights of long lists hardly ever change, so
 * the site of an attempt can be told some attempts ahead: first the line of the list that names it
 * is fetched, then what lies around it. A guess that turns out wrong has only cost its time.
 */
#define FAR_AHEAD 10
#define NEAR_AHEAD 5
#define GUESSES 16 /* a power of two beyond FAR_AHEAD */

typedef struct guess {
    const sw_narrow_bin *bin;
    uint32_t place;
} guess;

SW_INLINE void guess_site(guess *guessed, const sw_narrow_bins *bins,
                          const sw_narrow_weights *weights, const sw_feed *feed, unsigned n) {
    unsigned b = sw_narrow_choose_block(bins, weights, sw_feed_unit(feed->block[n]));
    uint64_t point = (uint64_t)((unsigned __int128)feed->place[n] * weights->weight[b] >> 64);
    guessed->bin = NULL;
    if (weights->weight[b] == 0)
        return;
    guessed->bin = &bins->bin[sw_narrow_choose_bin(&bins->block[bins->used[b]], &point)];
    guessed->place = (uint32_t)((unsigned __int128)point * guessed->bin->inverse >> 64);
    if (guessed->place < guessed->bin->count)
        __builtin_prefetch(&guessed->bin->sites[guessed->place]);
}

SW_INLINE void fetch_around(const sw_lattice *lattice, const guess *guessed) {
    const sw_narrow *narrow = lattice->packed->narrow;
    if (!guessed->bin || guessed->place >= guessed->bin->count)
        return;
    uint32_t site = guessed->bin->sites[guessed->place];
    const char *origin = (const char *)&narrow->site[site];
    for (unsigned i = 0; i < narrow->nears; i++) {
        int64_t apart = narrow->near[i] * (int64_t)sizeof *narrow->site;
        __builtin_prefetch((const void *)((uintptr_t)origin + (uintptr_t)apart), 1);
    }
    __builtin_prefetch(&lattice->species[site], 1);
}

SW_INLINE void fetch_ahead(const sw_lattice *lattice, const sw_narrow_weights *weights,
                           guess *guesses, unsigned n) {
    const sw_packed *packed = lattice->packed;
    if (n + FAR_AHEAD < SW_FEED)
        guess_site(&guesses[(n + FAR_AHEAD) % GUESSES], &packed->narrow->bins, weights,
                   &packed->feed, n + FAR_AHEAD);
    fetch_around(lattice, &guesses[(n + NEAR_AHEAD) % GUESSES]);
}

/* ---- the loop -------------------------------------------------------------------------------- */

SW_INLINE bool run_feed(sw_lattice *lattice, const sw_packed_leg *until, bool closed) {
    sw_packed *packed = lattice->packed;
    const sw_narrow_bins *bins = &packed->narrow->bins;
    const sw_feed *feed = &packed->feed;
    guess guesses[GUESSES] = {{NULL, 0}};
    unsigned n = (unsigned)(lattice->attempts - packed->fed);
    for (; n < SW_FEED && lattice->events < until->events && packed->status == SW_OK; n++) {
        sw_narrow_weights weights;
        sw_narrow_weigh(&weights, bins);
        double next = lattice->time + feed->waiting[n] / weights.total;
        lattice->attempts++;
        if (!(next < until->time))
            return true;
        lattice->time = next;
        if (packed->narrow->nears)
            fetch_ahead(lattice, &weights, guesses, n);
        unsigned bin, b = sw_narrow_choose_block(bins, &weights, sw_feed_unit(feed->block[n]));
        uint32_t anchor = sw_narrow_choose_site(bins, &bins->block[bins->used[b]],
                                                weights.weight[b], feed->place[n], &bin);
        if (anchor == SW_NARROW_NOBODY)
            continue;
        uint32_t event = choose_event(packed, anchor, feed->channel[n]);
        if (event != SW_NARROW_NOTHING)
            execute(lattice, event, anchor, until->observed, closed);
    }
    return false;
}

#if defined(__x86_64__)
__attribute__((target("avx2,bmi2"))) static bool run_fast(sw_lattice *lattice,
                                                          const sw_packed_leg *until) {
    return lattice->packed->narrow->closed ? run_feed(lattice, until, true)
                                           : run_feed(lattice, until, false);
}
#endif

bool sw_narrow_run(sw_lattice *lattice, const sw_packed_leg *until) {
#if defined(__x86_64__)
    if (lattice->packed->fast_gather && __builtin_cpu_supports("avx2"))
        return run_fast(lattice, until);
#endif
    return lattice->packed->narrow->closed ? run_feed(lattice, until, true)
                                           : run_feed(lattice, until, false);
}

double sw_narrow_total(const sw_narrow *narrow) {
    sw_narrow_weights weights;
    sw_narrow_weigh(&weights, &narrow->bins);
    return weights.total;
}
