/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diagrams/mixture.h"

#include <spillway/data.h>

#include <stdio.h>
#include <string.h>

#define HEAVIEST 118

static sw_status add_element(struct sw_diagram_mixture *mixture, int element, double amount,
                             const char *parameter, sw_error *error) {
    size_t i = 0;
    while (i < mixture->elements && mixture->element[i] != element)
        i++;
    if (i == SW_SYSTEM_ELEMENTS)
        return sw_error_set(error, SW_ERROR_UNSUPPORTED, parameter, "take fewer elements",
                            "at most %d elements are possible", SW_SYSTEM_ELEMENTS);
    if (i == mixture->elements) {
        mixture->element[mixture->elements] = element;
        mixture->amount[mixture->elements++] = 0.0;
    }
    mixture->amount[i] += amount;
    return SW_OK;
}

static sw_status add_named(struct sw_diagram_mixture *mixture, const char *name, double amount,
                           const char *parameter, sw_error *error) {
    const sw_substance *substance = sw_substance_find(name);
    sw_status status = SW_OK;
    if (substance == NULL && sw_element_number(name) > 0)
        return add_element(mixture, sw_element_number(name), amount, parameter, error);
    if (substance == NULL)
        return sw_error_set(error, SW_ERROR_NOT_FOUND, parameter,
                            "the amount comes first, as in 0.5 NiO; `spillway list species` "
                            "shows all substances",
                            "\"%s\" is neither a substance nor an element", name);
    for (int element = 1; element <= HEAVIEST && status == SW_OK; element++) {
        const double atoms = sw_substance_atoms(substance, element);
        if (atoms > 0.0)
            status = add_element(mixture, element, atoms * amount, parameter, error);
    }
    return status;
}

/* "0.5 NiO", or "NiO". */
static sw_status add_part(struct sw_diagram_mixture *mixture, const char *part,
                          const char *parameter, sw_error *error) {
    const size_t digits = strspn(part, "0123456789.eE+-");
    const size_t blanks = strspn(part + digits, " \t");
    double amount = 1.0;
    if (digits > 0 && blanks > 0) {
        char number[48];
        snprintf(number, sizeof number, "%.*s", (int)digits, part);
        const sw_status status = digits < sizeof number
                                     ? sw_quantity_parse(&amount, number, SW_NUMBER, error)
                                     : SW_ERROR_ARGUMENT;
        if (status != SW_OK || !(amount >= 0.0))
            return sw_error_set(error, SW_ERROR_ARGUMENT, parameter,
                                "write them like '1 Fe2O3, 0.5 NiO, 3 H2'",
                                "expected an amount of zero or more, found \"%s\"", number);
        part += digits + blanks;
    }
    return add_named(mixture, part, amount, parameter, error);
}

sw_status sw_diagram_mixture_read(struct sw_diagram_mixture *mixture, const char *text,
                                  const char *parameter, sw_error *error) {
    sw_status status = SW_OK;
    mixture->elements = 0;
    while (status == SW_OK && *(text += strspn(text, ", \t")) != '\0') {
        char part[96];
        size_t length = strcspn(text, ",");
        const char *end = text + length;
        while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t'))
            length--;
        snprintf(part, sizeof part, "%.*s", (int)(length < sizeof part ? length : sizeof part - 1),
                 text);
        status = add_part(mixture, part, parameter, error);
        text = end;
    }
    if (status == SW_OK && mixture->elements == 0)
        return sw_error_set(error, SW_ERROR_ARGUMENT, parameter,
                            "write them like '1 Fe2O3, 0.5 NiO, 3 H2'",
                            "expected substances, found nothing");
    return status;
}
