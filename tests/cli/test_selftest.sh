#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
. "$SPILLWAY_SOURCE/tests/tap.sh"
export LC_ALL=C

mkdir "$scratch/tmp"
export TMPDIR="$scratch/tmp"
"$SPILLWAY" selftest >"$scratch/lines" 2>"$scratch/err"
code=$?
check 'selftest passes' [ "$code" -eq 0 ]
check 'one line a check' [ "$(grep -c '^ok ' "$scratch/lines")" -eq "$(wc -l <"$scratch/lines")" ]
check 'at least seven checks' [ "$(wc -l <"$scratch/lines")" -ge 7 ]
check 'as JSON' sh -c '"$1" selftest --json | python3 -c "
import json, sys
x = json.load(sys.stdin)
sys.exit(0 if x[\"ok\"] and all(c[\"ok\"] for c in x[\"checks\"]) else 1)"' - "$SPILLWAY"
check 'nothing is left behind' [ -z "$(ls -A "$TMPDIR")" ]
export TMPDIR="$scratch/missing"
check 'without a folder to write in' sh -c '"$1" selftest 2>"$2"; [ $? -eq 1 ] && grep -q TMPDIR "$2"' \
    - "$SPILLWAY" "$scratch/err"
finish
