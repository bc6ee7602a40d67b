# SPDX-License-Identifier: GPL-3.0-or-later
"""The compared models: one set of physical values, told to each program in its own way."""
import math

BOLTZMANN = 8.617333262e-5  # eV/K
LATTICE_GAS_TEMPERATURE = 500.0  # K, as in bench/models/lattice-gas-nearest.yaml
RUO2_TEMPERATURE = 600.0  # K, as in bench/models/co-ruo2.yaml


class Model:
    """settings: {parameter of the YAML file: value with unit}; parameters: of the kmos model."""

    def __init__(self, name, backends, settings, parameters, fill=0.0, warm_per_site=20):
        self.name, self.backends = name, backends
        self.settings, self.parameters = settings, parameters
        self.fill, self.warm_per_site = fill, warm_per_site

    def spillway_task(self, size):
        frame = {"frame.size[0]": str(size), "frame.size[1]": str(size)}
        return {"settings": {**self.settings, **frame}}

    def kmos_task(self, size):
        return {"size": size, "parameters": self.parameters, "fill": self.fill}

    def warm(self, size):
        return max(200000, self.warm_per_site * size * size)


def zgb(monoxide):
    """y = monoxide: the share of CO among the arriving molecules."""
    rates = {"monoxide_rate": monoxide, "oxygen_rate": (1.0 - monoxide) / 2.0,
             "reaction_rate": 1e10}
    return Model("zgb", ["local_smart"], {name: f"{rate!r} /s" for name, rate in rates.items()},
                 rates)


def lattice_gas(name, backends, near, diagonal):
    """Attractions in eV; the site energy keeps the lattice half full by symmetry."""
    site = -2.0 * (near + diagonal)
    thermal = BOLTZMANN * LATTICE_GAS_TEMPERATURE
    settings = {"near": f"{near!r} eV", "site": f"{site!r} eV"}
    if diagonal:
        settings["diagonal"] = f"{diagonal!r} eV"
    parameters = {"arrival_rate": 1.0, "hop_rate": 10.0, "leaving_rate": math.exp(site / thermal),
                  "near": near / thermal, "diagonal": diagonal / thermal}
    return Model(name, backends, settings, parameters, fill=0.5, warm_per_site=5)


RUO2_FLUX = {"monoxide_flux": 2.039e8, "monoxide_arrival": 1.4273e9, "oxygen_arrival": 1.907e8,
             "attempts": 1.2502e13}  # 1/s
RUO2_BARRIERS = {  # eV; of leaving: binding energy plus chemical potential at 600 K and 1 bar
    "CO_leaves_bridge": 0.425, "CO_leaves_cus": 0.125, "O2_leaves_bridge_bridge": 3.378,
    "O2_leaves_bridge_cus": 2.078, "O2_leaves_cus_cus": 0.778,
    "CO_hops_bridge_bridge": 0.6, "CO_hops_bridge_cus": 1.6, "CO_hops_cus_bridge": 1.3,
    "CO_hops_cus_cus": 1.7, "O_hops_bridge_bridge": 0.7, "O_hops_bridge_cus": 2.3,
    "O_hops_cus_bridge": 1.0, "O_hops_cus_cus": 1.6,
    "react_O_bridge_CO_bridge": 1.5, "react_O_bridge_CO_cus": 1.2, "react_O_cus_CO_bridge": 0.8,
    "react_O_cus_CO_cus": 0.9}


def ruo2_prefactor(name):
    if name.startswith("CO_leaves"):
        return RUO2_FLUX["monoxide_flux"]
    return RUO2_FLUX["oxygen_arrival" if name.startswith("O2_leaves") else "attempts"]


def co_ruo2():
    settings = {name: f"{value!r} /s" for name, value in RUO2_FLUX.items()}
    settings.update({name: f"{value!r} eV" for name, value in RUO2_BARRIERS.items()})
    thermal = BOLTZMANN * RUO2_TEMPERATURE
    parameters = {name: ruo2_prefactor(name) * math.exp(-barrier / thermal)
                  for name, barrier in RUO2_BARRIERS.items()}
    parameters.update({name: RUO2_FLUX[name] for name in ("monoxide_arrival", "oxygen_arrival")})
    return Model("co-ruo2", ["local_smart"], settings, parameters)


MODELS = {model.name: model for model in (
    zgb(0.5), co_ruo2(),
    lattice_gas("lattice-gas-nearest", ["local_smart"], -0.03, 0.0),
    lattice_gas("lattice-gas-next-nearest", ["lat_int"], -0.03, -0.01))}
