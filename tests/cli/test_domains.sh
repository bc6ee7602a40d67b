#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A lattice in domains: on threads, in processes where there is mpirun, going on, refusing.
. "$SPILLWAY_SOURCE/tests/tap.sh"
export LC_ALL=C
cd "$scratch" || exit 1
model=$SPILLWAY_SOURCE/tests/cli/adatoms.yaml

same() { cmp "$1/series.csv" "$2/series.csv" && cmp "$1/trajectory.xyz" "$2/trajectory.xyz"; }

check 'a lattice in two domains' status 0 "$SPILLWAY" simulate "$model" --domains 2x1x1 -o two --no-report
check 'says how it is cut' grep -q '2 domains' err
check 'and what that may do' grep -q 'the bias is estimated' err
check 'the series tells the turn' grep -q 'turn \[s\],bias estimate' two/series.csv
check 'all atoms are there' [ "$(tail -n 1 two/series.csv | cut -d, -f4)" = "$(sed -n 2p two/series.csv | cut -d, -f4)" ]
check 'a table tells of the domains' [ "$(wc -l <two/domains.csv)" -eq 3 ]
check 'on one thread' status 0 "$SPILLWAY" simulate "$model" --domains 2x1x1 -o alone --threads 1 --no-report
check 'it is the same run' same two alone
check 'a part' status 0 "$SPILLWAY" simulate "$model" --domains 2x1x1 -o parts --until 7000ev --no-report
check 'goes on' status 0 "$SPILLWAY" simulate "$model" --domains 2x1x1 -o parts --resume --no-report
check 'to the same run' same two parts
check 'not with another cut' status 1 "$SPILLWAY" simulate "$model" --domains 1x2x1 -o parts --resume --no-report
check 'a turn that is asked for' status 0 "$SPILLWAY" simulate "$model" --domains 2x2x1 --turn '10 ps' -o short --until 500ev --no-report
check 'is kept' grep -q 'turn: 10 ps' short/model.yaml

check 'domains that are too thin' status 1 "$SPILLWAY" simulate "$model" --domains 12x1x1 -o thin --no-report
check 'are refused with the least' grep -q 'needs at least' err
check 'a mistyped cut' status 2 "$SPILLWAY" simulate "$model" --domains 2x2 -o bad
check 'is explained' grep -q '2x2x1' err
check 'a model with a supply' status 1 "$SPILLWAY" simulate nife-fe3o4 --quick --domains 2x1x1 -o bad --no-report
check 'is refused' grep -q 'it has a shared supply' err
check 'replicas of it' status 1 "$SPILLWAY" simulate "$model" --domains 2x1x1 --replicas 2 -o bad --no-report
check 'are refused' grep -q 'replicas of a lattice' err
check 'its sensitivity' status 1 "$SPILLWAY" verify "$model" --sensitivity --of 'Ni atoms' --set 'run.domains=[2, 1, 1]' -o bad
check 'is refused too' grep -q 'because domains are an approximation' err
check 'before a run is made' [ ! -e bad/replica-001 ]
check 'domains and scaling' status 1 "$SPILLWAY" simulate "$model" --domains 2x1x1 --accelerate scaling -o bad --no-report
check 'do not go together' grep -q 'domains and scaling' err
check 'ZGB with the default turn' status 0 "$SPILLWAY" simulate zgb --domains 2x1x1 --until 300ev -o zgb --no-report
check 'says how much a turn holds' grep -q 'in which a domain has .* events' err
check 'where it is little' status 0 "$SPILLWAY" simulate "$model" --domains 2x2x1 --until 2000ev -o little --no-report
check 'says what to give instead' grep -q "give --turn '.* s'" err
check 'a turn that is asked for' status 0 "$SPILLWAY" simulate "$model" --domains 2x2x1 --turn '1 ns' --until 2000ev -o asked --no-report
check 'is left alone' [ "$(grep -c -e 'give --turn' -e 'turns follow' err)" -eq 0 ]

# through MPI, where this spillway was built with it
if ! command -v mpirun >/dev/null || ! ldd "$SPILLWAY" | grep -q libmpi; then
    for name in 'two processes' 'the same run' 'a part' 'goes on' 'alone' 'a number' 'explained' 'undivided'; do
        check "$name # SKIP no mpirun, or built without MPI" true
    done
    finish
    exit
fi
# sanitizers find what MPI itself leaves behind
export ASAN_OPTIONS="$ASAN_OPTIONS:detect_leaks=0"
export OMPI_MCA_btl_vader_single_copy_mechanism=none OMPI_MCA_plm_rsh_agent=true
mpi() { timeout 120 mpirun --allow-run-as-root --oversubscribe "$@"; }
check 'two processes' status 0 mpi -n 2 "$SPILLWAY" simulate "$model" --domains 2x1x1 -o processes --no-report
check 'the same run' same two processes
check 'a part in processes' status 0 mpi -n 2 "$SPILLWAY" simulate "$model" --domains 2x1x1 -o some --until 7000ev --no-report
check 'goes on in processes' status 0 mpi -n 2 "$SPILLWAY" simulate "$model" --domains 2x1x1 -o some --resume --no-report
check 'to the same run again' same two some
check 'processes that are not the domains' status 2 mpi -n 2 "$SPILLWAY" simulate "$model" -o bad --no-report
check 'are told so once' [ "$(grep -c '2 processes were started' err)" -eq 1 ]
check 'a wrong number of them' status 1 mpi -n 2 "$SPILLWAY" simulate "$model" --domains 2x2x1 -o bad --no-report
check 'is explained too' grep -q '2 processes were started for 4 domains' err
check 'a model that is not there' status 1 mpi -n 2 "$SPILLWAY" simulate no-such --domains 2x1x1 -o bad --no-report
finish
