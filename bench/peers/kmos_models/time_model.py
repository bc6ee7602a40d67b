# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: time_model.py FOLDER '{"size": 100, ...}'    runs one built kmos model, prints one JSON line

Keys: size (cells along an edge), seed, parameters {name: value}, fill (share of sites that the
first species holds at the start), warm (events), seconds (user CPU time to measure, 0: none),
samples and between (how often, after how many events, coverages are taken).
"""
import importlib.metadata
import json
import os
import resource
import subprocess
import sys

import project  # noqa: F401  (first: it answers what kmos asks on import)
import numpy

CHUNK = 100000  # events between two looks at the clock


def cpu():
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime


def fill(model, share, seed):
    """Puts the first species on a share of the sites at random; both back ends have to be told."""
    random = numpy.random.default_rng(seed)
    lattice, proclist = model.lattice, model.proclist
    width, depth, _ = lattice.system_size
    held = random.random((width, depth)) < share
    for x, y in numpy.argwhere(held):
        lattice.replace_species([x, y, 0, 1], proclist.empty, proclist.a)
    if hasattr(proclist, "touchup_cell"):
        touch, site = proclist.touchup_cell, 0
    else:
        touch, site = proclist.touchup_surface_site, 1
    for x, y in numpy.ndindex(width, depth):
        touch([x, y, 0, site])


def coverage(model):
    """Share of all sites by species, from what kmos counts itself."""
    occupation = numpy.asarray(model.get_atoms(geometry=False).occupation)
    names = sorted(model.settings.representations)
    return {name: float(row.mean()) for name, row in zip(names, occupation)}


def measure(model, seconds):
    steps, start = 0, cpu()
    while cpu() - start < seconds:
        model.do_steps(CHUNK)
        steps += CHUNK
    return steps, cpu() - start


def sampled(model, samples, between):
    total = {}
    for _ in range(samples):
        model.do_steps(between)
        for name, value in coverage(model).items():
            total[name] = total.get(name, 0.0) + value / samples
    return total


def provenance():
    compiler = subprocess.run(["gfortran", "-dumpfullversion"], capture_output=True, text=True,
                              check=False).stdout.strip()
    return {"version": importlib.metadata.version("python-kmos"),
            "compiler": f"gfortran {compiler}"}


def main():
    folder, task = sys.argv[1], json.loads(sys.argv[2])
    os.chdir(folder)
    sys.path.insert(0, folder)
    from kmos.run import KMC_Model
    start = cpu()
    model = KMC_Model(size=task["size"], random_seed=task["seed"], banner=False,
                      print_rates=False)
    for name, value in task["parameters"].items():
        setattr(model.parameters, name, value)
    if task.get("fill"):
        fill(model, task["fill"], task["seed"])
    result = {**provenance(), "setup_seconds": cpu() - start}
    model.do_steps(task["warm"])
    result["events"], result["cpu_seconds"] = measure(model, task.get("seconds", 0))
    result["coverage"] = sampled(model, task.get("samples", 1), task.get("between", CHUNK))
    result["memory_bytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps(result))


if __name__ == "__main__":
    main()
