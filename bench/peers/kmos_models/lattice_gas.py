# SPDX-License-Identifier: GPL-3.0-or-later
"""Lattice gas with attraction: the same rates as bench/models/lattice-gas-*.yaml.

kmos knows no neighbourhoods: each arrangement of the neighbours of the site that is left is a
process of its own, 1 + 2^4 + 4 x 2^3 = 49 with nearest, 1 + 2^8 + 4 x 2^7 = 769 with next-nearest.
"""
import itertools

from project import Surface

NEAREST = [(1, 0), (0, 1), (-1, 0), (0, -1)]
DIAGONAL = [(1, 1), (-1, 1), (-1, -1), (1, -1)]


def surroundings(around):
    """Every arrangement of `around`: its name, its bonds and the conditions of its sites."""
    for bits in itertools.product((0, 1), repeat=len(around)):
        held = dict(zip(around, bits))
        bonds = (f"{sum(held.get(site, 0) for site in NEAREST)}*near"
                 f"+{sum(held.get(site, 0) for site in DIAGONAL)}*diagonal")
        yield "".join(map(str, bits)), bonds, [
            ("site", site, "A" if bit else "empty", None) for site, bit in held.items()]


def project(next_nearest):
    surface = Surface("lattice_gas", ["A"])
    # energies in units of kT, rates in 1/s
    surface.parameters({"arrival_rate": 1.0, "leaving_rate": 1.0, "hop_rate": 10.0,
                        "near": 0.0, "diagonal": 0.0})
    around = NEAREST + (DIAGONAL if next_nearest else [])
    surface.process("arrives", "arrival_rate", ("site", (0, 0), "empty", "A"))
    for name, bonds, conditions in surroundings(around):
        surface.process(f"leaves_{name}", f"leaving_rate*exp({bonds})",
                        ("site", (0, 0), "A", "empty"), *conditions)
    for direction, target in enumerate(NEAREST):
        for name, bonds, conditions in surroundings([site for site in around if site != target]):
            surface.process(f"hops_{direction}_{name}", f"hop_rate*exp({bonds})",
                            ("site", (0, 0), "A", "empty"), ("site", target, "empty", "A"),
                            *conditions)
    return surface.project
