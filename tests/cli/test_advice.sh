#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What is told by name: a typo, a process that can never happen, an absorbing state, two processes
# that make the same change. And rate control, as a user meets it.
. "$SPILLWAY_SOURCE/tests/tap.sh"
export LC_ALL=C
cd "$scratch" || exit 1

# model NAME PROCESSES: two species on a square lattice, A from the gas
model()
{
    cat >"$1.yaml" <<MODEL
format: 1
name: $1
simulator: lattice
frame: {lattice_constant: 3 A, cell: [1, 1, 5], size: [8, 8, 1], periodic: [true, true, false], sites: {s: [[0, 0, 0]]}}
species: {CO: {element: C, formula: CO, sites: s}, O: {sites: s}}
gas: {species: {CO: 1 bar, O2: 0 bar, CO2: 1e-9 bar}}
processes:
  land: {sites: {a: s}, change: {a: [empty, CO]}, gas: {CO: -1}, irreversible: true, kinetics: {type: rate, prefactor: 1 /s, barrier: 0 eV}}
$2
run: {temperature: 500 K, events: 1000}
MODEL
}
told()
{
    grep -q -e "$1" err || { sed 's/^/# /' err; return 1; }
}

model typo '  leave: {sites: {a: s}, change: {a: [C0, empty]}, gas: {CO: 1}, irreversible: true, kinetics: {type: rate, prefactor: 1 /s, barrier: 0 eV}}'
"$SPILLWAY" simulate typo.yaml >out 2>err
check 'a typo ends the run' [ "$?" -eq 1 ]
check 'with its line and column' told "typo.yaml:9:39"
check 'and the name that was meant' told "did you mean 'CO'"

model never '  split: {sites: {a: s, b: {site: s, at: 1}}, change: {a: [empty, O], b: [empty, O]}, gas: {O2: -1}, irreversible: true, kinetics: {type: rate, prefactor: 1 /s, barrier: 0 eV}}
  react: {sites: {a: s, b: {site: s, at: 1}}, change: {a: [O, empty], b: [CO, empty]}, gas: {CO2: 1}, irreversible: true, where: [{at: a, count: CO, distance: 1, at_least: 5}], kinetics: {type: rate, prefactor: 1 /s, barrier: 0 eV}}'
"$SPILLWAY" show never.yaml --processes >out 2>err
check 'a process without its gas' told "'split' can never happen: the gas holds no O2"
check 'a process whose condition never holds' told "'react' can never happen: its condition 1 wants 5 neighbours, but at most 4"
"$SPILLWAY" simulate never.yaml --no-report >out 2>err
check 'the run says so too' told "'split' can never happen"
check 'an absorbing state that is reached' told 'nothing can happen any more at .* s, after 64 events'
check 'and why each process has ended' told "'land': no empty on s sites"

model ended ''
"$SPILLWAY" simulate ended.yaml --no-report --set 'structure.fill=[{mixture: {CO: 100 %}, sites: s}]' >out 2>err
check 'an absorbing state at the start' told "'land': no empty on s sites"
check 'after no event' told 'after 0 events'
"$SPILLWAY" show ended.yaml --processes --set 'structure.fill=[{mixture: {CO: 100 %}, sites: s}]' >out 2>err
check 'and before the run' grep -q 'nothing can happen in the starting structure' out

model twice '  again: {sites: {b: s}, change: {b: [empty, CO]}, gas: {CO: -1}, irreversible: true, kinetics: {type: rate, prefactor: 2 /s, barrier: 0 eV}}'
"$SPILLWAY" show twice.yaml --processes >out 2>err
check 'two processes that make the same change' told "'land' and 'again' make the same change"

model control '  react: {sites: {a: s}, change: {a: [CO, empty]}, gas: {CO2: 1}, transmutes: true, irreversible: true, kinetics: {type: rate, prefactor: 3 /s, barrier: 0 eV}}'
"$SPILLWAY" verify control.yaml --sensitivity --quick --set run.quick_events=4000 --set run.observe.events=100 --json >out 2>err
# land over react is 1 to 3, so X(land) = 3/4; fixed seeds, and five times the noise of so short runs
check 'rate control of a model of one'"'"'s own' python3 -c '
import json
x = json.load(open("out"))
assert x["observable"] == "CO2 turnover" and x["runs"] == 36, x
land, react = x["rate_control"]
assert land["process"] == "land" and land["interval"][0] < land["value"] < land["interval"][1], x
assert abs(land["value"] - 0.75) < 0.25 and abs(x["sum"] - 1) < 0.35, x'
check 'is kept with its runs' [ -f verify/control/sensitivity/sensitivity.json ]
"$SPILLWAY" verify control.yaml --sensitivity --of 'CO3 turnover' >out 2>err
check 'an unknown column is an error' [ "$?" -eq 1 ]
"$SPILLWAY" verify zgb --step 0.2 >out 2>err
check 'what belongs to --sensitivity alone says so' told 'add --sensitivity'
finish
