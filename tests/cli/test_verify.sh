#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Verification of the built-in model by reduced runs: what it prints, keeps and returns.
. "$SPILLWAY_SOURCE/tests/tap.sh"
export LC_ALL=C
cd "$scratch" || exit 1

"$SPILLWAY" verify nife-fe3o4 --quick --claims B5,B4-travel --replicas 2 -o kept --json >out.json 2>err
code=$?
check 'a claim that fails gives exit code 4' [ "$code" -eq 4 ]
check 'two claims, with all that users need' python3 -c '
import json
travel, alone = json.load(open("out.json"))["claims"]
assert travel["id"] == "B4-travel" and travel["verdict"] == "disagrees", travel
assert alone["id"] == "B5" and alone["verdict"] == "agrees", alone
assert alone["value"] == 0 and alone["interval"] == [0, 0] and "quick run" in alone["why"], alone
assert set(alone) == {"id", "claim", "paper", "value", "interval", "unit", "verdict", "why"}'
check 'the folder keeps the verdicts' python3 -c '
import json
assert json.load(open("out.json")) == json.load(open("kept/claims.json"))'
check 'and every run' [ -f kept/oxide_alone/replica-002/series.csv ]

# a known answer with expected and tolerance, from runs that end by themselves
"$SPILLWAY" verify dimer-rsa --quick --claims line --replicas 3 -o dimers --json >out.json 2>err
check 'a known answer is no disagreement' [ "$?" -eq 0 ]
check 'and close to 1 - exp(-2)' python3 -c '
import json
[line] = json.load(open("out.json"))["claims"]
assert abs(line["value"] - 0.8646647) < 0.005 and line["interval"][0] < 0.8646647 < line["interval"][1], line'

# nothing is left to chance in a diffusion: one run stands for all seeds
"$SPILLWAY" verify fe-ni-couple --claims A10 -o couple --json >out.json 2>err
check 'a run without chance' [ "$?" -eq 0 ]
check 'is made once' [ "$(ls couple/jonsson | grep -c replica)" -eq 1 ]
check 'and its interval has no width' python3 -c '
import json
[line] = json.load(open("out.json"))["claims"]
assert line["interval"] == [line["value"], line["value"]] and line["verdict"] == "agrees", line'

# a table at the end of a run: two zero-flux planes
"$SPILLWAY" verify fe-cr-ni-couple --claims planes -o ternary --json >out.json 2>err
check 'a claim on a table at the end' [ "$?" -eq 0 ]
check 'with one row a zero-flux plane' [ "$(wc -l <ternary/against/replica-001/zero_flux_planes.csv)" -eq 3 ]

# a claim on what an instrument sees of the last frame: the number that `measure` gives
"$SPILLWAY" verify fe2o3-nio-front --quick --claims A11-mechanism --replicas 2 -o front --json >out.json 2>err
check 'atoms of a simulation are measured' [ "$?" -eq 0 ]
"$SPILLWAY" measure profile front/no_nickel_ions/replica-002/trajectory.xyz --from isosurface --elements O --threshold '30 %' \
    --low '2 A' --high '10 A' --json >profile.json
check 'with the result of measuring the file by hand' python3 -c '
import csv, json
rows = {row["name"]: row for row in csv.DictReader(open("front/no_nickel_ions/replica-002/first_nanometre/numbers.csv"))}
values = json.load(open("profile.json"))["values"]
assert len(values) == len(rows) > 3, values
for name, value in values.items():
    assert abs(value["value"] - float(rows[name]["value"])) < 1e-9, name
[claim] = json.load(open("out.json"))["claims"]
assert claim["value"] == 0 and claim["verdict"] == "agrees", claim'

# a recipe: given atoms beside the paper's numbers; zirconium of perfect fluorite is all oxide
python3 - <<'PYTHON'
sites = ((0, 0, 0), (0, .5, .5), (.5, 0, .5), (.5, .5, 0))
atoms = [tuple(5.09 * (u + v) for u, v in zip((c % 6, c // 6 % 6, c // 36), s)) for c in range(216) for s in sites]
with open("oxide.xyz", "w") as file:
    print(f'{len(atoms)}\nProperties=species:S:1:pos:R:3', file=file)
    for atom in atoms:
        print("Zr", *atom, file=file)
PYTHON
"$SPILLWAY" verify zr-zro2 --atoms oxide.xyz --claims D6-oxide,D8-oxide,D9-oxide,D11,D8-oxide-solid -o atoms --json >out.json 2>err
check 'atoms beside a paper: a claim that fails gives exit code 4' [ "$?" -eq 4 ]
check 'bonds, concentration and oxidation of fluorite; no metal grain' python3 -c '
import json
claims = {c["id"]: c for c in json.load(open("out.json"))["claims"]}
assert abs(claims["D6-oxide"]["value"] - 5.09 / 2**.5) < 1e-9, claims
assert abs(claims["D8-oxide-solid"]["value"] - 4 / 5.09**3) < 1e-9, claims
assert claims["D9-oxide"]["value"] > .9 and claims["D9-oxide"]["verdict"] == "agrees", claims
assert claims["D11"]["value"] == 0 and claims["D11"]["verdict"] == "disagrees", claims'
check 'and a page with everything' sh -c 'grep -q "disagrees" atoms/survey/report.html && [ -s atoms/survey/claims.json ]'
"$SPILLWAY" verify zr-zro2 --atoms oxide.xyz --claims D6-oxide,D8-oxide-solid --precision '10 pm' --draws 2 -o drawn --json >out.json 2>err
check 'with a precision the claims, and their numbers of atoms, have intervals from it' python3 -c '
import json
claims = {c["id"]: c for c in json.load(open("out.json"))["claims"]}
for claim in claims.values():
    assert claim["interval"][0] < claim["value"] < claim["interval"][1] and "shifts it by" in claim["why"], claim'
check 'a simulation has none' sh -c '"$1" verify zgb --precision "10 pm" -o none 2>&1 | grep -q "not of atoms"' - "$SPILLWAY"
"$SPILLWAY" verify zr-zro2 --atoms nowhere.xyz -o nowhere >out 2>err
check 'a file that is not there leaves no folder' [ ! -e nowhere ]
"$SPILLWAY" verify zgb --atoms oxide.xyz -o none >out 2>err
check 'a simulation is not verified by atoms' grep -q 'not of given atoms' err

# claims of one's own, in a folder of their own, on a model beside them
mkdir own
"$SPILLWAY" show langmuir --yaml | sed 's/^name: .*/name: mine/' >own/mine.yaml
cat >own/mine.claims.yaml <<'CLAIMS'
model: mine.yaml
replicas: 2
runs: {low: {events: 20000}}
claims:
  - {id: bare, claim: at most all sites are taken, value: {run: low, column: CO on top, row: settled mean}, above: 0, below: 1}
  - {id: look, claim: a number to look at, value: {run: low, column: CO on top, row: last}}
CLAIMS
"$SPILLWAY" verify own/mine.claims.yaml --json >out.json 2>err
check 'a file of claims is verified' [ "$?" -eq 0 ]
check 'beside bounds, and without' python3 -c '
import json
bare, look = json.load(open("out.json"))["claims"]
assert bare["verdict"] == "agrees" and 0 < bare["value"] < 1, bare
assert look["verdict"] == "not tested" and "no bound" in look["why"] and 0 < look["value"] < 1, look'
check 'in a folder of its name' [ -f verify/mine.claims/low/replica-002/series.csv ]
check 'the command is kept' grep -q 'verify own/mine.claims.yaml' verify/mine.claims/low/replica-001/run.json
"$SPILLWAY" verify own/mine.claims.yaml --resume --claims bare >out 2>err
check 'and gone on with' [ "$?" -eq 0 ]
"$SPILLWAY" verify own/mine.yaml >out 2>err
check 'a model is no file of claims' grep -q 'this is a model' err
"$SPILLWAY" verify own/mine.claims.yaml --atoms oxide.xyz >out 2>err
check 'nor is its simulation verified by atoms' grep -q 'not of given atoms' err
"$SPILLWAY" verify own/mine.claims.yaml --posterior 3 -o sampled >out 2>err
check 'chance has no posterior' grep -q 'left to chance' err
sed 's/column: CO on/column: O on/' own/mine.claims.yaml >own/wrong.yaml
"$SPILLWAY" verify own/wrong.yaml -o wrong >out 2>err
check 'a column that is not there is an error with its file' grep -q "low/replica-001/series.csv: there is no column of numbers 'O on top'" err

"$SPILLWAY" verify nife-fe3o4 --quick --claims B99 -o none >out 2>err
code=$?
check 'an unknown claim is an error' [ "$code" -eq 1 ]
check 'that says so' grep -q 'no such claim' err
"$SPILLWAY" verify nife-fe304 --quick -o none >out 2>err
check 'an unknown model too' [ "$?" -eq 1 ]
"$SPILLWAY" verify nife-fe3o4 --quick --claims B5 --without gravity -o none >out 2>err
check 'and a mechanism that the model lacks' [ "$?" -eq 1 ]
finish
