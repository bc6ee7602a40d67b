#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Ctrl-C on verifications, fits and posteriors: what there is until then is kept and shown, and the exit code is 3.
. "$SPILLWAY_SOURCE/tests/tap.sh"
export LC_ALL=C
cd "$scratch" || exit 1

# interrupted SECONDS COMMAND...: SIGINT when the program has listened for it and then computed for so many seconds of
# the processor, whatever else runs; its exit code is in ./code, what it prints in ./out and ./err. (A shell without job
# control starts programs that ignore SIGINT.)
cat >interrupted.py <<'PYTHON'
import os, signal, subprocess, sys, time
process = subprocess.Popen(sys.argv[2:], stdout=open("out", "w"), stderr=open("err", "w"),
                           preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))

def listens():
    caught = [line.split()[1] for line in open("/proc/%d/status" % process.pid) if line.startswith("SigCgt")]
    return bool(caught) and int(caught[0], 16) >> (signal.SIGINT - 1) & 1 == 1

def computed():
    fields = open("/proc/%d/stat" % process.pid).read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

while process.poll() is None and not listens():
    time.sleep(0.01)
begun = computed()
while process.poll() is None and computed() - begun < float(sys.argv[1]):
    time.sleep(0.01)
process.send_signal(signal.SIGINT)
open("code", "w").write("%d\n" % process.wait(timeout=120))
PYTHON
interrupted()
{
    python3 interrupted.py "$@"
}

verify="verify ising --quick --threads 1"
check 'a verification' status 0 "$SPILLWAY" $verify --output whole --json
cp out whole.json
interrupted 1 "$SPILLWAY" $verify --output parts
check 'that is stopped ends with code 3' grep -qx 3 code
check 'it says how to go on' grep -q 'the same command with --resume goes on' err
check 'which it does' status 0 "$SPILLWAY" $verify --output parts --resume --json
check 'to the same numbers' cmp out whole.json
kept() { grep '"started"' parts/*/replica-*/run.json; }
kept >before
sleep 1.1 # until another time of the start would be seen
check 'whole runs' status 0 "$SPILLWAY" $verify --output parts --resume
kept >after
check 'are used as they are' cmp before after

"$SPILLWAY" simulate fe2o3-nio --set cells=1 --set bins=1 --set oxide_size='3 um' --set run.observe='5 s' --output powder --quiet >log 2>&1

fit="fit powder powder/series.csv --jumps keep --settings cells=1,bins=1 --scan 1000 --free oxide_size,stagnant,neck,touching"
interrupted 2 "$SPILLWAY" $fit --output fitted
check 'a fit that is stopped ends with code 3' grep -qx 3 code
check 'it says so' grep -q 'Stopped by hand' out
check 'and shows what it has' grep -q '^oxide_size *[0-9.]' out
check 'without intervals that are not finished' grep -q '^"oxide_size",[0-9.]*,,,"um","stopped"' fitted/parameters.csv
for file in parameters.csv curves.csv report.html; do
    check "its folder has $file" [ -s "fitted/$file" ]
done
interrupted 0 "$SPILLWAY" $fit
check 'stopped at once it ends with code 3, too' grep -qx 3 code

interrupted 3 "$SPILLWAY" verify fe2o3-nio --posterior 1000 --output posterior
check 'a posterior that is stopped ends with code 3' grep -qx 3 code
check 'it says how to go on' grep -q 'stopped: the same command goes on' err
drawn()
{
    awk -F, 'NR == 2 { print $1 }' posterior/draws.csv
}
check 'and keeps its draws' [ -s posterior/samples.csv ]
before=$(drawn)
interrupted 3 "$SPILLWAY" verify fe2o3-nio --posterior 1000 --output posterior
check 'the same command goes on' [ "$(drawn)" -gt "$before" ]
finish
