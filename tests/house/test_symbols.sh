# SPDX-License-Identifier: GPL-3.0-or-later
# What libspillway.so exports is what the public headers declare with SW_API, both ways.
# Argument: the shared library.
. "$SPILLWAY_SOURCE/tests/tap.sh"

# The name before the first "(" of every declaration that begins with SW_API.
list_declared()
{
    cat "$SPILLWAY_SOURCE"/include/spillway/*.h | awk '
        { text = text $0 (/^[ \t]*#/ && !/\\$/ ? ";" : "") " " }
        END {
            while (start = index(text, "/*")) {
                rest = substr(text, start + 2)
                text = substr(text, 1, start - 1) " " substr(rest, index(rest, "*/") + 2)
            }
            count = split(text, statements, ";")
            for (i = 1; i <= count; i++)
                if (statements[i] !~ /#/ && statements[i] ~ /SW_API[ \t]/ &&
                    match(statements[i], /sw_[a-z0-9_]+[ \t]*\(/)) {
                    name = substr(statements[i], RSTART, RLENGTH - 1)
                    sub(/[ \t]+$/, "", name)
                    print name
                }
        }' | sort -u
}

list_exported()
{
    nm -D --defined-only "$1" | awk '$2 ~ /^[TDBRVW]$/ { sub(/@.*/, "", $3); print $3 }' | sort -u
}

list_declared >"$scratch/declared"
list_exported "$1" >"$scratch/exported"
declared=$(wc -l <"$scratch/declared")
words=$(cat "$SPILLWAY_SOURCE"/include/spillway/*.h | grep -c '^SW_API ')

check "every line that begins with SW_API was understood ($words)" test "$declared" -eq "$words"
nothing 'everything declared is exported' comm -23 "$scratch/declared" "$scratch/exported"
nothing 'everything exported is declared' comm -13 "$scratch/declared" "$scratch/exported"
finish
