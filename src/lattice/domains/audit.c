/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lattice/domains/domains.h"

#include "lattice/packed/packed.h"

#include <stdio.h>

static int wrap(int cell, int size) {
    return (cell % size + size) % size;
}

/* Whether a domain holds of block and halo what the whole holds. */
static sw_status audit_copies(const sw_domains *domains, const sw_domain *domain, sw_error *error) {
    const sw_block *block = &domain->block;
    const int *size = domains->grid.size;
    size_t basis = (size_t)domains->grid.basis_sites;
    for (int z = 0; z < block->size[2]; z++)
        for (int y = 0; y < block->size[1]; y++)
            for (int x = 0; x < block->size[0]; x++) {
                int at[3] = {x, y, z};
                for (int d = 0; d < 3; d++)
                    at[d] = wrap(block->first[d] - block->before[d] + at[d], size[d]);
                size_t cell = ((size_t)at[2] * (size_t)size[1] + (size_t)at[1]) * (size_t)size[0] +
                              (size_t)at[0];
                size_t here = sw_domain_site(domain, x, y, z);
                for (size_t b = 0; b < basis; b++)
                    if (domain->lattice->species[here + b] !=
                        domains->whole->species[cell * basis + b])
                        return sw_error_set(error, SW_ERROR_NUMERIC, "run.domains",
                                            "this is a defect of the program",
                                            "domain %d holds another species at cell %d %d %d than "
                                            "the owner of the cell",
                                            domain->number, at[0], at[1], at[2]);
            }
    return SW_OK;
}

sw_status sw_domains_audit(sw_domains *domains, sw_error *error) {
    sw_status status = sw_domains_look(domains, error);
    for (int n = 0; n < domains->held && status == SW_OK; n++) {
        status = audit_copies(domains, &domains->domain[n], error);
        if (status == SW_OK)
            status = sw_packed_audit(domains->domain[n].lattice, error);
    }
    return status;
}
