#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Instruments on tables and the verb `fit`: several files, refusals with their line, folders.
. "$SPILLWAY_SOURCE/tests/tap.sh"
export LC_ALL=C
cd "$scratch" || exit 1

# first order, E = 150 kJ/mol, ln A = 24 (1/s), from 450 K on, at 5, 10 and 20 K/min; decimal commas in one
python3 - <<'PYTHON'
import math
for rate in (5, 10, 20):
    conversion, rows, parts = 0.0, [], 10
    for i in range(1200):
        t = i * 24.0 / rate
        T = 450 + rate / 60 * t
        rows.append("%.6f;%.6f;%.8f" % (t / 60, T - 273.15, 20 - 6 * conversion))
        h = 24.0 / rate / parts
        left = 1 - conversion
        for k in range(parts):
            T0 = 450 + rate / 60 * (t + (k + 0.5) * h)
            left *= math.exp(-h * math.exp(24 - 150e3 / 8.314462618 / T0))
        conversion = 1 - left
    text = "Time/min;Temp./\u00b0C;Mass/mg\n" + "\n".join(rows) + "\n"
    if rate == 10:
        text = text.replace(".", ",").replace("Temp,", "Temp.")
    open("run%d.csv" % rate, "w", encoding="utf-8").write(text)
PYTHON

check 'tga ends well' "$SPILLWAY" measure tga run10.csv --quiet
"$SPILLWAY" measure tga run10.csv --json >tga.json
check 'it finds the loss' python3 -c '
import json
v = {k: q["value"] for k, q in json.load(open("tga.json"))["values"].items()}
assert abs(v["mass loss"] - 30) < 0.01, v'
check 'a feed sets the denominator' sh -c '"$1" measure tga run10.csv --feed "Fe2O3" | grep -q "^loss at conversion 1 *30.05"' - "$SPILLWAY"
check 'a wrong feed is refused' complains 'a formula was expected' "$SPILLWAY" measure tga run10.csv --feed 'Fe2O3 + '

check 'kinetics takes several tables' "$SPILLWAY" measure kinetics run5.csv run10.csv run20.csv --quiet --json
"$SPILLWAY" measure kinetics run20.csv run5.csv run10.csv --json >kinetics.json
check 'and finds the energy' python3 -c '
import json
v = {k: q["value"] for k, q in json.load(open("kinetics.json"))["values"].items()}
for name in ("energy, Friedman", "energy, Vyazovkin", "energy, KAS corrected", "energy, FWO corrected"):
    assert abs(v[name] - 150) < 0.1, (name, v[name])'
check 'it writes a folder with a page' "$SPILLWAY" measure kinetics run5.csv run10.csv run20.csv --output folder --quiet
for file in run.json energies.csv models.csv runs.csv temperatures.csv plots.json report.html; do
    check "with $file" [ -s "folder/$file" ]
done
check 'whose title names the files' grep -q 'run5.csv and 2 more' folder/report.html
check 'one curve is too few' complains 'better four' "$SPILLWAY" measure kinetics run5.csv
check 'an instrument of one table takes one' complains 'one argument too many' "$SPILLWAY" measure tga run5.csv run10.csv

check 'fit ends well' "$SPILLWAY" fit kinetics run5.csv run10.csv run20.csv --model F1 --predict '40 K/min' --output fitted --quiet
for file in curves.csv residuals.csv prediction.csv report.html; do
    check "fit writes $file" [ -s "fitted/$file" ]
done
check 'an unknown model' complains 'no reaction model "F9"' "$SPILLWAY" fit kinetics run5.csv run10.csv --model F9
check 'a wrong programme' complains 'no piece of a programme' "$SPILLWAY" fit kinetics run5.csv run10.csv --model F1 --predict fast
check 'a mistyped fit' complains 'did you mean `spillway fit kinetics`?' "$SPILLWAY" fit kinetic run5.csv
# a curve of the powder model, run through its own fit
"$SPILLWAY" simulate fe2o3-nio --set cells=1 --set bins=1 --set oxide_size='3 um' --set run.observe='5 s' --output powder --quiet > log 2>&1
check 'fit powder ends well' "$SPILLWAY" fit powder powder/series.csv --settings 'cells=1, bins=1' --free oxide_size --scan 2 --jumps keep --output grains --quiet
for file in parameters.csv profiles.csv curves.csv report.html run.json; do
    check "fit powder writes $file" [ -s "grains/$file" ]
done
check 'fit powder finds the size' awk -F, '$1 ~ /oxide_size/ { found = $2 > 2.8 && $2 < 3.2 && $3 < $2 && $2 < $4 } END { exit !found }' grains/parameters.csv
check 'a parameter that is not there' complains 'no parameter "oxide_sise"' "$SPILLWAY" fit powder powder/series.csv --free oxide_sise --jumps keep
check 'a model that is no powder' complains 'no model of a powder' "$SPILLWAY" fit powder powder/series.csv --model nife-fe3o4 --jumps keep
check 'a table of something else' complains 'rows with time, temperature and mass' "$SPILLWAY" fit powder grains/curves.csv --mass 3 --to '1 s'
check 'fits are listed' sh -c '"$1" list fits | grep -q "^kinetics *table..."' - "$SPILLWAY"
check 'fit has help of its own' sh -c '"$1" fit kinetics --help | grep -q -- "--predict"' - "$SPILLWAY"

awk 'NR == 100 { sub(/^[^;]*/, "0,5") } { print }' run10.csv >back.csv
check 'time that goes back is refused with its line' complains 'back.csv:100' "$SPILLWAY" measure tga back.csv
check 'unless such rows are dropped' "$SPILLWAY" measure tga back.csv --disorder drop --quiet
awk -F';' 'BEGIN { OFS = ";" } NR > 300 { gsub(",", ".", $3); $3 = sprintf("%.6f", $3 + 0.4); gsub("[.]", ",", $3) } { print }' \
    run10.csv >jump.csv
check 'a jump is refused with its line' complains 'jump.csv:301' "$SPILLWAY" measure tga jump.csv
check 'unless it is taken out' sh -c '"$1" measure tga jump.csv --jumps remove | grep -q "^mass loss *30 "' - "$SPILLWAY"
awk -F';' 'BEGIN { OFS = ";" } NR > 1 { $3 = NR > 300 ? "0,4" : "0,0" } { print }' run10.csv >blank.csv
check 'or a blank has the same' sh -c '"$1" measure tga jump.csv --blank blank.csv | grep -q "^mass loss *\(30\|29.999[5-9][0-9]*\|30.000[0-4][0-9]*\) "' - "$SPILLWAY"
check 'a blank that is not there' complains 'nowhere.csv' "$SPILLWAY" measure tga jump.csv --blank nowhere.csv
awk 'NR == 50 { sub(/;[^;]*$/, ";") } { print }' run10.csv >missing.csv
check 'a missing value leaves its row out' sh -c '"$1" measure tga missing.csv | grep -q "1 rows with a missing value"' - "$SPILLWAY"
awk 'NR == 50 { sub(/;[^;]*$/, ";broken") } { print }' run10.csv >word.csv
check 'a word is refused with its line' complains 'word.csv:50' "$SPILLWAY" measure tga word.csv
check 'a column may be named' complains 'no column is known as mass' "$SPILLWAY" measure tga run10.csv --mass Weight

printf 'time [s],a [A]\n0,3.5618\n60,3.6071\n' >lattice.csv
check 'composition' sh -c '"$1" measure alloy-composition lattice.csv --temperature "700 degC" | grep -q "^nickel, last *34.8"' - "$SPILLWAY"
check 'which needs a temperature' complains 'give --temperature' "$SPILLWAY" measure alloy-composition lattice.csv

# two peaks, whose angles are those of fcc {111} and {200} of 3.6 A at 0.20735 A
python3 - <<'PYTHON'
import math
with open("pattern.xy", "w") as file:
    for i in range(600):
        x = 5 + 0.005 * i
        y = 50 + sum(a / (1 + ((x - c) / 0.03) ** 2) for a, c in ((900, 5.7189), (500, 6.6046)))
        file.write("%.4f %.3f\n" % (x, y))
PYTHON
check 'peaks of a table without names' sh -c '"$1" measure xrd-peaks pattern.xy --wavelength "0.20735 A" --planes 111,200 \
    --mixing 1 --width "0.06 deg" | grep -q "^lattice parameter 2 *3.5995"' - "$SPILLWAY"
finish
