# SPDX-License-Identifier: GPL-3.0-or-later
"""The Ziff-Gulari-Barshad model: the same rates as bench/models/zgb.yaml."""
from project import Surface

NEIGHBOURS = {"east": (1, 0), "north": (0, 1), "west": (-1, 0), "south": (0, -1)}


def project():
    surface = Surface("zgb", ["CO", "O"])
    surface.parameters({"monoxide_rate": 0.5, "oxygen_rate": 0.25, "reaction_rate": 1e10})
    here = ("site", (0, 0))
    surface.process("monoxide_arrives", "monoxide_rate", (*here, "empty", "CO"))
    for name in ("east", "north"):
        surface.process(f"oxygen_arrives_{name}", "oxygen_rate", (*here, "empty", "O"),
                        ("site", NEIGHBOURS[name], "empty", "O"))
    for name, offset in NEIGHBOURS.items():
        surface.process(f"dioxide_leaves_{name}", "reaction_rate", (*here, "CO", "empty"),
                        ("site", offset, "O", "empty"))
    return surface.project
