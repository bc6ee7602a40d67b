#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The verb `thermo`: a reaction, or a diagram with options of its own.
. "$SPILLWAY_SOURCE/tests/tap.sh"
export LC_ALL=C
cd "$scratch" || exit 1

check 'a reaction, options after it' sh -c '"$1" thermo "2 NiO = 2 Ni + O2" -T 600degC -T "700 degC" | grep -q "^973.15"' - "$SPILLWAY"
check 'a reaction, options before it' sh -c '"$1" thermo -T 700degC "2 NiO = 2 Ni + O2" | grep -q "^973.15"' - "$SPILLWAY"
check 'a word that is neither is a wrong reaction' complains 'substance' "$SPILLWAY" thermo elingham
check 'the help names the diagrams' sh -c '"$1" thermo --help | grep -q predominance' - "$SPILLWAY"

check 'what frees oxygen has its ratio of water to hydrogen, and the constant as a logarithm' sh -c '"$1" thermo "2 NiO = 2 Ni + O2" | grep -q "195.167  *5.6e-12  *-16.2518"' - "$SPILLWAY"
check 'however large the constant is' sh -c '"$1" thermo "4 Al + 3 O2 = 2 Al2O3" -T 298.15K | grep -q "554.399$"' - "$SPILLWAY"

for diagram in ellingham baur-glaessner predominance equilibrium volcano partition; do
    check "$diagram ends well" "$SPILLWAY" thermo $diagram --quiet
    check "$diagram has a help of its own" sh -c '"$1" thermo $2 --help | grep -q "^spillway thermo $2:"' - "$SPILLWAY" $diagram
    "$SPILLWAY" thermo $diagram --json >$diagram.json
    check "$diagram gives its tables as JSON" python3 -c '
import json, sys
x = json.load(open(sys.argv[1]))
assert x["tables"] and all(c["values"] for t in x["tables"].values() for c in t.values()), x' $diagram.json
done
check 'list shows them' sh -c '"$1" list diagrams | grep -q "^free-energy *table"' - "$SPILLWAY"

check 'wustite has its defects' python3 -c '
import json
v = {k: q["value"] for k, q in json.load(open("baur-glaessner.json"))["values"].items()}
assert abs(v["pH2O/pH2 Fe3O4-FeO"] - 1.21) < 0.01 and abs(v["pH2O/pH2 FeO-Fe"] - 0.436) < 0.005, v'
check 'a folder' "$SPILLWAY" thermo ellingham --oxides 'NiO, CoO' --output drawn --quiet
for file in ellingham.csv oxides.csv plots.json report.html run.json figures/01-ellingham-diagram.svg \
    figures/01-ellingham-diagram.pdf; do
    check "with $file" test -s drawn/$file
done
check 'not over an old one' complains 'overwrite' "$SPILLWAY" thermo ellingham --output drawn
check 'outside a table a note names the substance' sh -c '"$1" thermo ellingham | grep -q "^note: Mn is tabulated"' - "$SPILLWAY"
check 'an unknown option is refused' complains 'did you mean --oxides' "$SPILLWAY" thermo ellingham --oxide NiO
check 'a wrong oxide is refused' complains 'NiOO' "$SPILLWAY" thermo ellingham --oxides NiOO

"$SPILLWAY" thermo predominance --metal '0.65 Fe, 0.35 Ni' --points 12 --json >fields.json
check 'fields of mixed metals' python3 -c '
import json
t = json.load(open("fields.json"))["tables"]
assert "fcc + wustite" in t["fields"]["phases"]["values"], t["fields"]
assert t["phases"]["phases"]["values"][0] == "fcc" and len(t["boundaries"]["temperature"]["values"]) > 30, t["phases"]'
"$SPILLWAY" thermo equilibrium --amounts '1 Fe2O3, 0.5 NiO, 3 H2' --json >mixed.json
check 'halite and spinel, with the driving force of what is not there' python3 -c '
import json
t = json.load(open("mixed.json"))["tables"]["equilibrium"]
d = dict(zip(t["what"]["values"], t["driving force"]["values"]))
assert d["halite"] == 0 and d["spinel"] == 0 and d["bcc"] < -1 and t["driving force"]["unit"] == "kJ/mol of atoms", d'
check 'what is no metal is refused' complains 'metals' "$SPILLWAY" thermo predominance --metal 'Fe, O'
check 'a wrong range is refused' complains '-2..4' "$SPILLWAY" thermo predominance --metal 'Fe, Ni' --range 3..1

printf 'state,energy [eV],kind,frequencies,gas\nbare,0,minimum,,H2\nTS,0.9,transition,"1200 -900",\nbound,-0.2,minimum,"1100 800",\nagain,-1,minimum,,H2O\n' >cycle.csv
check 'free-energy takes a table' "$SPILLWAY" thermo free-energy cycle.csv --pressures 'H2 0.9 bar, H2O 0.1 bar' --quiet
check 'a pressure of a gas that no state has is refused' complains 'no state of the table has the gas "H20"' "$SPILLWAY" thermo free-energy cycle.csv --pressures 'H20 0.1 bar'
check 'and needs it' complains 'argument' "$SPILLWAY" thermo free-energy
check 'an unknown gas is refused' sh -c 'sed s/H2O/HgO/ cycle.csv >wrong.csv; ! "$1" thermo free-energy wrong.csv' - "$SPILLWAY"

printf '!    total energy              =     -20.0 Ry\n' >a.out
printf '!    total energy              =     -20.1 Ry\n' >b.out
check 'partition reads files' sh -c '"$1" thermo partition --host-a a.out --a-with-b b.out | grep -q "^partitioning enthalpy  *-1.36057"' - "$SPILLWAY"
finish
