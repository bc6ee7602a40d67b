# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a cmocka executable and mends its TAP: cmocka 1.1.5 writes a skipped test as
# "not ok 6 # SKIP name", which readers of TAP count as a failure. SPILLWAY_TEST_WRAPPER (a command
# such as valgrind) runs the executable and not this shell.
exec 4>&1
status=$({
    { ${SPILLWAY_TEST_WRAPPER:-} "$@" 3>&- 4>&-; echo $? >&3; } |
        sed 's/^not ok \([0-9]*\) # SKIP \(.*\)/ok \1 - \2 # SKIP/' >&4
} 3>&1)
exit "$status"
