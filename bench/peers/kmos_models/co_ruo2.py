# SPDX-License-Identifier: GPL-3.0-or-later
"""CO oxidation on RuO2(110) with fixed rates: the same as bench/models/co-ruo2.yaml.

Rows of bridge and of cus sites run along y and alternate along x; 36 processes.
"""
from project import Surface

# each pair of neighbouring sites in one direction: (kinds, offset of the second from the first)
BONDS = [("bridge", "bridge", (0, 1)), ("cus", "cus", (0, 1)),
         ("bridge", "cus", (0, 0)), ("bridge", "cus", (-1, 0))]
RATES = {"monoxide_arrival": 1.0, "oxygen_arrival": 1.0,
         "CO_leaves_bridge": 0.0, "CO_leaves_cus": 0.0,
         "O2_leaves_bridge_bridge": 0.0, "O2_leaves_bridge_cus": 0.0, "O2_leaves_cus_cus": 0.0}
for _species in ("CO", "O"):
    for _start in ("bridge", "cus"):
        for _end in ("bridge", "cus"):
            RATES[f"{_species}_hops_{_start}_{_end}"] = 0.0
for _oxygen in ("bridge", "cus"):
    for _monoxide in ("bridge", "cus"):
        RATES[f"react_O_{_oxygen}_CO_{_monoxide}"] = 0.0


def both_ways(bonds):
    """Every bond, seen from each of its ends."""
    for first, second, (x, y) in bonds:
        yield first, second, (x, y)
        yield second, first, (-x, -y)


def project():
    surface = Surface("co_ruo2", ["CO", "O"],
                      {"bridge": "0.0 0.5 0.5", "cus": "0.5 0.5 0.5"}, edges=(2.0, 1.0))
    surface.parameters(RATES)
    here = (0, 0)
    for kind in ("bridge", "cus"):
        surface.process(f"CO_arrives_at_{kind}", "monoxide_arrival", (kind, here, "empty", "CO"))
        surface.process(f"CO_leaves_from_{kind}", f"CO_leaves_{kind}",
                        (kind, here, "CO", "empty"))
    for number, (first, second, offset) in enumerate(BONDS):
        surface.process(f"O2_arrives_{number}", "oxygen_arrival",
                        (first, here, "empty", "O"), (second, offset, "empty", "O"))
        surface.process(f"O2_leaves_{number}", f"O2_leaves_{first}_{second}",
                        (first, here, "O", "empty"), (second, offset, "O", "empty"))
    for number, (first, second, offset) in enumerate(both_ways(BONDS)):
        surface.process(f"reaction_{number}", f"react_O_{first}_CO_{second}",
                        (first, here, "O", "empty"), (second, offset, "CO", "empty"))
        for species in ("CO", "O"):
            surface.process(f"{species}_hops_{number}", f"{species}_hops_{first}_{second}",
                            (first, here, species, "empty"), (second, offset, "empty", species))
    return surface.project
