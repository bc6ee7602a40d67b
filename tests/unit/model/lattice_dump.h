/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A lattice model as text, every field, so that two models can be compared. */
#ifndef SPILLWAY_TEST_LATTICE_DUMP_H
#define SPILLWAY_TEST_LATTICE_DUMP_H

#include "base/text.h"

#include <spillway/model.h>

static void dump_numbers(sw_text *out, const char *name, const double *list, size_t count) {
    sw_text_append(out, "%s", name);
    for (size_t i = 0; i < count; i++)
        sw_text_append(out, " %.17g", list[i]);
    sw_text_append(out, "\n");
}

static void dump_frame(sw_text *out, const sw_lattice_model *model) {
    const sw_frame *frame = &model->frame;
    dump_numbers(out, "cell", &frame->cell[0][0], 9);
    for (int i = 0; i < 3; i++)
        sw_text_append(out, "axis %d %d\n", frame->size[i], frame->periodic[i]);
    for (size_t i = 0; i < frame->basis_sites; i++) {
        sw_text_append(out, "basis %s", frame->kind_names[frame->basis[i].kind]);
        dump_numbers(out, "", frame->basis[i].position, 3);
    }
    for (size_t i = 0; i < model->species_count; i++)
        sw_text_append(out, "species %s %d %s %x\n", model->species[i].name,
                       model->species[i].element, model->species[i].formula,
                       model->species[i].kinds);
}

static void dump_energetics(sw_text *out, const sw_energetics *energetics) {
    for (size_t i = 0; i < energetics->site_terms; i++)
        sw_text_append(out, "site %x %x %.17g\n", energetics->site[i].species,
                       energetics->site[i].kinds, energetics->site[i].energy);
    for (size_t i = 0; i < energetics->pair_terms; i++) {
        const sw_pair_term *pair = &energetics->pair[i];
        sw_text_append(out, "pair %x %x %x %x %x %.17g %.17g %.17g\n", pair->species[0],
                       pair->species[1], pair->kinds[0], pair->kinds[1], pair->screening,
                       pair->distance, pair->energy, pair->screening_distance);
        dump_numbers(out, "factors", pair->factor, pair->factors);
    }
    for (size_t i = 0; i < energetics->cluster_terms; i++) {
        const sw_cluster_term *cluster = &energetics->cluster[i];
        sw_text_append(out, "cluster %.17g\n", cluster->energy);
        for (size_t j = 0; j < cluster->points; j++)
            sw_text_append(out, "point %x %x\n", cluster->species[j], cluster->kinds[j]);
        dump_numbers(out, "distances", &cluster->distance[0][0], SW_POINT_LIMIT * SW_POINT_LIMIT);
        dump_numbers(out, "places", &cluster->place[0][0],
                     cluster->placed ? 3 * cluster->points : 0);
    }
    for (size_t i = 0; i < energetics->valence_terms; i++) {
        const sw_valence_term *term = &energetics->valence[i];
        sw_text_append(out, "valence %x %d %x\n", term->centres, term->centre_kind, term->ligands);
        for (size_t j = 0; j < term->ligand_kinds; j++)
            sw_text_append(out, "ligand %d %.17g %d\n", term->ligand[j].kind,
                           term->ligand[j].distance, term->ligand[j].shared_by_at_least);
        dump_numbers(out, "w", term->w, term->points);
        dump_numbers(out, "energy", term->energy, term->points);
        dump_numbers(out, "entropy", term->entropy, term->points);
        dump_numbers(out, "heat_capacity", term->heat_capacity, term->points);
    }
}

static void dump_pattern(sw_text *out, const sw_process *process) {
    for (size_t i = 0; i < process->slots; i++) {
        const sw_slot *slot = &process->slot[i];
        sw_text_append(out, "slot %s %x %d %.17g %d %x %d %d %d\n", slot->name, slot->kinds,
                       slot->relative_to, slot->distance, slot->offset_given, slot->before,
                       slot->after_slot, slot->after_species, slot->open_to_gas);
        dump_numbers(out, "offset", slot->offset, 3);
    }
    for (size_t i = 0; i < process->conditions; i++) {
        const sw_condition *condition = &process->condition[i];
        sw_text_append(out, "where %d %x %x %.17g %d %d %d\n", condition->slot, condition->species,
                       condition->kinds, condition->distance, condition->minimum,
                       condition->maximum, condition->exclude_pattern);
    }
}

static void dump_process(sw_text *out, const sw_process *process) {
    sw_text_append(out, "process %s %s %s %d %d %d %d %d %d %d\n", process->name,
                   process->mechanism, process->help, (int)process->kinetics,
                   process->collision_gas, process->supply_change, process->reversible,
                   process->self_reverse, process->has_reverse_rate, process->spillover);
    const double rates[] = {process->prefactor,      process->barrier, process->transfer,
                            process->sticking,       process->area,    process->reverse_prefactor,
                            process->reverse_barrier};
    dump_numbers(out, "kinetics", rates, 7);
    dump_pattern(out, process);
    for (size_t i = 0; i < process->environments; i++) {
        const sw_barrier_environment *environment = &process->environment[i];
        sw_text_append(out, "environment %d %d %x %x %.17g\n", environment->slot[0],
                       environment->slot[1], environment->species, environment->kinds,
                       environment->distance);
        dump_numbers(out, "add", environment->value, environment->values);
    }
    for (size_t i = 0; i < process->gas_changes; i++)
        sw_text_append(out, "gas %d %d\n", process->gas_change[i].gas,
                       process->gas_change[i].change);
}

static void dump_gas(sw_text *out, const sw_lattice_model *model) {
    const sw_void_rule *rule = &model->void_rule;
    const sw_supply *supply = &model->supply;
    const sw_spillover *spillover = &model->spillover;
    sw_text_append(out, "gas %d %.17g %.17g %.17g\n", (int)model->gas.mode, model->gas.flow,
                   model->gas.volume, model->gas.copies);
    for (size_t i = 0; i < model->gas.species; i++)
        sw_text_append(out, "gas %s %.17g\n", model->gas.list[i].name, model->gas.list[i].pressure);
    sw_text_append(out, "void %d %d %x %.17g %d %.17g %.17g\n", rule->present, rule->kind,
                   rule->kinds, rule->distance, rule->at_most, rule->step, rule->reach);
    sw_text_append(out, "supply %d %s %d %x %x %.17g %x %.17g %d %d %.17g %.17g %.17g\n",
                   supply->present, supply->present ? supply->name : "", supply->gas,
                   supply->carriers, supply->kinds, supply->link, supply->bound_species,
                   supply->bound_distance, supply->bound_at_most, supply->smallest_cluster,
                   supply->area, supply->adsorption_energy, supply->adsorption_entropy);
    dump_numbers(out, "dissociation", supply->dissociation_barrier, SW_SPECIES_LIMIT);
    sw_text_append(out, "spillover %d %d %d %.17g %.17g %.17g %.17g %.17g %.17g %.17g %d\n",
                   spillover->present, spillover->contact_only, spillover->kind, spillover->step,
                   spillover->contact, spillover->hop_prefactor, spillover->hop_barrier,
                   spillover->loss_prefactor, spillover->loss_barrier, spillover->smallest,
                   spillover->refresh);
}

static void dump_structure(sw_text *out, const sw_structure *structure) {
    sw_text_append(out, "structure %s %llu %.17g %x\n", structure->file ? structure->file : "",
                   (unsigned long long)structure->relax_moves, structure->relax_temperature,
                   structure->relax_species);
    for (size_t i = 0; i < structure->crystals; i++) {
        const sw_crystal *crystal = &structure->crystal[i];
        sw_text_append(out, "crystal %s %.17g\n", crystal->name, crystal->period);
        for (size_t j = 0; j < crystal->sites; j++) {
            sw_text_append(out, "at %d", crystal->site[j].species);
            dump_numbers(out, "", crystal->site[j].position, 3);
        }
    }
    for (size_t i = 0; i < structure->fills; i++) {
        const sw_fill *fill = &structure->fill[i];
        sw_text_append(out, "fill %d %x %.17g %d\n", fill->crystal, fill->kinds, fill->radius,
                       fill->replace);
        dump_numbers(out, "centre", fill->centre, 3);
        dump_numbers(out, "fraction", fill->fraction, SW_SPECIES_LIMIT);
        const double slab[] = {fill->slab.from, fill->slab.thickness, fill->slab.repeat};
        dump_numbers(out, "slab", slab, 3);
        dump_numbers(out, "normal", fill->slab.normal, 3);
        for (size_t j = 0; j < fill->half_spaces; j++) {
            dump_numbers(out, "normal", fill->half_space[j].normal, 3);
            dump_numbers(out, "distance", &fill->half_space[j].distance, 1);
        }
    }
}

static void dump_run(sw_text *out, const sw_lattice_model *model) {
    const sw_run_settings *run = &model->run;
    const sw_observe *observe = &model->observe;
    const double numbers[] = {(double)run->seed,           run->end_time,
                              (double)run->end_events,     run->observe_every,
                              (double)run->observe_events, (double)run->snapshot_events,
                              (double)run->quick_events,   run->temperature,
                              run->temperature_step,       observe->interface_distance};
    dump_numbers(out, "run", numbers, 10);
    const sw_scaling_settings *scaling = &run->acceleration.scaling;
    const double factors[] = {scaling->present,   (double)scaling->window,
                              scaling->tolerance, (double)scaling->executions,
                              scaling->margin,    scaling->lowest};
    dump_numbers(out, "scaling", factors, 6);
    for (size_t i = 0; scaling->chosen && i < model->processes; i++)
        sw_text_append(out, "may be scaled %d\n", scaling->chosen[i]);
    for (size_t i = 0; i < model->legs; i++) {
        sw_text_append(out, "leg %.17g %.17g %d", model->leg[i].duration, model->leg[i].temperature,
                       model->leg[i].ramp);
        dump_numbers(out, "", model->leg[i].pressure, model->gas.species);
    }
    for (size_t i = 0; i < observe->phases; i++) {
        const sw_phase *phase = &observe->phase[i];
        sw_text_append(out, "phase %s %x %x %x %.17g %d %d\n", phase->name, phase->species,
                       phase->kinds, phase->bound_species, phase->bound_distance,
                       phase->bound_minimum, phase->bound_maximum);
    }
    sw_text_append(out, "observe %d %d %x %x %d %d %x %x %x\n", observe->metal, observe->oxide,
                   observe->exchanged, observe->core, observe->product_gas, observe->oxidant_gas,
                   observe->tracers, observe->order[0], observe->order[1]);
}

/* The text belongs to the caller (free). */
static char *dump_lattice(const sw_lattice_model *model) {
    sw_text out = {0};
    dump_frame(&out, model);
    dump_energetics(&out, &model->energetics);
    for (size_t i = 0; i < model->processes; i++)
        dump_process(&out, &model->process[i]);
    dump_gas(&out, model);
    dump_structure(&out, &model->structure);
    dump_run(&out, model);
    return sw_text_take(&out);
}

#endif
