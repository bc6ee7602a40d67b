/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "curves/feed.h"

#include "base/number.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { OXYGEN = 8 };

typedef enum feed_unit { UNIT_NONE, UNIT_MILLIGRAM, UNIT_PERCENT } feed_unit;

typedef struct feed_reading {
    const char *rest, *place;
    sw_error *error;
    double amount[SW_FEED_PARTS]; /* NaN where none is given */
    feed_unit unit[SW_FEED_PARTS];
    int element;   /* of "36 wt% Ni"; 0 without */
    double wanted; /* fraction */
    bool of_atoms;
} feed_reading;

static sw_status refuse(const feed_reading *reading, const char *message) {
    return sw_error_set(reading->error, SW_ERROR_ARGUMENT, reading->place,
                        "such as \"Fe2O3\", \"50 mg Fe2O3 + NiO 36 wt% Ni\" or \"0.65 Fe2O3 + "
                        "0.35 NiO\"",
                        "%s at \"%.40s\"", message, reading->rest);
}

static void skip_blanks(feed_reading *reading) {
    reading->rest += strspn(reading->rest, " \t");
}

static bool take_word(feed_reading *reading, const char *word) {
    skip_blanks(reading);
    size_t length = strlen(word);
    if (strncmp(reading->rest, word, length) != 0)
        return false;
    reading->rest += length;
    return true;
}

static bool take_number(feed_reading *reading, double *value) {
    skip_blanks(reading);
    const char *end;
    bool number = isdigit((unsigned char)*reading->rest) || *reading->rest == '.';
    if (!number || !sw_number_parse(value, reading->rest, &end))
        return false;
    reading->rest = end;
    return true;
}

/* "Ni" off the front; 0 where there is no element. */
static int take_element(feed_reading *reading) {
    char symbol[4] = {0};
    const char *rest = reading->rest;
    if (!isupper((unsigned char)rest[0]))
        return 0;
    symbol[0] = rest[0];
    if (islower((unsigned char)rest[1]))
        symbol[1] = rest[1];
    int number = sw_element_number(symbol);
    if (number > 0)
        reading->rest += strlen(symbol);
    return number > 0 ? number : 0;
}

/* false where there are too many elements. */
static bool add_atoms(sw_feed_part *part, int element, double atoms) {
    size_t i = 0;
    while (i < SW_FEED_ELEMENTS && part->element[i] != 0 && part->element[i] != element)
        i++;
    if (i == SW_FEED_ELEMENTS)
        return false;
    part->element[i] = element;
    part->atoms[i] += atoms;
    part->molar_mass += atoms * sw_element_mass(element);
    return true;
}

static sw_status take_formula(feed_reading *reading, sw_feed_part *part) {
    skip_blanks(reading);
    const char *start = reading->rest;
    int element;
    while ((element = take_element(reading)) > 0) {
        double atoms = 1.0;
        if (isdigit((unsigned char)*reading->rest) && !take_number(reading, &atoms))
            return refuse(reading, "no number of atoms");
        if (!add_atoms(part, element, atoms))
            return refuse(reading, "a formula of fewer elements was expected");
    }
    size_t length = (size_t)(reading->rest - start);
    if (length == 0 || length >= sizeof part->name || !(part->molar_mass > 0.0))
        return refuse(reading, "a formula was expected");
    memcpy(part->name, start, length);
    return SW_OK;
}

/* "36 wt% Ni", "35 at% Ni" */
static sw_status take_product(feed_reading *reading) {
    if (!take_number(reading, &reading->wanted))
        return refuse(reading, "\"+\" or the share of a metal was expected");
    reading->wanted *= 0.01;
    reading->of_atoms = take_word(reading, "at%");
    if (!reading->of_atoms && !take_word(reading, "wt%"))
        return refuse(reading, "wt% or at% was expected");
    skip_blanks(reading);
    reading->element = take_element(reading);
    skip_blanks(reading);
    bool good = reading->element > 0 && *reading->rest == '\0';
    return good ? SW_OK : refuse(reading, "a metal, and no more, was expected");
}

static sw_status take_part(feed_reading *reading, sw_feed *feed) {
    double amount = NAN;
    bool given = take_number(reading, &amount);
    feed_unit unit = given && take_word(reading, "mg")  ? UNIT_MILLIGRAM
                     : given && take_word(reading, "%") ? UNIT_PERCENT
                                                        : UNIT_NONE;
    if (unit == UNIT_MILLIGRAM && feed->parts == 0)
        feed->mass = amount;
    reading->amount[feed->parts] = given ? amount : (double)NAN;
    reading->unit[feed->parts] = unit;
    sw_status status = take_formula(reading, &feed->part[feed->parts]);
    feed->parts++;
    skip_blanks(reading);
    return status;
}

static double metal_amount(const sw_feed_part *part, int element, bool of_atoms) {
    double sum = 0.0;
    for (size_t i = 0; i < SW_FEED_ELEMENTS && part->element[i] != 0; i++) {
        bool counts = element == 0 ? part->element[i] != OXYGEN : part->element[i] == element;
        sum += counts ? part->atoms[i] * (of_atoms ? 1.0 : sw_element_mass(part->element[i])) : 0.0;
    }
    return sum / part->molar_mass; /* of a unit of mass of the part */
}

/* Two parts so that x of the metal is the wanted one. */
static sw_status share_by_product(const feed_reading *reading, sw_feed *feed) {
    double lack[2];
    if (feed->parts != 2)
        return refuse(reading, "the share of a metal tells the masses of two parts");
    for (size_t i = 0; i < 2; i++)
        lack[i] = metal_amount(&feed->part[i], reading->element, reading->of_atoms) -
                  reading->wanted * metal_amount(&feed->part[i], 0, reading->of_atoms);
    if (!(lack[0] * lack[1] < 0.0))
        return refuse(reading, "no mixture of these two gives that metal");
    feed->part[0].share = lack[1] / (lack[1] - lack[0]);
    feed->part[1].share = 1.0 - feed->part[0].share;
    return SW_OK;
}

static sw_status share_by_amounts(const feed_reading *reading, sw_feed *feed) {
    double sum = 0.0;
    for (size_t i = 0; i < feed->parts; i++) {
        double amount = feed->parts == 1 ? 1.0 : reading->amount[i];
        if (!(amount > 0.0))
            return refuse(reading, "every part of a mixture needs its mass");
        if (reading->unit[i] != reading->unit[0])
            return refuse(reading, "the parts of a mixture need amounts of one unit");
        feed->part[i].share = amount;
        sum += amount;
    }
    for (size_t i = 0; i < feed->parts; i++)
        feed->part[i].share /= sum;
    if (feed->parts > 1 && feed->mass > 0.0)
        feed->mass = sum; /* the first amount was that of its part */
    return SW_OK;
}

sw_status sw_feed_parse(sw_feed *feed, const char *text, const char *place, sw_error *error) {
    feed_reading reading = {.rest = text, .place = place, .error = error};
    *feed = (sw_feed){0};
    sw_status status = take_part(&reading, feed);
    while (status == SW_OK && take_word(&reading, "+")) {
        if (feed->parts == SW_FEED_PARTS)
            return refuse(&reading, "too many parts");
        status = take_part(&reading, feed);
    }
    if (status == SW_OK && *reading.rest != '\0')
        status = take_product(&reading);
    if (status != SW_OK)
        return status;
    return reading.element > 0 ? share_by_product(&reading, feed)
                               : share_by_amounts(&reading, feed);
}

static double oxygen_in(const sw_feed_part *part) {
    double atoms = 0.0;
    for (size_t i = 0; i < SW_FEED_ELEMENTS; i++)
        atoms += part->element[i] == OXYGEN ? part->atoms[i] : 0.0;
    return part->share * atoms * sw_element_mass(OXYGEN) / part->molar_mass;
}

double sw_feed_loss(const sw_feed *feed) {
    double sum = 0.0;
    for (size_t i = 0; i < feed->parts; i++)
        sum += oxygen_in(&feed->part[i]);
    return sum;
}

double sw_feed_oxygen_share(const sw_feed *feed, size_t part) {
    double all = sw_feed_loss(feed);
    return all > 0.0 ? oxygen_in(&feed->part[part]) / all : (double)NAN;
}

static double share_of(const sw_feed *feed, int element, bool of_atoms) {
    double own = 0.0, all = 0.0;
    for (size_t i = 0; i < feed->parts; i++) {
        own += feed->part[i].share * metal_amount(&feed->part[i], element, of_atoms);
        all += feed->part[i].share * metal_amount(&feed->part[i], 0, of_atoms);
    }
    return own / all;
}

double sw_feed_atom_share(const sw_feed *feed, int element) {
    return share_of(feed, element, true);
}

double sw_feed_metal_share(const sw_feed *feed, int element) {
    return share_of(feed, element, false);
}

ptrdiff_t sw_feed_find(const sw_feed *feed, const char *name) {
    for (size_t i = 0; i < feed->parts; i++)
        if (strcmp(feed->part[i].name, name) == 0)
            return (ptrdiff_t)i;
    return -1;
}
