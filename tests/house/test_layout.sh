# SPDX-License-Identifier: GPL-3.0-or-later
# Every C file is laid out as `make format` does it. Without clang-format, or with one of another
# main version than Debian 12 has, whose lines may differ, nothing is said.
. "$SPILLWAY_SOURCE/tests/tap.sh"
cd "$SPILLWAY_SOURCE" || exit 1

if ! clang-format --version 2>/dev/null | grep -q ' version 14\.'; then
    echo '1..0 # SKIP no clang-format 14'
    exit 0
fi
find include src cli tests bench fuzz -name '*.[ch]' >"$scratch/files"
check 'there are files to look at' [ "$(wc -l <"$scratch/files")" -gt 500 ]
look() { xargs clang-format --dry-run 2>&1 <"$scratch/files" | grep 'warning:' | cut -d: -f1,2; }
nothing '`make format` would change nothing' look
finish
