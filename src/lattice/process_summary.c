/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each process can do in the present state: how many channels, how fast, how far downhill. */
#include "base/memory.h"
#include "lattice/state.h"

#include <stdlib.h>

static int by_process_then_rate(const void *a, const void *b)
{
    const sw_channel *x = a, *y = b;
    if (x->process != y->process)
        return x->process < y->process ? -1 : 1;
    if (x->reverse != y->reverse)
        return x->reverse ? 1 : -1;
    return (x->rate > y->rate) - (x->rate < y->rate);
}

/* Channels of one process and way, sorted by rate. */
static void summarize(sw_process_summary *summary, const sw_channel *channels, size_t count)
{
    summary->open = count;
    summary->slowest = channels[0].rate;
    summary->median = channels[count / 2].rate;
    summary->fastest = channels[count - 1].rate;
    summary->lowest_change = summary->highest_change = channels[0].energy_change;
    for (size_t c = 1; c < count; c++) {
        double change = channels[c].energy_change;
        if (change < summary->lowest_change)
            summary->lowest_change = change;
        if (change > summary->highest_change)
            summary->highest_change = change;
    }
}

sw_status sw_lattice_process_summaries(sw_process_summary *summaries, sw_lattice *lattice)
{
    sw_channel *channels = NULL;
    size_t count = 0;
    for (size_t i = 0; i < 2 * lattice->model->processes; i++)
        summaries[i] = (sw_process_summary){0};
    for (size_t p = 0; p < lattice->patterns.count; p++) {
        const sw_pattern *pattern = &lattice->patterns.list[p];
        summaries[2 * pattern->process + pattern->reverse].orientations++;
    }
    sw_status status = sw_lattice_channels(&channels, &count, lattice);
    if (status != SW_OK)
        return status;
    if (count > 1)
        qsort(channels, count, sizeof *channels, by_process_then_rate);
    for (size_t first = 0, next; first < count; first = next) {
        const sw_channel *channel = &channels[first];
        for (next = first; next < count && channels[next].process == channel->process &&
                           channels[next].reverse == channel->reverse;)
            next++;
        summarize(&summaries[2 * channel->process + channel->reverse], channel, next - first);
    }
    free(channels);
    return SW_OK;
}
