#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# kill -9 at fifty random moments: every checkpoint left behind can be read, and the run that is
# resumed then equals the one that nobody disturbed. The same for the main model, for diffusion of three
# elements, and for an oxide.
. "$SPILLWAY_SOURCE/tests/tap.sh"
export LC_ALL=C
cd "$scratch" || exit 1
model=$SPILLWAY_SOURCE/tests/cli/adatoms.yaml

fingerprint()
{
    python3 -c 'import json, sys; print(json.load(open(sys.argv[1] + "/run.json"))["fingerprint"])' "$1"
}

# tries KILLS: starts or resumes the run and kills it after 20 to 220 ms, again and again
tries()
{
    left=$1
    while [ "$left" -gt 0 ]; do
        if [ -e victim/run.json ]; then
            "$SPILLWAY" simulate "$model" -o victim --until 900000000ev --no-report --quiet \
                --checkpoint 0.02 --resume >/dev/null 2>err &
        else
            "$SPILLWAY" simulate "$model" -o victim --until 900000000ev --no-report --quiet \
                --checkpoint 0.02 --overwrite >/dev/null 2>err &
        fi
        victim=$!
        sleep "0.$(awk -v s="$left" 'BEGIN { srand(s); printf "%03d", 20 + int(200 * rand()) }')"
        kill -9 "$victim" 2>/dev/null
        wait "$victim" 2>/dev/null
        status=$?
        if [ "$status" -ne 0 ] && [ "$status" -ne 137 ]; then
            cat err
            return 1
        fi
        [ "$status" -eq 137 ] && echo killed >>kills
        left=$((left - 1))
    done
}

# stops the run by itself, and says a little more than the events it has come to
some_more()
{
    "$SPILLWAY" simulate "$model" -o victim --until 900000000ev --no-report --quiet --resume --wall '0.1 s' \
        --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["events"] + 20000)'
}

check 'fifty kills leave no folder that cannot be resumed' tries 50
check 'and all hit the run, which is far from its end' [ "$(wc -l <kills)" -eq 50 ]
end=$(some_more)ev
check 'the run then goes to an end' "$SPILLWAY" simulate "$model" -o victim --until "$end" \
    --no-report --quiet --resume
"$SPILLWAY" simulate "$model" -o calm --until "$end" --no-report --quiet >/dev/null || exit 1
check 'to the same trajectory' [ "$(fingerprint victim)" = "$(fingerprint calm)" ]
check 'and the same series, byte for byte' cmp victim/series.csv calm/series.csv
check 'and the same frames' cmp victim/trajectory.xyz calm/trajectory.xyz

main="simulate nife-fe3o4 --no-report --quiet --set structure.relax.moves=2000"
$SPILLWAY $main -o whole --until 3000ev >/dev/null || exit 1
$SPILLWAY $main -o parts --until 1300ev >/dev/null || exit 1
check 'the main model resumes' $SPILLWAY $main -o parts --until 3000ev --resume
check 'bit for bit' [ "$(fingerprint whole)" = "$(fingerprint parts)" ]
check 'with one thread or two' sh -c "$SPILLWAY $main -o one --until 800ev --replicas 2 --threads 1 &&
    $SPILLWAY $main -o two --until 800ev --replicas 2 --threads 2"
check 'it is the same run' [ "$(fingerprint one)" = "$(fingerprint two)" ]

ternary="simulate fe-cr-ni-couple --no-report --quiet --set alloy.cells=200 --set duration=100h --checkpoint 0.02"
$SPILLWAY $ternary -o even >/dev/null || exit 1
$SPILLWAY $ternary -o broken --until "10 h" >/dev/null || exit 1
killed=0
for delay in 0.03 0.05 0.08 0.12 0.2 0.3; do
    $SPILLWAY $ternary -o broken --resume >/dev/null 2>err &
    victim=$!
    sleep "$delay"
    kill -9 "$victim" 2>/dev/null
    wait "$victim" 2>/dev/null
    [ $? -eq 137 ] && killed=$((killed + 1))
done
check 'kills hit it' [ "$killed" -ge 1 ]
check 'diffusion of three elements resumes after kills' $SPILLWAY $ternary -o broken --resume
check 'to the same compositions' [ "$(fingerprint even)" = "$(fingerprint broken)" ]
check 'and the same series, byte for byte' cmp even/series.csv broken/series.csv
check 'and the same fluxes' cmp even/fluxes.csv broken/fluxes.csv

# an oxide with a front where metal forms
oxide="simulate oxide-demixing --no-report --quiet --set thickness=1um --set reducing=0.1 --checkpoint 0.02"
rate='oxide.first={kind: front, rate: 3 um/s, water_ratio: $reducing}'
$SPILLWAY $oxide --set "$rate" -o scale >/dev/null || exit 1
$SPILLWAY $oxide --set "$rate" -o halves --until "0.01 s" >/dev/null || exit 1
killed=0
for delay in 0.03 0.05 0.08 0.12; do
    $SPILLWAY $oxide --set "$rate" -o halves --resume >/dev/null 2>err &
    victim=$!
    sleep "$delay"
    kill -9 "$victim" 2>/dev/null
    wait "$victim" 2>/dev/null
    [ $? -eq 137 ] && killed=$((killed + 1))
done
check 'kills hit it' [ "$killed" -ge 1 ]
check 'an oxide resumes after kills' $SPILLWAY $oxide --set "$rate" -o halves --resume
check 'to the same layer' [ "$(fingerprint scale)" = "$(fingerprint halves)" ]
check 'and the same series, byte for byte' cmp scale/series.csv halves/series.csv
check 'and the same profiles' cmp scale/profiles.csv halves/profiles.csv
finish
