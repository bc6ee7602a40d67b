/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/powder_sections.h"

#include "model/schema.h"
#include "model/setting.h"

#include <math.h>
#include <string.h>

#define STANDARD_ROWS 400

static const sw_node *section_of(const sw_reading *reading, const char *name) {
    return sw_node_find(reading->root, name);
}

static sw_arrhenius arrhenius_of(const sw_node *section) {
    return (sw_arrhenius){sw_number_of(section, "prefactor"), sw_number_of(section, "barrier")};
}

/* A front's velocity is that of its prefactor at `reference`, where one is given. */
static sw_arrhenius front_of(const sw_node *section) {
    sw_arrhenius front = arrhenius_of(section);
    double reference = sw_number_of(section, "reference");
    if (reference > 0)
        front.prefactor *= exp(front.barrier / (SW_BOLTZMANN * reference));
    return front;
}

bool sw_powder_feed_read(sw_reading *reading) {
    const sw_node *section = section_of(reading, "feed");
    sw_powder_feed *feed = &reading->powder->feed;
    const char *form = sw_text_of(section, "nickel");
    feed->iron_is_metal = strcmp(sw_text_of(section, "iron"), "metal") == 0;
    feed->mass = sw_number_of(section, "mass");
    feed->size = sw_number_of(section, "size");
    feed->spread = sw_number_of(section, "spread");
    feed->bins = feed->spread > 1 ? (size_t)sw_number_of(section, "bins") : 1;
    feed->nickel = strcmp(form, "metal") == 0   ? SW_NICKEL_METAL
                   : strcmp(form, "oxide") == 0 ? SW_NICKEL_OXIDE
                                                : SW_NICKEL_NONE;
    double fraction = sw_number_of(section, "nickel_fraction");
    feed->nickel_fraction = feed->nickel == SW_NICKEL_NONE ? 0 : fraction;
    if (feed->nickel != SW_NICKEL_NONE && !(fraction > 0))
        return sw_fail_key(reading, section, "such as nickel_fraction: 36 %",
                           "nickel as %s needs a nickel_fraction above 0", form);
    if (fraction >= 1)
        return sw_fail(reading, sw_node_find(section, "nickel_fraction"), NULL,
                       "the powder needs some iron: nickel_fraction must be below 1");
    return true;
}

bool sw_powder_bed_read(sw_reading *reading) {
    const sw_node *section = section_of(reading, "bed"), *gas = section_of(reading, "gas");
    reading->powder->bed = (sw_powder_bed){
        .area = sw_number_of(section, "area"),
        .porosity = sw_number_of(section, "porosity"),
        .pore = sw_number_of(section, "pore"),
        .tortuosity = sw_number_of(section, "tortuosity"),
        .stagnant = sw_number_of(section, "stagnant"),
        .volume = sw_number_of(section, "volume"),
        .cells = (size_t)sw_number_of(section, "cells"),
        .flow = sw_number_of(gas, "flow"),
        .pressure = sw_number_of(gas, "pressure"),
    };
    return true;
}

bool sw_powder_kinetics_read(sw_reading *reading) {
    static const char *const fronts[SW_FRONTS] = {"hematite", "magnetite", "wustite"};
    const sw_node *section = section_of(reading, "kinetics");
    const sw_node *activation = sw_node_find(section, "activation");
    const sw_node *desorption = sw_node_find(section, "desorption");
    const sw_node *oxide = sw_node_find(section, "nickel_oxide");
    const sw_node *layer = sw_node_find(section, "product_layer");
    sw_powder_kinetics *kinetics = &reading->powder->kinetics;
    for (int i = 0; i < SW_FRONTS; i++)
        kinetics->front[i] = front_of(sw_node_find(section, fronts[i]));
    kinetics->sticking = sw_number_of(activation, "sticking"); /* 0: no such resistance */
    kinetics->activation = sw_number_of(activation, "barrier");
    for (int i = 0; i < SW_FRONTS; i++)
        kinetics->desorption[i] = arrhenius_of(desorption);
    if (desorption && sw_node_find(desorption, "hematite"))
        kinetics->desorption[SW_HEMATITE].barrier = sw_number_of(desorption, "hematite");
    kinetics->site = sw_number_of(desorption, "site");
    kinetics->nickel_oxide = arrhenius_of(oxide);
    kinetics->growth = sw_number_of(oxide, "growth");
    kinetics->decay = sw_number_of(oxide, "decay");
    kinetics->layer_porosity = sw_number_of(layer, "porosity"); /* 0: no such resistance */
    kinetics->layer_pore = sw_number_of(layer, "pore");
    kinetics->layer_tortuosity = sw_number_of(layer, "tortuosity");
    if (reading->powder->feed.nickel != SW_NICKEL_NONE && !oxide)
        return sw_fail_key(reading, section, "add {prefactor, barrier} of NiO + H2",
                           "a feed with nickel needs kinetics.nickel_oxide");
    return true;
}

bool sw_powder_nucleation_read(sw_reading *reading) {
    const sw_node *section = section_of(reading, "nucleation");
    bool barrier = !sw_without_has(reading, "nucleation-barrier");
    reading->powder->nucleation = (sw_powder_nucleation){
        .rate = sw_number_of(section, "rate"), /* 0: the bare oxide is metal from the start */
        .area = sw_number_of(section, "area"),
        .barrier = barrier ? sw_number_of(section, "barrier") : 0,
    };
    return true;
}

static void read_mechanisms(sw_reading *reading) {
    const sw_node *spillover = section_of(reading, "spillover");
    const sw_node *alloying = section_of(reading, "alloying");
    const sw_node *metallothermic = section_of(reading, "metallothermic");
    sw_powder_model *powder = reading->powder;
    powder->spillover = (sw_powder_spillover){
        .present = spillover && !sw_without_has(reading, "spillover"),
        .length = sw_number_of(spillover, "length"),
        .barrier = sw_number_of(spillover, "barrier"),
        .reference = sw_number_of(spillover, "reference"),
    };
    powder->alloying = (sw_powder_alloying){
        .present = alloying && !sw_without_has(reading, "alloying"),
        .depth = sw_number_of(alloying, "depth"),
    };
    powder->metallothermic = (sw_powder_metallothermic){
        .present = metallothermic && !sw_without_has(reading, "metallothermic"),
        .rate = arrhenius_of(metallothermic),
    };
}

bool sw_powder_nickel_read(sw_reading *reading) {
    static const char *const using[] = {"alloying", "metallothermic"};
    const sw_node *section = section_of(reading, "nickel");
    sw_powder_nickel *nickel = &reading->powder->nickel;
    *nickel = (sw_powder_nickel){
        .inert = !section || sw_without_has(reading, "nickel-catalysis"),
        .contact_size = sw_number_of(section, "contact_size"),
        .grain = sw_number_of(section, "grain"),
        .touching = sw_number_of(section, "touching"),
        .neck = sw_number_of(section, "neck"),
        .encapsulation = sw_number_of(section, "encapsulation"),
    };
    for (size_t i = 0; !section && i < sizeof using / sizeof *using; i++)
        if (section_of(reading, using[i]))
            return sw_fail_key(reading, section_of(reading, using[i]), "add the section 'nickel'",
                               "%s needs to know where nickel touches the oxide", using[i]);
    read_mechanisms(reading);
    return true;
}

static double programme_time(const sw_node *programme) {
    double time = 0;
    for (const sw_node *leg = programme->first; leg; leg = leg->next)
        time += sw_number_of(leg, "duration");
    return time;
}

bool sw_powder_run_read(sw_reading *reading) {
    const sw_node *section = section_of(reading, "run");
    sw_run_settings *run = &reading->powder->run;
    run->seed = 1; /* nothing is left to chance; the driver wants one */
    run->temperature = sw_number_of(section, "temperature");
    run->end_time = sw_number_of(section, "time");
    if (!(run->end_time > 0))
        run->end_time = programme_time(section_of(reading, "programme"));
    if (!(run->end_time > 0))
        return sw_fail_key(reading, section_of(reading, "programme"), "add a leg",
                           "the programme has no leg");
    run->observe_every = sw_number_of(section, "observe");
    if (!(run->observe_every > 0))
        run->observe_every = run->end_time / STANDARD_ROWS;
    for (int d = 0; d < 3; d++)
        run->domains[d] = 1;
    reading->powder->tolerance = sw_number_of(section, "tolerance");
    return true;
}

static bool read_leg(sw_reading *reading, sw_powder_leg *leg, const sw_node *node) {
    static const char *const keys[] = {"temperature", "hydrogen", "water"};
    double *const values[] = {&leg->temperature, &leg->hydrogen, &leg->water};
    for (size_t i = 0; i < 3; i++)
        if (sw_node_find(node, keys[i]))
            *values[i] = sw_number_of(node, keys[i]);
    leg->duration = sw_number_of(node, "duration");
    leg->ramp = sw_flag_of(node, "ramp");
    if (leg->hydrogen + leg->water > 1 + 1e-12)
        return sw_fail(reading, node, "what is left of 1 is inert gas",
                       "hydrogen and water together are %g of the gas", leg->hydrogen + leg->water);
    return true;
}

bool sw_powder_programme_read(sw_reading *reading) {
    const sw_node *list = section_of(reading, "programme");
    sw_powder_model *powder = reading->powder;
    sw_powder_leg *legs = sw_take(reading, list->count, sizeof *legs);
    sw_powder_leg leg = {.temperature = powder->run.temperature};
    powder->leg = legs;
    for (const sw_node *node = legs ? list->first : NULL; node; node = node->next) {
        if (!read_leg(reading, &leg, node))
            return false;
        legs[powder->legs++] = leg;
    }
    return legs != NULL;
}

bool sw_powder_criteria_read(sw_reading *reading) {
    /* a section that is missing stands for one in which all keys are */
    const sw_node *section = section_of(reading, "criteria");
    sw_node empty = {.kind = SW_NODE_MAPPING};
    if (!section &&
        !sw_shape_check(reading, &empty, sw_shape_find(&sw_schema_powder, "criteria")->shape))
        return false;
    if (!section)
        section = &empty;
    reading->powder->criteria = (sw_powder_criteria){
        .saturation = sw_number_of(section, "saturation"), .onset = sw_number_of(section, "onset")};
    return true;
}
