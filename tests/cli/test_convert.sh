#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
. "$SPILLWAY_SOURCE/tests/tap.sh"
export LC_ALL=C
cd "$scratch" || exit 1

frame()
{
    printf '3\nLattice="4 0 0 0 5 0 0 0.5 6" Properties=species:S:1:pos:R:3:charge:R:1 time=%s\n' "$1"
    printf 'Fe 0.125 0 %s 3\nNi 1 1 1.5 2\nO 2 2.25 2 -2\n' "$1"
}
{ frame 0; frame 1; frame 2; } >three.xyz

# same FILE FRAME: the frame, in plain words
positions()
{
    python3 - "$1" <<'EOF'
import sys
lines = open(sys.argv[1]).read().split("\n")
count = int(lines[0])
frames = [lines[i + 2:i + 2 + count] for i in range(0, len(lines) - 1, count + 2)]
for frame in frames:
    print(sorted((w[0], *(round(float(v), 6) for v in w[1:4])) for w in map(str.split, frame)))
EOF
}

for extension in dump lmp xyz h5; do
    check "a trajectory or its first frame to .$extension" "$SPILLWAY" convert three.xyz "three.$extension" --frame 0
    check "and back from .$extension" "$SPILLWAY" convert "three.$extension" back.xyz
    check "with the same positions" sh -c '[ "$1" = "$2" ]' - "$(positions three.xyz | head -1)" "$(positions back.xyz)"
    { frame 0; frame 1; frame 2; } >three.xyz
done
check 'all frames to a dump' "$SPILLWAY" convert three.xyz all.dump
check 'and back' "$SPILLWAY" convert all.dump all.xyz
check 'three frames, each the same' [ "$(positions three.xyz)" = "$(positions all.xyz)" ]
check 'one frame' "$SPILLWAY" convert three.xyz one.xyz --frame 1
check 'is that frame' [ "$(positions three.xyz | sed -n 2p)" = "$(positions one.xyz)" ]
check 'the last frame' "$SPILLWAY" convert three.xyz last.vasp --frame=-1
check 'as a POSCAR' "$SPILLWAY" convert last.vasp last.xyz
check 'is that frame too' [ "$(positions three.xyz | sed -n 3p)" = "$(positions last.xyz)" ]
check 'a column is carried over' grep -q 'charge' all.xyz

check 'a frame that is not there' sh -c '"$1" convert three.xyz x.xyz --frame 3 2>err; [ $? -eq 1 ]' - "$SPILLWAY"
check 'leaves nothing behind' [ ! -e x.xyz ]
check 'many frames into a format of one' sh -c '
    "$1" convert three.xyz x.vasp 2>err; [ $? -eq 1 ] && grep -q -- --frame err' - "$SPILLWAY"
check 'leaves nothing behind either' [ -z "$(ls -A | grep vasp | grep -v last)" ]
check 'a mistyped format' sh -c '
    "$1" convert three.xyz x.xyz --to extxy 2>err; [ $? -eq 2 ] && grep -q "did you mean extxyz" err' - "$SPILLWAY"
check 'a name that says no format' sh -c '
    "$1" convert three.xyz x.unheard 2>err; [ $? -eq 1 ] && grep -q hint err' - "$SPILLWAY"
check 'atoms are no image' sh -c '"$1" convert one.xyz x.mrc 2>err; [ $? -eq 1 ] && grep -q hint err' - "$SPILLWAY"
check 'a frame that is no number' sh -c '"$1" convert three.xyz x.xyz -f two 2>err; [ $? -eq 2 ]' - "$SPILLWAY"
head -c 120 three.xyz >torn.xyz
check 'a torn file' sh -c '"$1" convert torn.xyz x.dump 2>err; [ $? -eq 1 ] && grep -q torn.xyz err' - "$SPILLWAY"
check 'leaves nothing behind at all' [ -z "$(ls -A | grep '^x\|^\.')" ]

printf 'time [s],T [K],phase\n0,300,"a, b"\n1.5,,"c"\n' >table.csv
check 'a table to HDF5' "$SPILLWAY" convert table.csv table.h5
check 'and back' "$SPILLWAY" convert table.h5 again.csv
check 'with its names and units' sh -c 'head -1 again.csv | grep -q "time \[s\],T \[K\],phase"'
check 'and its values' sh -c 'grep -q "^1.5,," again.csv && grep -q "^0,300,\"a, b\"" again.csv'
finish
