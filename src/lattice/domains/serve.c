/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Processes other than the first: they do what it tells them until it leaves. */
#include "lattice/domains/command.h"

#include <string.h>

/* An error has been agreed upon: the first process tells it to its caller and says what is next. */
static void start(sw_domains *domains, const sw_lattice_model *model, const sw_command *command) {
    sw_error error = {0};
    *domains = (sw_domains){.model = model, .seed = command->seed, .link = domains->link};
    sw_grid_cut(&domains->grid, &model->frame, model->run.domains);
    memcpy(domains->grid.reach, command->reach, sizeof command->reach);
    memcpy(domains->grid.change, command->change, sizeof command->change);
    if (sw_domains_make_parts(domains, &error) == SW_OK &&
        sw_domains_deal(domains, &error) != SW_OK)
        sw_log(NULL, SW_LOG_DEBUG, "%s", error.message);
}

static sw_status obey(sw_domains *domains, const sw_command *command, sw_error *error) {
    bool finished;
    switch ((sw_command_name)command->name) {
    case SW_COMMAND_ADVANCE:
        return sw_domains_sweep_until(domains, command->horizon, &finished, error);
    case SW_COMMAND_LOOK:
        return sw_domains_gather(domains, error);
    case SW_COMMAND_SAVE:
        return sw_domains_collect_states(domains, NULL, error);
    case SW_COMMAND_RESTORE:
        domains->time = command->time;
        domains->turn = command->turn;
        domains->sweeps = command->sweeps;
        return sw_domains_deal_states(domains, NULL, error);
    default:
        sw_domains_clear_parts(domains);
        return SW_OK;
    }
}

/* Without a model only the first command is waited for. */
sw_status sw_lattice_serve(const sw_model *model, sw_error *error) {
    const sw_lattice_model *lattice = model ? sw_model_lattice(model) : NULL;
    sw_domains domains = {.link = sw_link_open()};
    sw_command command;
    sw_status status;
    while ((status = domains.link.share(&command, sizeof command)) == SW_OK &&
           command.name != SW_COMMAND_LEAVE) {
        if (!lattice)
            return sw_error_set(error, SW_ERROR_ARGUMENT, "model", NULL,
                                "this process has no model to run");
        if (command.name == SW_COMMAND_START)
            start(&domains, lattice, &command);
        else if (obey(&domains, &command, error) != SW_OK && error)
            error->code = SW_OK; /* the first process tells it */
    }
    sw_domains_clear_parts(&domains);
    return status;
}

void sw_lattice_leave(void) {
    sw_link link = sw_link_open();
    sw_command command = {.name = SW_COMMAND_LEAVE};
    if (link.process == 0 && link.share(&command, sizeof command) != SW_OK)
        return; /* the others are gone already */
    sw_link_close();
}
