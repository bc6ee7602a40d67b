#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs of a small model: folders, resuming, interrupts, replicas, exit codes.
. "$SPILLWAY_SOURCE/tests/tap.sh"
export LC_ALL=C
cd "$scratch" || exit 1
model=$SPILLWAY_SOURCE/tests/cli/adatoms.yaml

run_json()
{
    python3 -c 'import json, sys
x = json.load(open(sys.argv[1]))
sys.exit(0 if eval(sys.argv[2]) else "not so: %s" % sys.argv[2])' "$1" "$2"
}

check 'a run in the folder of its name' status 0 "$SPILLWAY" simulate "$model" --no-report
check 'prints the folder' [ "$(cat out)" = adatoms ]
check 'one row an observation' [ "$(wc -l <adatoms/series.csv)" -eq 22 ]
check 'three frames' [ "$(grep -c Lattice adatoms/trajectory.xyz)" -eq 3 ]
check 'run.json tells how' run_json adatoms/run.json \
    'x["status"] == "finished" and x["events"] == 20000 and x["seed"] == 5 and "simulate" in x["command"] and x["parameters"][0]["name"] == "attraction" and x["processes"][0]["forward"] + x["processes"][0]["reverse"] == 20000'
check 'the folder is not overwritten by chance' status 1 "$SPILLWAY" simulate "$model" --no-report
check 'and it is said how' grep -q -- '--resume' err
check 'overwriting' status 0 "$SPILLWAY" simulate "$model" --no-report --overwrite
check 'the resolved model runs again' status 0 "$SPILLWAY" simulate adatoms/model.yaml -o again --no-report
check 'to the same series' cmp adatoms/series.csv again/series.csv
check 'another seed' status 0 "$SPILLWAY" simulate "$model" -o seeded --seed 6 --no-report
check 'gives another series' sh -c '! cmp -s adatoms/series.csv seeded/series.csv'

check 'a part' status 0 "$SPILLWAY" simulate "$model" -o parts --until 6500ev --no-report
check 'goes on' status 0 "$SPILLWAY" simulate "$model" -o parts --resume --no-report
check 'to the same series' cmp adatoms/series.csv parts/series.csv
check 'and the same frames' cmp adatoms/trajectory.xyz parts/trajectory.xyz
check 'a quick run' status 0 "$SPILLWAY" simulate "$model" -o quick --quick --no-report
check 'is labelled as such' run_json quick/run.json 'x["quick"] and x["events"] == 3000'
check 'an end in simulated time' status 0 "$SPILLWAY" simulate "$model" -o timed --until '10 ns' --no-report --json
check 'is kept' run_json out 'x["simulated_seconds"] == 1e-8 and x["status"] == "finished"'

check 'a run that begins on an empty lattice' status 0 "$SPILLWAY" simulate langmuir -o empty --until 100ev --no-report
check 'has a first frame of no atoms' [ "$(head -n 1 empty/trajectory.xyz)" = 0 ]
check 'a run without atoms' status 0 "$SPILLWAY" simulate fe-ni-couple -o couple
check 'has no frames' [ ! -e couple/trajectory.xyz ]
check 'counts its steps' grep -q ' steps, 400 h simulated' err
check 'and has numbers to show first' grep -q '^"homogeneous after",159' couple/headline.csv
check 'and its report does not miss them' [ "$(grep -c 'trajectory.xyz' couple/report.html)" -eq 0 ]
check 'two of them' status 0 "$SPILLWAY" simulate fe2o3-nio -o powders --replicas 2 --no-report
check 'have none either' [ ! -e powders/trajectory.xyz ]

check 'a setting' status 0 "$SPILLWAY" simulate "$model" -o strong --set attraction='0.2 eV' --until 100ev --no-report
check 'is kept' run_json strong/run.json 'x["settings"] == [{"path": "attraction", "text": "0.2 eV"}]'
check 'cannot be resumed without it' status 1 "$SPILLWAY" simulate "$model" -o strong --resume --no-report
check 'and that is said' grep -q 'another model or settings' err
check 'an experiment' status 0 "$SPILLWAY" simulate fe2o3-nio --experiment metals --set mass='20 mg' -o metals --no-report
check 'is kept before the settings' run_json metals/run.json \
    'x["settings"] == [{"path": "experiment", "text": "metals"}, {"path": "mass", "text": "20 mg"}]'
check 'and weighs what was set' sh -c 'awk -F, "NR == 2 {found = \$3 > 19.999 && \$3 < 20.001} END {exit !found}" metals/series.csv'
check 'its bcc is left' sh -c 'awk -F, "/bcc at the end/ {found = \$2 > 30 && \$2 < 60} END {exit !found}" metals/headline.csv'
check 'an experiment that is not there' status 1 "$SPILLWAY" simulate fe2o3-nio --experiment metal -o bad
check 'finds the name' grep -q metals err
check 'a mistyped setting' status 1 "$SPILLWAY" simulate "$model" -o bad --set atraction='0.2 eV'
check 'finds the name' grep -q attraction err
check 'a wrong unit' status 1 "$SPILLWAY" simulate "$model" -o bad --set attraction='0.2 K'
check 'leaves no folder' [ ! -e bad ]
check 'a model that is not there' status 1 "$SPILLWAY" simulate nife-fe3o -o bad
check 'finds the name' grep -q nife-fe3o4 err
sed 's/barrier: 0.6 eV/barier: 0.6 eV/' "$model" >wrong.yaml
check 'a mistyped key' status 1 "$SPILLWAY" simulate wrong.yaml -o bad
check 'is named with its line' grep -qE 'wrong.yaml:[0-9]+:[0-9]+:' err
check 'and the right one' grep -q barrier err
check 'a run that would not fit' status 1 "$SPILLWAY" simulate "$model" -o bad --set frame.size='[100000, 100000, 1]'

check 'a wall limit' status 3 "$SPILLWAY" simulate "$model" -o wall --until 900000000ev --wall '1 s' --no-report
check 'says how to go on' grep -q -- '--resume' err
check 'an interrupted run' run_json wall/run.json 'x["status"] == "interrupted"'

# SIGINT is ignored by background jobs of a shell, so SIGTERM stands for both
"$SPILLWAY" simulate "$model" -o stopped --until 900000000ev --no-report >out 2>err &
process=$!
for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    [ "$(wc -l 2>/dev/null <stopped/series.csv)" -ge 3 ] 2>/dev/null && break
    sleep 0.2
done
check 'two runs in one folder' status 1 "$SPILLWAY" simulate "$model" -o stopped --resume --no-report
check 'are refused' grep -q 'another run is writing' err
kill -TERM $process
wait $process
code=$?
check 'a signal saves and ends with 3' [ "$code" -eq 3 ]
check 'and the run' run_json stopped/run.json 'x["status"] == "interrupted"'
rows=$(($(wc -l <stopped/series.csv) - 1))
check 'it goes on from there' status 0 "$SPILLWAY" simulate "$model" -o stopped --resume --until "$((rows * 1000 + 500))ev" --no-report
check 'as if nothing had been' status 0 "$SPILLWAY" simulate "$model" -o unstopped --until "$((rows * 1000 + 500))ev" --no-report
check 'byte for byte' cmp stopped/series.csv unstopped/series.csv

# a surface that oxygen has poisoned; rows go by time
poisoned="--set carbon_monoxide=0.2bar --set oxygen=0.8bar --set frame.size=[20,20,1]"
check 'a run that comes to its end by itself' status 0 "$SPILLWAY" simulate zgb $poisoned -o poisoned --no-report
cp poisoned/series.csv ended.csv
check 'can be resumed' status 0 "$SPILLWAY" simulate zgb $poisoned -o poisoned --resume --no-report
check 'and stays as it is' cmp poisoned/series.csv ended.csv

check 'replicas' status 0 "$SPILLWAY" simulate "$model" -o many --replicas 3 --until 2000ev --no-report --json
check 'count together' run_json out 'x["events"] == 6000'
check 'each in its folder' [ -s many/replica-003/series.csv ]
check 'with means and intervals' sh -c 'head -1 many/series.csv | grep -q " spread"'
check 'the second is the run of the next seed' status 0 "$SPILLWAY" simulate "$model" -o alone --seed 6 --until 2000ev --no-report
check 'indeed' cmp alone/series.csv many/replica-002/series.csv

# fontconfig keeps a little memory for itself
echo leak:libfontconfig >suppressions
export LSAN_OPTIONS="suppressions=$scratch/suppressions:print_suppressions=0"
check 'a report' status 0 "$SPILLWAY" simulate "$model" -o drawn --until 3000ev --quiet
check 'its path is printed' [ "$(cat out)" = drawn/report.html ]
check 'it is there' [ -s drawn/report.html ]
check 'nothing else is said' [ ! -s err ]
rm drawn/report.html
check 'a report of a folder' status 0 "$SPILLWAY" report drawn
check 'is drawn again' [ -s drawn/report.html ]
check 'a folder without a run' status 1 "$SPILLWAY" report .
check 'is explained' grep -q hint err
finish
