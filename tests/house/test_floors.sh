# SPDX-License-Identifier: GPL-3.0-or-later
# Rooms include only rooms on lower floors: never upward, never sideways. Every folder says what it
# is in a README.md.
. "$SPILLWAY_SOURCE/tests/tap.sh"
cd "$SPILLWAY_SOURCE" || exit 1

# "room included-room file:line" for every include of a room, in the library, its public headers
# and the program
list_includes()
{
    find src cli include/spillway -name '*.[ch]' -exec awk '
        /^[ \t]*#[ \t]*include[ \t]*[<"]/ {
            if (!match($0, /[<"][^>"]*[>"]/)) next
            target = substr($0, RSTART + 1, RLENGTH - 2)
            room = FILENAME
            if (sub(/^include\/spillway\//, "", room)) sub(/\.h$/, "", room)
            else { sub(/^src\//, "", room); sub(/\/.*/, "", room) }
            if (sub(/^spillway\//, "", target)) sub(/\.h$/, "", target)
            else if ($0 ~ /"/ && target ~ /\//) sub(/\/.*/, "", target)
            else if ($0 ~ /"/) target = "beside:" target
            else next
            print room, target, FILENAME ":" FNR
        }' {} +
}

# Faults in the list on standard input: one line each.
find_faults()
{
    awk '
        BEGIN {
            split("base;data acceleration recipe calphad;run_settings;powder_model diffusion_model;io thermo model;" \
                  "simulator instrument equilibrium;build lattice powder diffusion particles " \
                  "image tomography structure frames curves diagrams;run report;cli", floors, ";")
            for (height = 1; height in floors; height++) {
                count = split(floors[height], rooms, " ")
                for (i = 1; i <= count; i++) floor[rooms[i]] = height
            }
        }
        $1 == "spillway" || $1 == $2 { next }
        $2 ~ /^beside:/ {
            print $3 ": write the room too: \"" $1 "/" substr($2, 8) "\""; next
        }
        $2 == "spillway" {
            if ($1 != "cli") print $3 ": the library does not include spillway.h"
            next
        }
        !($1 in floor) { print $3 ": the room " $1 " has no floor in this test"; next }
        !($2 in floor) { print $3 ": includes " $2 ", which is no room"; next }
        floor[$2] > floor[$1] { print $3 ": " $1 " includes " $2 " above it"; next }
        floor[$2] == floor[$1] { print $3 ": " $1 " includes " $2 " beside it" }'
}

list_floor_faults()
{
    list_includes | find_faults
}

# The program is a user of the library: it sees what every user sees.
list_private_includes_of_the_program()
{
    grep -nE '^[ \t]*#[ \t]*include[ \t]*"' -r cli --include='*.[ch]' | grep -v '"cli/'
    return 0
}

list_folders_without_readme()
{
    for folder in */ src/*/ models/*/; do
        folder=${folder%/}
        case $folder in
        build* | demo | verify | shared | '*' | 'src/*' | 'models/*') continue ;;
        esac
        [ -s "$folder/README.md" ] || echo "$folder has no README.md"
    done
}

includes=$(list_includes | wc -l)
check "there are includes to look at ($includes)" test "$includes" -gt 20
nothing 'no room includes upward or sideways' list_floor_faults
nothing 'the program includes public headers only' list_private_includes_of_the_program
nothing 'every folder has a README.md' list_folders_without_readme
finish
