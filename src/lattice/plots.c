/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which columns of the lattice simulator's tables belong in which plot. */
#include "lattice/series.h"

static const sw_plot exchange_plots[] = {
    {"Amounts of metal and oxide", "series", "time", "metal sites,oxide sites", "sites", "lines",
     "Steady lines mean that reduction and oxidation keep pace.", false},
    {"Projected areas", "series", "time",
     "metal area along x,metal area along y,metal area along z,oxide area along x,"
     "oxide area along y,oxide area along z",
     "projected area / nm2", "lines",
     "What a microscope would see along three axes; compare with the amounts above.", false},
    {"Where oxygen leaves and enters", "exchange", "distance", "inserted,removed",
     "oxygen atoms", "bars",
     "Removal and insertion against distance to the particle's core; apart means a separated loop.",
     false},
    {"Net exchange of oxygen", "exchange", "distance", "net", "inserted minus removed", "bars",
     "Below zero the oxide is etched, above zero it grows.", false},
    {"Product and oxidant", "series", "time", "product rate,oxidant rate", "molecules / (1/s)",
     "lines", "Rates between two observations, of this one particle.", false},
    {"Loop share", "series", "time", "loop share", "share of oxygen taken", "lines",
     "Oxygen taken from the oxide or its interface over all oxygen taken; near 0 the water is made "
     "on the metal alone.",
     false},
    {"Particle displacement", "series", "time", "particle displacement,particle path",
     "distance / nm", "lines", "Straight distance from the start, and the way gone.", false},
    {"Interface velocity", "series", "time", "interface velocity", "velocity / (nm/s)", "lines",
     "Shift of the centre of the interface between two observations.", true},
    {"Core atoms", "series", "time", "core atoms,core atoms in metal", "atoms", "lines",
     "A gap means that atoms of the particle's core are buried or lost in the oxide.", false},
    {"Surface oxygen by coordination", "coordination", "neighbours", "surface oxygen", "atoms",
     "bars", "Cations around each oxygen atom that the gas reaches, at the end.", false},
    {"Gas", "series", "time", "H2 pressure,O2 pressure,H2O pressure", "pressure / bar", "lines",
     "Held by the reservoir, or balanced by the stirred reactor.", true},
    {"Supply", "series", "time", "hydrogen saturation", "(n / n_eq)^2", "lines",
     "1 means hydrogen in equilibrium with the gas; below it arrival limits.", false},
};

static const sw_plot plain_plots[] = {
    {"Progress", "series", "time", "events", "events", "lines", "Events against simulated time.",
     false},
};

size_t sw_lattice_plots(const sw_lattice *lattice, const sw_plot **plots)
{
    bool exchange = lattice->model->observe.exchanged != 0;
    *plots = exchange ? exchange_plots : plain_plots;
    return exchange ? sizeof exchange_plots / sizeof *exchange_plots
                    : sizeof plain_plots / sizeof *plain_plots;
}
