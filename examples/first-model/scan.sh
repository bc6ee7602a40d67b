#!/bin/sh
# sh scan.sh carbon_monoxide bar 3 5 7: the turnover frequency at each value of a parameter
parameter=$1 unit=$2
shift 2
for value in "$@"; do
    spillway simulate oxidation.yaml --set "$parameter=$value $unit" --until 600000ev --replicas 8 \
        -o "$parameter-$value" --quiet --no-report >printed || exit 1
    printf '%s %s: ' "$value" "$unit"
    awk -v column='CO2 turnover' -f settled.awk "$parameter-$value"/replica-*/series.csv
done
