#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# `spillway measure`: an instrument finds what is known, writes its folder, and refuses what is wrong.
. "$SPILLWAY_SOURCE/tests/tap.sh"
export LC_ALL=C
cd "$scratch" || exit 1

# 8 atoms; the second file lacks one, has one more, and is shifted by 0.2 A along x
cat >known.xyz <<'END'
8
Lattice="20 0 0 0 20 0 0 0 20" Properties=species:S:1:pos:R:3 pbc="T T T"
Zr 1 1 1
Zr 5 1 1
Zr 1 5 1
Zr 5 5 1
Zr 1 1 5
Zr 5 1 5
Zr 1 5 5
Zr 19.9 5 5
END
awk 'NR == 1 || NR == 2 || NR > 3 { if (NR > 2) { $2 = $2 + 0.2 } print } END { print "Zr 10 10 10" }' \
    known.xyz >found.xyz

check 'compare ends well' "$SPILLWAY" measure compare known.xyz found.xyz --json
"$SPILLWAY" measure compare known.xyz found.xyz --json >numbers.json
check 'it counts and finds the shift' python3 -c '
import json
v = {k: q["value"] for k, q in json.load(open("numbers.json"))["values"].items()}
assert (v["matched"], v["missed"], v["false"]) == (7, 1, 1), v
assert abs(v["shift x"] + 20) < 1e-6 and abs(v["rms deviation"]) < 1e-6, v'
check 'without shifting the deviation is the shift' python3 -c '
import json, subprocess, sys
out = subprocess.run([sys.argv[1], "measure", "compare", "known.xyz", "found.xyz", "--shift", "no", "--json"],
                     capture_output=True, check=True).stdout
assert abs(json.loads(out)["values"]["rms deviation"]["value"] - 20) < 1e-6' "$SPILLWAY"
check 'a table for people' sh -c '"$1" measure compare known.xyz found.xyz | grep -q "^identified *87.5 "' - "$SPILLWAY"

check 'it writes a folder' "$SPILLWAY" measure compare known.xyz found.xyz --output folder --quiet
for file in run.json deviations.csv plots.json trajectory.xyz report.html; do
    check "with $file" [ -s "folder/$file" ]
done
check 'the atoms carry their columns' grep -q 'match:I:1:deviation:R:1' folder/trajectory.xyz
check 'a folder that is used is refused' complains 'folder' "$SPILLWAY" measure compare known.xyz found.xyz -o folder
check 'unless it may be overwritten' "$SPILLWAY" measure compare known.xyz found.xyz -o folder --overwrite --quiet

check 'a mistyped instrument' complains 'did you mean `spillway measure compare`?' "$SPILLWAY" measure compar x --foo
check 'a mistyped parameter' complains 'did you mean --farthest?' "$SPILLWAY" measure compare a b --fartest '1 A'
check 'a value without unit' complains 'has no unit' "$SPILLWAY" measure compare known.xyz found.xyz --farthest 1
check 'a mistyped preset' complains 'zhang-2024' "$SPILLWAY" measure compare known.xyz found.xyz --preset zhang
check 'a file of another kind' complains 'holds a table' "$SPILLWAY" measure compare known.xyz folder/deviations.csv
check 'a missing file' complains 'expected, 1 found' "$SPILLWAY" measure compare known.xyz
check 'a frame that is not there' complains 'frame' "$SPILLWAY" measure compare known.xyz found.xyz --frame 7
awk 'NR == 5 { $3 = "nan" } { print }' known.xyz >bad.xyz
check 'a position that is no place' complains 'bad.xyz' "$SPILLWAY" measure compare bad.xyz found.xyz
printf '0\nProperties=species:S:1:pos:R:3\n' >none.xyz
check 'no atoms at all' "$SPILLWAY" measure compare known.xyz none.xyz --quiet

"$SPILLWAY" measure clusters known.xyz --cutoff '4.1 A' --smallest 2 --output groups --quiet >out
check 'clusters: all joined, one across the boundary' grep -q '^largest size *8 ' out
"$SPILLWAY" measure clusters groups/trajectory.xyz --cutoff '1.5 A' --smallest 2 >out
check 'clusters: a pair across the boundary, the others alone; the old column is taken over' \
    grep -q '^largest size *2 ' out
check 'clusters: an element that is not there' complains 'the file has Zr' "$SPILLWAY" measure clusters known.xyz \
    --cutoff '4 A' --elements Fe

check 'defects: one vacancy, one atom off the lattice' sh -c '"$1" measure defects known.xyz found.xyz >out &&
    grep -q "^vacancies *1 " out && grep -q "^off lattice *1 " out && grep -q "^antisites *0 " out' - "$SPILLWAY"

# stretched by 2 % along x
awk 'NR > 2 { $2 = $2 * 1.02 } { print }' known.xyz | sed 's/Lattice="20/Lattice="20.4/' >long.xyz
check 'strain: 2 % and its square half along x' sh -c '"$1" measure strain known.xyz long.xyz --cutoff "6 A" --json |
    python3 -c "
import json, sys
v = {k: q[\"value\"] for k, q in json.load(sys.stdin)[\"values\"].items()}
assert abs(v[\"strain xx\"] - 2.02) < 1e-6 and abs(v[\"strain zz\"]) < 1e-9, v"' - "$SPILLWAY"

check 'report of a file: a preset that no instrument has' complains 'none-such' "$SPILLWAY" report known.xyz --preset none-such

# three ions 1 nm apart along z: Fe, FeO, one that is not ranged
python3 -c '
import struct, sys
for z, mass in ((0, 28), (1, 72), (2, 40)):
    sys.stdout.buffer.write(struct.pack(">4f", 0, 0, z, mass))' >tip.pos
printf '[Ranges]\nRange1=27.7 28.3 Fe:1\nRange2=71.6 72.4 Fe:1 O:1\n' >tip.rrng
check 'profile: ranged ions, FeO counts as two atoms' sh -c '"$1" measure profile tip.pos --ranges tip.rrng \
    --direction "0 0 1" >out && grep -q "^atoms inside *3 " out && grep -q "^O *33.3333 " out' - "$SPILLWAY"
check 'profile: points without ranges have no elements' complains '--ranges' "$SPILLWAY" measure profile tip.pos
printf '[Ranges]\nRange1=28.3 27.7 Fe:1\n' >wrong.rrng
check 'profile: a wrong range is told by its line' complains 'wrong.rrng:2' "$SPILLWAY" measure profile tip.pos \
    --ranges wrong.rrng
check 'profile: a direction must have three numbers' complains 'three numbers' "$SPILLWAY" measure profile known.xyz \
    --direction '0 1'

# an fcc crystal of 4 A beside one of 4.4 A, both periodic along x and y
python3 -c '
rows = []
for a, n, start in ((4.0, 11, 0.0), (4.4, 10, 20.1)):
    rows += ["Zr %r %r %r" % (a * (i + x), a * (j + y), start + a * (k + z)) for i in range(n) for j in range(n)
             for k in range(5) for x, y, z in ((0, 0, 0), (.5, .5, 0), (.5, 0, .5), (0, .5, .5))]
print(len(rows))
print("Lattice=\"44 0 0 0 44 0 0 0 99\" Properties=species:S:1:pos:R:3 pbc=\"T T F\"")
print("\n".join(rows))' >sandwich.xyz
check 'phases: both crystals, the border between 2.83 and 3.11 A' sh -c '"$1" measure phases sandwich.xyz --json |
    python3 -c "
import json, sys
v = {k: q[\"value\"] for k, q in json.load(sys.stdin)[\"values\"].items()}
assert (v[\"dense crystal atoms\"], v[\"wide crystal atoms\"], v[\"amorphous atoms\"]) == (2420, 2000, 0), v
assert 2.83 < v[\"spacing border\"] < 3.11 and v[\"dense crystal grains\"] == 1, v"' - "$SPILLWAY"
check 'interface: coherent as far as 11 rows on 10 can be' sh -c '"$1" measure interface \
    sandwich.xyz --repeats 10 --json | python3 -c "
import json, sys
v = {k: q[\"value\"] for k, q in json.load(sys.stdin)[\"values\"].items()}
assert abs(v[\"area\"] / 1936 - 1) < 1e-4 and abs(v[\"matched\"] - 100 * 100 / 121) < 1e-6, v
assert v[\"turn\"] < 1e-9 and v[\"semi-coherent share\"] == 100, v"' - "$SPILLWAY"
check 'interface: nothing to touch is told' sh -c '"$1" measure interface sandwich.xyz --second 3 | grep -q "none touch"' - \
    "$SPILLWAY"
check 'interface: a side twice' complains 'same' "$SPILLWAY" measure interface sandwich.xyz --second 1
check 'interface: a column that is not there' complains 'no column' "$SPILLWAY" measure interface sandwich.xyz --column side
check 'interface: planes that are none' complains 'three digits' "$SPILLWAY" measure interface sandwich.xyz --planes 11
check 'phases: a truth that is not there' complains 'no column' "$SPILLWAY" measure phases sandwich.xyz --truth region

for instrument in $("$SPILLWAY" list instruments --json | python3 -c '
import json, sys
print(" ".join(row["name"] for row in json.load(sys.stdin)["instruments"]))'); do
    check "measure $instrument --help" sh -c '"$1" measure "$2" --help | grep -q "usage: spillway measure $2"' - \
        "$SPILLWAY" "$instrument"
    check "no line of it is longer than 90 characters" \
        [ "$("$SPILLWAY" measure "$instrument" --help | wc -L)" -le 90 ]
    check "$instrument says after whom it is" sh -c '"$1" measure "$2" --help | grep -q "^After: ..*"' - \
        "$SPILLWAY" "$instrument"
done
finish
