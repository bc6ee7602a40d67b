# SPDX-License-Identifier: GPL-3.0-or-later
"""What the models share: an empty kmos project on a rectangular surface and one call per process."""
import builtins

# kmos asks on import whether it may fetch tables of gases; these models use none.
builtins.input = lambda *_: "n"

import numpy  # noqa: E402
from kmos.types import (Action, Condition, Layer, Parameter, Process, Project,  # noqa: E402
                        Site, Species)

CELL_HEIGHT = 10.0


class Surface:
    """A surface whose cell has the given edges and sites {name: fractional position}."""

    def __init__(self, name, species, sites=None, edges=(1.0, 1.0)):
        self.project = Project()
        self.project.set_meta(author="Spillway", email="none@example.org", model_name=name,
                              model_dimension=2)
        for one in ["empty"] + species:
            self.project.add_species(Species(name=one))
        self.project.species_list.default_species = "empty"
        layer = Layer(name="surface")
        for site, position in (sites or {"site": "0.5 0.5 0.5"}).items():
            layer.sites.append(Site(name=site, pos=position))
        self.project.add_layer(layer)
        self.project.lattice.cell = numpy.diag([edges[0], edges[1], CELL_HEIGHT])

    def parameters(self, values):
        for name, value in values.items():
            self.project.add_parameter(Parameter(name=name, value=value))

    def process(self, name, rate, *changes):
        """changes: (site, (x, y), before, after); a before without after is a bystander."""
        conditions, actions = [], []
        for site, (x, y), before, after in changes:
            coord = self.project.lattice.generate_coord(f"{site}.({x},{y},0).surface")
            conditions.append(Condition(coord=coord, species=before))
            if after is not None:
                actions.append(Action(coord=coord, species=after))
        self.project.add_process(Process(name=name, rate_constant=rate, condition_list=conditions,
                                         action_list=actions))
