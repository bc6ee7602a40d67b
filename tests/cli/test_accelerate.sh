#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Ways to reach longer times: what they add to the results, and what is refused.
. "$SPILLWAY_SOURCE/tests/tap.sh"
export LC_ALL=C
cd "$scratch" || exit 1
model=$SPILLWAY_SOURCE/tests/cli/adatoms.yaml

# more FOLDER COLUMN VALUE: whether the largest value of a column of the series is larger
more()
{
    python3 -c '
import csv, sys
folder, column, least = sys.argv[1:]
values = [float(row[column]) for row in csv.DictReader(open(folder + "/series.csv")) if row[column]]
sys.exit(not max(values) > float(least))' "$@"
}

# passed FOLDER: whether the table of processes tells of events that were passed over
passed() { python3 -c '
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1] + "/processes.csv")))
sys.exit(not sum(float(row["passed over"] or 0) for row in rows) > 0)' "$1"; }

# sum_passed FOLDER: whether the headline tells their sum
sum_passed() { grep -q '^"events passed over",[1-9]' "$1/headline.csv"; }

simulate() { "$SPILLWAY" simulate "$@" --no-report; }

check 'scaling' status 0 simulate co-ruo2 --set carbon_monoxide='20 bar' --set 'frame.size=[10, 10, 1]' --accelerate scaling --until 200000ev -o scaled
check 'is a setting of the run' grep -q 'scaling:' scaled/model.yaml
check 'slows processes' more scaled 'scaled processes' 0
check 'and tells its gain' more scaled 'scaling gain' 1.5
check 'and its error' more scaled 'scaling error' 0
check 'and what each process was spared' passed scaled
check 'and their sum' sum_passed scaled

check 'no word where it gains' [ "$(grep -c 'gains nothing' err)" -eq 0 ]
check 'scaling with too wide a margin' status 0 simulate co-ruo2 --set carbon_monoxide='20 bar' --set 'frame.size=[10, 10, 1]' --accelerate scaling --set run.acceleration.scaling.margin=1e9 --set run.acceleration.scaling.window=1000 --until 100000ev -o idle
check 'says that it gains nothing' grep -q 'scaling gains nothing so far' err
check 'once' [ "$(grep -c 'gains nothing' err)" -eq 1 ]
check 'and which margin would' grep -q "'.*', the fastest process in balance, happens .* at a margin of 1e+09 " err

cat >late.yaml <<'MODEL'
include: co-ruo2
name: late
programme:
  - {duration: 5e-6 s, gas: {CO: 0.01 bar}}
  - {duration: 1 s, gas: {CO: 20 bar}}
MODEL
check 'scaling that gains late' status 0 simulate late.yaml --set 'frame.size=[10, 10, 1]' --accelerate scaling --set run.acceleration.scaling.margin=50 --set run.acceleration.scaling.window=1000 --until 600000ev -o late
check 'is warned of' grep -q 'scaling gains nothing so far' err
check 'which is taken back' grep -q "scaling gains now: 'CO_on_cus' is slowed 8 times" err

check 'superbasins' status 0 simulate adatom-steps --set run.acceleration.superbasin.enabled=false --accelerate superbasin --until 100000ev -o basins
check 'are a setting of the run' grep -q 'superbasin:' basins/model.yaml
check 'are entered' more basins 'superbasins entered' 0
check 'and walked in' more basins 'superbasin moves' 100
check 'and what passages passed over is told' sum_passed basins
check 'beside the counts of processes' grep -q 'reverse,passed over' basins/processes.csv

check 'without either' status 0 simulate "$model" --until 1000ev -o plain
check 'nothing is told of them' [ "$(cat plain/series.csv plain/processes.csv | grep -c -e scaling -e superbasin -e passed)" -eq 0 ]

check 'an unknown way' status 1 simulate "$model" --accelerate scalling -o bad
check 'is named' grep -q 'scalling' err
check 'with the nearest that there is' grep -q "did you mean 'scaling'" err
check 'both at once' status 1 simulate "$model" --accelerate scaling --accelerate superbasin -o bad
check 'are refused' grep -q 'keep one of the two' err
finish
