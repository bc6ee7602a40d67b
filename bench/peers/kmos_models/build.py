# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: build.py MODEL BACKEND FOLDER    generates and compiles one kmos model into FOLDER"""
import os
import sys
from types import SimpleNamespace

import project  # noqa: F401  (first: it answers what kmos asks on import)
import co_ruo2
import lattice_gas
import zgb

import kmos.io
import kmos.utils

MODELS = {"zgb": zgb.project, "co-ruo2": co_ruo2.project,
          "lattice-gas-nearest": lambda: lattice_gas.project(False),
          "lattice-gas-next-nearest": lambda: lattice_gas.project(True)}


def main():
    if len(sys.argv) != 4 or sys.argv[1] not in MODELS:
        sys.exit(__doc__ + "\nmodels: " + " ".join(MODELS))
    model, backend, folder = sys.argv[1:]
    options = SimpleNamespace(backend=backend, acf=False, debug=False, no_optimize=False,
                              fcompiler="gnu95")
    kmos.io.export_source(MODELS[model](), folder, options=options)
    os.chdir(folder)
    kmos.utils.build(options)


if __name__ == "__main__":
    main()
