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

# fluorite of zirconium, 4 x 4 x 4 cells with oxygen: every site is filled; fcc of zirconium: none is
python3 - <<'PYTHON'
for name, a in (("oxide.xyz", 5.09), ("metal.xyz", 4.666)):
    atoms = []
    for c in range(64):
        corner = (c % 4, c // 4 % 4, c // 16)
        for site in ((0, 0, 0), (0, .5, .5), (.5, 0, .5), (.5, .5, 0)):
            atoms.append(("Zr", *(a * (u + v) for u, v in zip(corner, site))))
            if name == "oxide.xyz":
                atoms.append(("O", *(a * (u + v + .25) for u, v in zip(corner, site))))
    with open(name, "w") as file:
        print(f'{len(atoms)}\nLattice="{4*a} 0 0 0 {4*a} 0 0 0 {4*a}" pbc="T T T" '
              'Properties=species:S:1:pos:R:3', file=file)
        for atom in atoms:
            print(*atom, file=file)
PYTHON
check 'oxidation: all sites of fluorite are filled, oxygen is not looked at' sh -c '"$1" measure oxidation oxide.xyz \
    >out && grep -q "^oxidised fraction *1 " out && grep -q "^oxygen per metal atom *2 " out' - "$SPILLWAY"
check 'oxidation: those of the metal are not' sh -c '"$1" measure oxidation metal.xyz --precision "5 pm" \
    --repeats 2 >out && grep -q "^oxidised fraction *0 " out && grep -q "^fraction by Bayes *0 " out' - "$SPILLWAY"
check 'only some elements: Zr of fluorite has an fcc neighbourhood' sh -c '"$1" measure bond-order oxide.xyz \
    --only metal --neighbours nearest >out && grep -q "Q6 *0.574524" out' - "$SPILLWAY"
check 'only what is there' complains 'the file has O Zr' "$SPILLWAY" measure surface oxide.xyz --only Ti
check 'oxidation: an element that is not there' complains 'the file has Zr' "$SPILLWAY" measure oxidation metal.xyz \
    --elements Ti

check 'report of a file: a preset that no instrument has' complains 'none-such' "$SPILLWAY" report known.xyz --preset none-such

# three ions 1 nm apart along z: Fe, FeO, one that is not ranged
python3 -c '
import struct, sys
for z, mass in ((0, 28), (1, 72), (2, 40)):
    sys.stdout.buffer.write(struct.pack(">4f", 0, 0, z, mass))' >tip.pos
printf '[Ranges]\nRange1=27.7 28.3 Fe:1\nRange2=71.6 72.4 Fe:1 O:1\n' >tip.rrng
check 'profile: ranged ions, FeO counts as two atoms' sh -c '"$1" measure profile tip.pos --ranges tip.rrng \
    --direction "0 0 1" >out && grep -q "^atoms inside *3 " out && grep -q "^O *33.3333 " out' - "$SPILLWAY"
check 'profile: between two points, in a square bar, the density of both slices' sh -c '"$1" measure profile tip.pos \
    --ranges tip.rrng --start "0 0 -5" --end "0 0 15" --side "2 A" --step "10 A" --output line --quiet >out &&
    tail -2 line/profile.csv | cut -d, -f2 | tr "\n" " " | grep -q "^1 2 $" &&
    grep -q "^atoms inside *3 " out' - "$SPILLWAY"
check 'profile: an end and a direction do not go together' complains '--direction' "$SPILLWAY" measure profile known.xyz \
    --end '0 1 0' --direction '1 0 0'
check 'profile: a column that is not there is told with those that are' complains 'match' "$SPILLWAY" measure profile \
    folder/trajectory.xyz --from column --column phase
check 'profile: points without ranges have no elements' complains '--ranges' "$SPILLWAY" measure profile tip.pos
printf '[Ranges]\nRange1=28.3 27.7 Fe:1\n' >wrong.rrng
check 'profile: a wrong range is told by its line' complains 'wrong.rrng:2' "$SPILLWAY" measure profile tip.pos \
    --ranges wrong.rrng
check 'profile: a direction must have three numbers' complains 'three numbers' "$SPILLWAY" measure profile known.xyz \
    --direction '0 1'

# a cube of 8 Fe in 64 Ni, 3 A apart
python3 -c '
print("64\nLattice=\"12 0 0 0 12 0 0 0 12\" Properties=species:S:1:pos:R:3:phase:I:1 pbc=\"T T T\"")
for n in range(64):
    x, y, z = n % 4, n // 4 % 4, n // 16
    inside = min(x, y, z) > 0 and max(x, y, z) < 3
    print("Fe" if inside else "Ni", 3 * x, 3 * y, 3 * z, int(inside))' >cube.xyz
check 'isosurface: one body in a periodic cell, with the atoms that are in it' sh -c '"$1" measure isosurface cube.xyz \
    --elements Fe --delocalisation "1.5 A" --voxel "1 A" --threshold "40 %" --output iso --quiet >out &&
    grep -q "^bodies *1 " out && grep -q "^Euler characteristic *2 " out && grep -q "^Fe inside *100 " out &&
    grep -q "^atoms inside *8 " out' - "$SPILLWAY"
check 'its mesh is a PLY file as long as it says, of the volume that is printed' python3 -c '
import json, struct
bytes = open("iso/surface.ply", "rb").read()
head, body = bytes.split(b"end_header\n", 1)
count = {w[1]: int(w[2]) for w in (l.split() for l in head.decode().splitlines()) if w[0] == "element"}
assert len(body) == 24 * count["vertex"] + 17 * count["face"], count
at = [struct.unpack_from("<3d", body, 24 * i) for i in range(count["vertex"])]
volume = 0
for f in range(count["face"]):
    n, a, b, c, owner = struct.unpack_from("<B4i", body, 24 * len(at) + 17 * f)
    (p, q, r), (s, t, u), (v, w, x) = at[a], at[b], at[c]
    volume += (p * (t * x - u * w) - q * (s * x - u * v) + r * (s * w - t * v)) / 6
run = json.load(open("iso/run.json"))
printed = [h["value"] for h in run["headline"] if h["name"] == "volume"][0]
assert run["meshes"] == ["surface"] and abs(volume - printed) < 1e-6 * printed, (volume, printed)'
check 'isosurface: the atoms carry body and distance' grep -q 'surface_distance:R:1:body:I:1' iso/trajectory.xyz
check 'an overwritten folder loses the mesh' sh -c '"$1" measure clusters cube.xyz --cutoff "3.1 A" -o iso --overwrite \
    --quiet && [ ! -e iso/surface.ply ]' - "$SPILLWAY"
# ions 0.4 nm apart: FeO in a ball, Ni around it
python3 -c '
import struct, sys
for n in range(14 ** 3):
    at = [0.4 * (n // 14 ** k % 14) for k in range(3)]
    inside = sum((c - 2.6) ** 2 for c in at) < 1.5 ** 2
    sys.stdout.buffer.write(struct.pack(">4f", *at, 72 if inside else 58))' >ball.pos
printf '[Ranges]\nRange1=57.7 58.3 Ni:1\nRange2=71.6 72.4 Fe:1 O:1\n' >ball.rrng
check 'isosurface: atom-probe points, molecular ions as all their atoms' sh -c '"$1" measure isosurface ball.pos \
    --ranges ball.rrng --elements Fe,O --delocalisation "4 A" --voxel "2 A" --threshold "50 %" >out &&
    grep -q "^bodies *1 " out && grep -q "^border area *0 " out' - "$SPILLWAY"
check 'profile from the isosurface of two elements: all outside is Ni' sh -c '"$1" measure profile ball.pos --ranges ball.rrng \
    --from isosurface --elements Fe,O --delocalisation "4 A" --voxel "2 A" --fit Ni --step "1 A" >out &&
    grep -q "^level before *100 " out' - "$SPILLWAY"
check 'isosurface: an element that is not there' complains 'the atoms have Ni Fe' "$SPILLWAY" measure isosurface cube.xyz \
    --elements Zr
check 'profile from a column: a step at 0, and no width is needed' sh -c '"$1" measure profile cube.xyz --from column \
    --column phase --values 1 --step "0.4 A" --fit Fe >out && grep -q "^level after *100 " out &&
    grep -q "^interface width .* 0 to " out' - "$SPILLWAY"

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
check 'phases: the table has each number in its column' sh -c '"$1" measure phases sandwich.xyz --output sandwich --quiet >out &&
    python3 -c "
import csv
row = list(csv.DictReader(open(\"sandwich/phases.csv\")))[0]
for column in (\"frequent bond [A]\", \"inner bond length [A]\", \"inner frequent bond [A]\"):
    assert abs(float(row[column]) - 4 / 2**.5) < 1e-6, row
assert abs(float(row[\"bond length [A]\"]) - 4 / 2**.5) < 1e-3, row
assert 0 < float(row[\"inner atoms\"]) < float(row[\"atoms\"]) == 2420, row"' - "$SPILLWAY"
python3 -c '
rows = open("sandwich.xyz").read().split("\n")
del rows[3530], rows[1210] # inside, one of each crystal
print("%d\n%s" % (len(rows) - 3, "\n".join(rows[1:])), end="")' >vacancies.xyz
check 'voids: places among phases' sh -c '"$1" measure voids vacancies.xyz --phases yes --radius "2.75 A" --vacancy-volume 20 --json |
    python3 -c "
import json, sys
v = {k: q[\"value\"] for k, q in json.load(sys.stdin)[\"values\"].items()}
assert v[\"vacancies\"] == 2 and v[\"vacancies in the core\"] == 1 and v[\"vacancies near the core\"] in (50, 100), v"' - "$SPILLWAY"
check 'voids: without asking there are none' sh -c '! "$1" measure voids vacancies.xyz | grep -q "core"' - "$SPILLWAY"
# two balls of fcc, one of them mirrored through (111): a twin
python3 -c '
rows = []
for n in range(13 ** 3 * 4):
    x, y, z = (n // 4 % 13 - 6, n // 52 % 13 - 6, n // 676 - 6)
    u, v, w = ((0, 0, 0), (.5, .5, 0), (.5, 0, .5), (0, .5, .5))[n % 4]
    p = [3.6 * (x + u), 3.6 * (y + v), 3.6 * (z + w)]
    if sum(c * c for c in p) < 200:
        rows.append("Ni %r %r %r" % tuple(p))
        if sum(c * c for c in p) < 120:
            m = 2 * sum(p) / 3
            rows.append("Ni %r %r %r" % (p[0] - m + 32, p[1] - m, p[2] - m))
print(len(rows))
print("Properties=species:S:1:pos:R:3")
print("\n".join(rows))' >twin.xyz
check 'orientation: a twin is known, 60 degrees about [111]' sh -c '"$1" measure orientation twin.xyz >out &&
    grep -q "^disorientation *60 " out && grep -q "^axis y *0.57735 " out && grep -q "note: twin, Sigma 3, " out &&
    grep -q "note: (. . .) || (" out' - "$SPILLWAY"
check 'orientation: a column that is not there' complains 'measure phases' "$SPILLWAY" measure orientation twin.xyz \
    --column phase
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
# 256 atoms of fcc, one of them 1.5 A off its place
python3 -c '
print("256\nLattice=\"16 0 0 0 16 0 0 0 16\" Properties=species:S:1:pos:R:3")
for n in range(64):
    for x, y, z in ((0, 0, 0), (0, 2, 2), (2, 0, 2), (2, 2, 0)):
        print("Al", x + n % 4 * 4 + 1.5 * (n == x == y == 0), y + n // 4 % 4 * 4, z + n // 16 * 4)' >fcc.xyz
check 'template: one atom is off' sh -c '"$1" measure template fcc.xyz --crystals all --output crystals --quiet --json |
    python3 -c "
import json, sys
v = {k: q[\"value\"] for k, q in json.load(sys.stdin)[\"values\"].items()}
assert abs(v[\"share fcc\"] + v[\"share other\"] - 100) < 1e-9 and 0 < v[\"share other\"] < 6, v"' - "$SPILLWAY"
check 'template: the histogram goes beyond the threshold' sh -c 'tail -1 crystals/template-rmsd.csv | grep -q "^0\.1[0-9]"'
check 'template: a threshold at which anything fits' complains '0.25' "$SPILLWAY" measure template fcc.xyz --threshold 0.3
check 'template: a crystal that is not known' complains 'hexagonal diamond' "$SPILLWAY" measure template fcc.xyz \
    --crystals fcc,hpc

# intervals from disturbed copies
"$SPILLWAY" measure voronoi fcc.xyz --precision '5 pm' --missing '3 %' --draws 4 --output drawn --json --quiet >drawn.json
check 'copies give intervals and shifts, and say how' python3 -c '
import json
told = json.load(open("drawn.json"))
assert told["disturbance"] == {"precision_A": .05, "missing": .03, "draws": 4, "seed": 1}, told["disturbance"]
atoms = next(v for v in told["values"].values() if v["draws"] == 4)
assert set(atoms) == {"value", "interval", "unit", "shift", "draws", "own_interval"}, atoms
run = json.load(open("drawn/run.json"))
assert run["disturbance"] == told["disturbance"] and any("shift" in n for n in run["headline"])
assert any("copies" in note for note in told["notes"])'
check 'the page has them' grep -q '>shift ' drawn/report.html
"$SPILLWAY" measure voronoi fcc.xyz --precision '5 pm' --missing '3 %' --draws 4 --json >again.json
check 'the same seed, the same numbers' cmp drawn.json again.json
"$SPILLWAY" measure voronoi fcc.xyz --precision '5 pm' --missing '3 %' --draws 4 --seed 2 --json >other.json
check 'another seed, others' sh -c '! cmp -s drawn.json other.json'
check 'a table has them' sh -c '"$1" measure voronoi fcc.xyz --precision "5 pm" --draws 2 | head -1 | grep -q "shift *unit"' - "$SPILLWAY"
check 'not with draws 0' sh -c '! "$1" measure voronoi fcc.xyz --precision "5 pm" --draws 0 | grep -q shift' - "$SPILLWAY"
check 'of two files the second is disturbed' sh -c '"$1" measure compare known.xyz found.xyz --precision "20 pm" --json |
    python3 -c "
import json, sys
v = json.load(sys.stdin)[\"values\"]
assert v[\"matched\"][\"value\"] == 7 and v[\"rms deviation\"][\"shift\"] > 5, v"' - "$SPILLWAY"
check 'a parameter of that name is meant too' sh -c '"$1" measure oxidation metal.xyz --precision "5 pm" --draws 2 --json |
    python3 -c "
import json, sys
told = json.load(sys.stdin)
assert told[\"disturbance\"][\"precision_A\"] == .05 and \"fraction by Bayes\" in told[\"values\"], told"' - "$SPILLWAY"
check 'one draw' complains '2 to' "$SPILLWAY" measure voronoi fcc.xyz --precision '5 pm' --draws 1
check 'draws of nothing' complains 'add --precision' "$SPILLWAY" measure voronoi fcc.xyz --draws 4
check 'a precision without unit' complains 'has no unit' "$SPILLWAY" measure voronoi fcc.xyz --precision 5
check 'all atoms missing' complains 'share' "$SPILLWAY" measure voronoi fcc.xyz --missing '100 %'

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
