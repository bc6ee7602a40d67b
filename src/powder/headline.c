/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of a run that papers print, for its report and for claims. */
#include "powder/powder.h"

#include "data/headline.h"

#include <math.h>

static double driving_force(const sw_powder *powder, int which) {
    double constants[SW_EQUILIBRIA];
    double temperature = powder->point[powder->points - 1].temperature;
    sw_powder_equilibria_at(constants, powder->compiled.equilibria, temperature);
    return -SW_BOLTZMANN * temperature * log(constants[which]);
}

sw_status sw_powder_headline(const sw_powder *powder, sw_table *table) {
    const sw_powder_compiled *compiled = &powder->compiled;
    const sw_powder_amounts *first = &powder->point[0], *last = &powder->point[powder->points - 1];
    sw_powder_summary summary;
    sw_powder_summarise(&summary, powder, compiled->model->criteria);
    double largest = 0;
    for (size_t i = 0; i < powder->points; i++)
        largest = fmax(largest, fabs(powder->point[i].oxygen_balance));
    sw_powder_summary early, late;
    sw_powder_summarise(&early, powder, (sw_powder_criteria){0.90, 0.15});
    sw_powder_summarise(&late, powder, (sw_powder_criteria){0.99, 0.30});
    const sw_headline list[] = {
        {"theoretical mass loss", sw_powder_oxygen_share(&compiled->model->feed), NAN, "",
         "all oxygen that can leave, over the mass weighed in"},
        {"oxygen of NiO, share of all",
         compiled->model->feed.nickel == SW_NICKEL_OXIDE ? compiled->nickel / compiled->oxygen : 0,
         NAN, "", "of the oxygen that can leave"},
        {"nickel in the metal", 100 * compiled->nickel / (compiled->nickel + compiled->iron), NAN,
         "at%", "when all is reduced"},
        {"mass loss", 1 - last->mass / first->mass, NAN, "",
         "over the whole run, of the mass weighed in"},
        {"conversion", summary.conversion, NAN, "", "share of the oxygen that has left at the end"},
        {"saturation time", summary.saturation, NAN, "s",
         "from hydrogen on, to the share of the last conversion that the criteria of the model "
         "say"},
        {"saturation time at 90 %", early.saturation, NAN, "s",
         "the same to 90 % of the last conversion"},
        {"saturation time at 99 %", late.saturation, NAN, "s",
         "the same to 99 % of the last conversion"},
        {"time to a hundredth of the largest rate", summary.saturation_rate, NAN, "s",
         "from hydrogen on; the rate stays below it from then on"},
        {"onset temperature", summary.onset, NAN, "K",
         "where the share of the iron's oxygen has left that the criteria of the model say"},
        {"onset temperature at 15 %", early.onset, NAN, "K",
         "where 15 % of the iron's oxygen has left"},
        {"onset temperature at 30 %", late.onset, NAN, "K",
         "where 30 % of the iron's oxygen has left"},
        {"onset temperature by tangent", summary.onset_tangent, NAN, "K",
         "where the steepest tangent of conversion against temperature begins"},
        {"onset temperature of the first step by tangent", summary.onset_first, NAN, "K",
         "the same of Fe2O3 to Fe3O4 alone"},
        {"NiO gone", summary.nickel_gone, NAN, "s", "from hydrogen on, to 1 % of it"},
        {"complete", summary.complete, NAN, "s", "from hydrogen on, to a conversion of 0.98"},
        {"largest bcc", 100 * summary.largest_bcc, NAN, "%", "share of the mass at any time"},
        {"bcc at the end", 100 * last->bcc, NAN, "%", "share of the mass"},
        {"fcc at the end", 100 * last->fcc, NAN, "%", "share of the mass"},
        {"lattice parameter of fcc", last->lattice_parameter, NAN, "A",
         "at room temperature, at the end"},
        {"largest miss of the oxygen balance", largest, NAN, "",
         "oxygen fed less all that is found, over that fed"},
        {"Ni + 3 Fe2O3 = NiO + 2 Fe3O4", driving_force(powder, SW_EQUILIBRIUM_NICKEL_HEMATITE), NAN,
         "eV", "Gibbs energy at the last temperature; below zero nickel takes the oxygen"},
        {"Ni + FeO = NiO + Fe", driving_force(powder, SW_EQUILIBRIUM_NICKEL_WUSTITE), NAN, "eV",
         "Gibbs energy at the last temperature; below zero nickel takes the oxygen"},
        {"steps of the integrator", (double)powder->integrator.steps, NAN, "",
         "how much work it was"},
    };
    return sw_headline_fill(table, list, sizeof list / sizeof *list);
}
