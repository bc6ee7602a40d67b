#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Where the program writes: JSON that is JSON, data and messages apart, a full disk.
. "$SPILLWAY_SOURCE/tests/tap.sh"
export LC_ALL=C
cd "$scratch" || exit 1

# json EXPRESSION COMMAND...: standard output is one JSON value `x` for which EXPRESSION holds
json()
{
    expression=$1
    shift
    "$@" >out.json 2>err.txt
    python3 -c 'import json, sys
x = json.load(open("out.json"))
sys.exit(0 if eval(sys.argv[1]) else "not so: %s in %s" % (sys.argv[1], x))' "$expression"
}

printf '3\nLattice="4 0 0 0 4 0 0 0 4"\nFe 0 0 0\nO 1 1 1\nO 2 2 2\n' >atoms.xyz

check 'version' json 'x["version"]' "$SPILLWAY" version --json
check 'help' json 'len(x["verbs"]) > 10 and x["shared"]' "$SPILLWAY" help --json
check 'help of a verb' json '[v["name"] for v in x["verbs"]] == ["convert"]' "$SPILLWAY" help convert --json
check 'models' json 'x["models"][0]["title"]' "$SPILLWAY" list models --json
check 'formats' json 'any(f["name"] == "extxyz" and f["writes"] for f in x["formats"])' "$SPILLWAY" list formats --json
check 'simulators' json '{"lattice", "diffusion"} <= {s["name"] for s in x["simulators"]}' "$SPILLWAY" list simulators --json
check 'species' json 'any(s["name"].startswith("H2O") and s["state"] == "gas" for s in x["species"])' "$SPILLWAY" list species --json
check 'units' json 'any("degC" in u["accepted"] for u in x["units"])' "$SPILLWAY" list units --json
check 'cite' json 'x["spillway"]["title"] and x["model"]' "$SPILLWAY" cite nife-fe3o4 --json
check 'show' json 'x["frame"]["size"] == [26, 26, 26] and "Ni" in x["species"] and x["parameters"][0]["source"] and len(x["processes"]) > 3' \
    "$SPILLWAY" show nife-fe3o4 --json
check 'show --processes' json '(lambda p: p[0]["name"] == "CO_arrives" and p[1]["orientations"] == 2 and p[1]["open"] == 20000 and p[2]["open"] == 0)(x["processes"])' \
    "$SPILLWAY" show zgb --processes --json
# Table I of Reuter and Scheffler: 1.6 eV down from bridge to cus, 1.3 eV back, also with none open
check 'show --processes, both barriers' json '[round(p["lone_barrier_eV"][0], 6) for p in x["processes"] if p["name"] == "CO_across"] == [1.6, 1.3]' \
    "$SPILLWAY" show co-ruo2 --processes --json
check 'show --processes at another temperature' json 'x["temperature_K"] == 700 and x["gas_bar"]["CO"] == 2' \
    "$SPILLWAY" show co-ruo2 --processes --set temperature='700 K' --set carbon_monoxide='2 bar' --json
check 'show --energetics' json '[(o["kind"], o["per_site"]) for o in x["orbits"][1:3]] == [("pair", 2), ("pair", 2)]' \
    "$SPILLWAY" show lattice-gas --energetics --json
check 'info' json 'any("extxyz" in str(v) for v in x.values())' "$SPILLWAY" info atoms.xyz --json
check 'convert' json 'x["out"] == "copy.xyz"' "$SPILLWAY" convert atoms.xyz copy.xyz --json
# NIST-JANAF, formation of water at 1000 K: -192.590 kJ/mol
check 'thermo' json 'abs(x["equilibria"][0]["dG_kJ_per_mol"] + 2 * 192.59) < 0.2 and x["equilibria"][0]["T_K"] == 1000' \
    "$SPILLWAY" thermo '2 H2 + O2 = 2 H2O' -T '1000 K' --json
check 'thermo, three temperatures' json '[e["T_K"] for e in x["equilibria"]] == [873.15, 973.15, 1000]' \
    "$SPILLWAY" thermo 'Fe3O4 + 4 H2 = 3 Fe + 4 H2O' -T 600degC -T '700 degC' -T '1000 K' --json
check 'thermo, the ratio is that of the constant' json 'abs(x["equilibria"][0]["pH2O_pH2"] ** 4 / x["equilibria"][0]["equilibrium"] - 1) < 1e-6' \
    "$SPILLWAY" thermo 'Fe3O4 + 4 H2 = 3 Fe + 4 H2O' -T '700 degC' --json
check 'an error is JSON too' json 'x["error"]["place"] and x["error"]["message"]' "$SPILLWAY" info missing.xyz --json
check 'and a message' grep -q '^spillway: .*missing.xyz' err.txt
check 'wrong usage is JSON too' json '"did you mean" in x["error"]["hint"]' "$SPILLWAY" info --jso --json

nothing 'data goes to standard output only' sh -c '"$1" list formats 2>&1 >/dev/null' - "$SPILLWAY"
nothing 'messages go to standard error only' sh -c '"$1" info missing.xyz 2>/dev/null || true' - "$SPILLWAY"
check 'a missing file is a failure' sh -c '"$1" info missing.xyz 2>/dev/null; [ $? -eq 1 ]' - "$SPILLWAY"
check 'a reaction that is not balanced is a failure' sh -c '
    "$1" thermo "Fe3O4 + H2 = 3 Fe + H2O" 2>err; [ $? -eq 1 ] && grep -q O err' - "$SPILLWAY"
check 'a temperature without unit is wrong usage' sh -c '
    "$1" thermo "2 H2 + O2 = 2 H2O" -T 700 2>err; [ $? -eq 2 ] && grep -q hint err' - "$SPILLWAY"
check 'no escape sequences without a terminal' sh -c '! "$1" list models 2>&1 | grep -q "$(printf "\033")"' - "$SPILLWAY"

if [ -e /dev/full ]; then
    for verb in 'list formats' 'help' 'version' 'man simulate' 'cite --json' 'show nife-fe3o4' 'completion bash'; do
        check "a full disk under: $verb" sh -c '
            "$1" $2 >/dev/full 2>err; [ $? -eq 1 ] && grep -q "standard output" err && grep -q hint err' \
            - "$SPILLWAY" "$verb"
    done
    check 'a full disk under: convert' sh -c '
        "$1" convert atoms.xyz /dev/full --to extxyz 2>err; [ $? -eq 1 ] && grep -q "No space" err' - "$SPILLWAY"
else
    skip 'a full disk' 'there is no /dev/full'
fi
finish
