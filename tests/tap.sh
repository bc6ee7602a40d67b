# SPDX-License-Identifier: GPL-3.0-or-later
# Test Anything Protocol for shell tests. Source it, call `check` for every fact, end with `finish`:
#
#   . "$SPILLWAY_SOURCE/tests/tap.sh"
#   check 'help goes to standard output' sh -c '"$SPILLWAY" --help | grep -q simulate'
#   finish
#
# A script that ends without `finish` has failed, whatever it printed. $scratch is an empty folder
# that is removed at the end.
tap_checks=0
tap_failures=0
tap_finished=no
scratch=$(mktemp -d) || exit 1

tap_end()
{
    tap_status=$?
    rm -rf "$scratch"
    if [ "$tap_finished" = no ]; then
        echo "Bail out! the script ended early with status $tap_status"
        exit 1
    fi
}
trap tap_end EXIT

pass()
{
    tap_checks=$((tap_checks + 1))
    echo "ok $tap_checks - $1"
}

# fail NAME [TEXT]: the lines of TEXT say what was wrong
fail()
{
    tap_checks=$((tap_checks + 1))
    tap_failures=$((tap_failures + 1))
    echo "not ok $tap_checks - $1"
    [ -z "${2-}" ] || printf '%s\n' "$2" | sed 's/^/# /'
}

skip()
{
    tap_checks=$((tap_checks + 1))
    echo "ok $tap_checks - $1 # SKIP ${2-}"
}

# check NAME COMMAND...: passes where the command succeeds; its output is shown where it does not
check()
{
    tap_name=$1
    shift
    if tap_output=$("$@" 2>&1); then
        pass "$tap_name"
    else
        fail "$tap_name" "$tap_output"
    fi
}

# nothing NAME COMMAND...: passes where the command succeeds and prints nothing
nothing()
{
    tap_name=$1
    shift
    if tap_output=$("$@" 2>&1) && [ -z "$tap_output" ]; then
        pass "$tap_name"
    else
        fail "$tap_name" "$tap_output"
    fi
}

# status NUMBER COMMAND...: whether the command ends with this exit code; what it prints is in
# $scratch/out and $scratch/err
status()
{
    wanted=$1
    shift
    "$@" >"$scratch/out" 2>"$scratch/err"
    found=$?
    [ "$found" -eq "$wanted" ] && return 0
    echo "exit code $found, not $wanted"
    cat "$scratch/out" "$scratch/err"
    return 1
}

# complains TEXT COMMAND...: whether the command fails, prints nothing, and says TEXT on standard error
complains()
{
    text=$1
    shift
    "$@" >"$scratch/out" 2>"$scratch/err" && return 1
    [ ! -s "$scratch/out" ] && grep -qF -- "$text" "$scratch/err" && return 0
    cat "$scratch/out" "$scratch/err"
    return 1
}

finish()
{
    tap_finished=yes
    echo "1..$tap_checks"
    [ "$tap_failures" -eq 0 ] && [ "$tap_checks" -gt 0 ]
    exit $?
}
