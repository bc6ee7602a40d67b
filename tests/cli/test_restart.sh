#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every built-in model, with every engine and every acceleration that suits it: a run that was stopped and resumed equals the
# uninterrupted one byte for byte, in rows, frames, tables and fingerprint.
. "$SPILLWAY_SOURCE/tests/tap.sh"
export LC_ALL=C
cd "$scratch" || exit 1

# the main model is by far the largest; of integrators an event is a step through all cells
events_of()
{
    case $1 in
    fe-ni-couple | fe-cr-ni-couple | fe2o3-nio) echo 200 ;;
    oxide-* | wustite-scale | nife-fe3o4 | erbium-like) echo 1000 ;;
    *) echo 4000 ;;
    esac
}

fingerprint()
{
    python3 -c 'import json, sys
run = json.load(open(sys.argv[1]))
print(run["fingerprint"], run["events"], run["simulated_seconds"])' "$1/run.json"
}

# run FOLDER EVENTS ARGUMENTS...
run()
{
    folder=$1
    until=$2
    shift 2
    # shellcheck disable=SC2086
    "$SPILLWAY" simulate "$@" -o "$folder" --until "${until}ev" --no-report --quiet $frames
}

same_course()
{
    model=$1
    shift
    events=$(events_of "$model")
    rm -rf whole parts
    run whole "$events" "$model" "$@" || return 1
    run parts $((events * 2 / 5 + 3)) "$model" "$@" || return 1
    run parts "$events" "$model" "$@" --resume || return 1
    [ "$(fingerprint whole)" = "$(fingerprint parts)" ] || {
        echo "$(fingerprint whole), not $(fingerprint parts)"
        return 1
    }
    for file in whole/*.csv whole/*.xyz; do
        [ -e "$file" ] || continue # not all models have atoms
        cmp "$file" "parts/${file#whole/}" || return 1
    done
}

is_lattice()
{
    "$SPILLWAY" show "$1" --json | python3 -c 'import json, sys
sys.exit(json.load(sys.stdin)["simulator"] != "lattice")'
}

suits()
{
    rm -rf tried
    run tried 1 "$@" >/dev/null 2>&1
}

models=$("$SPILLWAY" list models --json | python3 -c 'import json, sys
print("\n".join(row["name"] for row in json.load(sys.stdin)["models"] if row["verb"] == "simulate"))')
check 'there are models' [ -n "$models" ]
packed=0
frames='--set run.snapshot.events=300'
for model in $models; do
    is_lattice "$model" || continue
    check "$model" same_course "$model" --set run.engine=general
    for how in scaling superbasin; do
        if suits "$model" --accelerate "$how"; then
            check "$model, $how" same_course "$model" --accelerate "$how"
        fi
    done
    if suits "$model" --set run.engine=packed; then
        packed=$((packed + 1))
        check "$model, packed" same_course "$model" --set run.engine=packed
    fi
done
# an event of the others is a step of their integrator
frames=
for model in $models; do
    is_lattice "$model" || check "$model" same_course "$model"
done
check 'most models suit the packed engine' [ "$packed" -ge 8 ]
finish
