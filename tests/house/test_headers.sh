# SPDX-License-Identifier: GPL-3.0-or-later
# Each public header compiles alone, as C17 and as C++. Arguments: the C compiler.
. "$SPILLWAY_SOURCE/tests/tap.sh"

warnings='-Wall -Wextra -Wpedantic -Wshadow -Werror -fsyntax-only'
for header in "$SPILLWAY_SOURCE"/include/spillway/*.h; do
    name=spillway/${header##*/}
    echo "#include <$name>" >"$scratch/alone.c"
    cp "$scratch/alone.c" "$scratch/alone.cpp"
    # shellcheck disable=SC2086
    check "$name as C17" "$@" -std=c17 $warnings -I"$SPILLWAY_SOURCE/include" "$scratch/alone.c"
    if command -v c++ >"$scratch/found"; then
        check "$name as C++" \
            c++ -std=c++11 $warnings -I"$SPILLWAY_SOURCE/include" "$scratch/alone.cpp"
    else
        skip "$name as C++" 'there is no C++ compiler'
    fi
done
finish
