#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# `spillway build`: atoms from recipes, the same for the same seed; what is no recipe is told.
. "$SPILLWAY_SOURCE/tests/tap.sh"
export LC_ALL=C
cd "$scratch" || exit 1

cat >ball.yaml <<'END_OF_RECIPE'
format: 1
name: ball
title: A ball of zirconia
builds: atoms
parameters:
  noise: {value: 0 pm, tag: A, source: chosen for the test}
crystals: {oxide: {structure: fluorite, elements: [Zr, O], a: 5.09 A}}
regions: {ball: {sphere: 10 A}}
steps:
  - fill: {name: grain, region: ball, crystal: oxide}
  - noise: {sigma: $noise}
  - hide: {elements: []}
ablations:
  oxygen: {"steps[2].hide.elements": [O]}
END_OF_RECIPE

check 'a recipe builds' "$SPILLWAY" build ./ball.yaml
check 'atoms are in a file of its name' grep -q 'regions="1 grain"' ball.xyz
"$SPILLWAY" build ./ball.yaml -o seen.xyz --removed oxygen.xyz --without oxygen --json >built.json 2>err
check 'an ablation hides oxygen; counts are right' python3 -c '
import json
b = json.load(open("built.json"))
lines = open("seen.xyz").read().split("\n")
assert b["atoms"] == int(lines[0]) == sum(c["atoms"] for c in b["counts"]), b
assert [c["element"] for c in b["counts"]] == ["Zr"], b
assert b["steps"][2]["removed"] == int(open("oxygen.xyz").readline()), b
assert all(line.startswith("Zr ") for line in lines[2:-1])'
"$SPILLWAY" build ./ball.yaml --set noise='16 pm' -o a.xyz -j 1 >out 2>err
"$SPILLWAY" build ./ball.yaml --set noise='16 pm' -o b.xyz -j 2 >out 2>err
"$SPILLWAY" build ./ball.yaml --set noise='16 pm' -o c.xyz --seed 5 >out 2>err
check 'the same seed gives the same atoms' cmp a.xyz b.xyz
check 'another seed gives others' sh -c '! cmp -s a.xyz c.xyz'
check 'other formats are written' sh -c '"$SPILLWAY" build ./ball.yaml -o ball.h5 -q >out && "$SPILLWAY" info ball.h5 | grep -q region'

check 'recipes are listed' sh -c '"$SPILLWAY" list models | grep -q "zr-zro2 .*build"'
check 'recipes are shown' sh -c '"$SPILLWAY" show zr-zro2 | grep -q "random packing"'
check 'recipes are cited' sh -c '"$SPILLWAY" cite zr-zro2 | grep -q Zhang'
check 'resolved text is a recipe' sh -c '"$SPILLWAY" show ./ball.yaml --yaml >again.yaml && "$SPILLWAY" build ./again.yaml -q -o again.xyz >out && cmp ball.xyz again.xyz'
check 'simulate says what a recipe is' complains 'is a recipe for atoms' "$SPILLWAY" simulate zr-zro2
check 'show has no processes for it' complains 'is a recipe for atoms' "$SPILLWAY" show zr-zro2 --processes
check 'build says what a model is' complains 'is a model to be simulated' "$SPILLWAY" build zgb
check 'a mistyped name is corrected' complains "did you mean 'zr-zro2'" "$SPILLWAY" build zr-zro
check 'a mistyped setting is corrected' complains "did you mean 'noise'" "$SPILLWAY" build ./ball.yaml --set niose='1 pm'
finish
