#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# docs/first-model.md does what it says: its files, its commands, their output, its numbers within their errors.
. "$SPILLWAY_SOURCE/tests/tap.sh"
cd "$scratch" || exit 1
mkdir bin play
ln -s "$SPILLWAY" bin/spillway
export PATH="$scratch/bin:$PATH"
# fontconfig keeps a little memory for itself
echo leak:libfontconfig >suppressions
export LSAN_OPTIONS="suppressions=$scratch/suppressions:print_suppressions=0"

cd play || exit 1
check 'the document can be played' sh -c \
    'python3 "$SPILLWAY_SOURCE/tests/cli/play_document.py" "$SPILLWAY_SOURCE/docs/first-model.md" >../played'
sed '/^ /d' ../played >../commands
while read -r verdict command; do
    if [ "$verdict" = ok ]; then
        pass "$command"
    else
        fail "$command" "$(grep -F -A 2 "not $command" ../played | sed 1d)"
    fi
done <../commands
check 'all of it was' [ "$(wc -l <../commands)" -ge 20 ]
for file in adsorption.yaml diffusion.yaml oxidation.yaml claims.yaml settled.awk scan.sh; do
    check "examples/first-model/$file is that of the document" \
        cmp "$SPILLWAY_SOURCE/examples/first-model/$file" "$file"
done
finish
