# SPDX-License-Identifier: GPL-3.0-or-later
# Every function and variable that one file of the library lends another begins with sw_, so that a
# program may link the static library beside its own names. Argument: the static library.
. "$SPILLWAY_SOURCE/tests/tap.sh"

nm --defined-only "$1" 2>/dev/null | awk '$2 ~ /^[TDBRC]$/ { print $3 }' | sort -u >"$scratch/names"
check "there are names to look at" [ "$(wc -l <"$scratch/names")" -gt 1000 ]
# -fsanitize and --coverage add names of their own, which begin with an underscore
grep -v -e '^sw_' -e '^_' "$scratch/names" >"$scratch/others"
nothing 'all begin with sw_' cat "$scratch/others"
finish
