#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Help, man pages, completion, and what is said to a mistyped word.
. "$SPILLWAY_SOURCE/tests/tap.sh"
export LC_ALL=C

# complains TEXT COMMAND...: exit code 2, nothing on standard output, TEXT on standard error
complains()
{
    text=$1
    shift
    status 2 "$@" && [ ! -s "$scratch/out" ] && grep -qF -- "$text" "$scratch/err" && return 0
    cat "$scratch/err"
    return 1
}

verbs=$("$SPILLWAY" help --json | python3 -c '
import json, sys
print(" ".join(verb["name"] for verb in json.load(sys.stdin)["verbs"]))')
check 'the registry has its verbs' [ "$(echo "$verbs" | wc -w)" -ge 12 ]

for verb in $verbs; do
    check "$verb --help ends well" status 0 "$SPILLWAY" "$verb" --help
    check "$verb --help says how to use it" grep -q "usage: spillway $verb" "$scratch/out"
    check "$verb --help is quiet on standard error" [ ! -s "$scratch/err" ]
    check "help $verb is the same" sh -c '"$1" help "$2" | cmp - "$3"' - "$SPILLWAY" "$verb" "$scratch/out"
    check "no line of it is longer than 90 characters" [ "$(wc -L <"$scratch/out")" -le 90 ]
    check "the help of the program names $verb" sh -c '"$1" help | grep -q "^  $2 "' - "$SPILLWAY" "$verb"
    "$SPILLWAY" man "$verb" >"$scratch/$verb.1"
    check "the man page of $verb has all sections" sh -c '
        for section in NAME SYNOPSIS DESCRIPTION OPTIONS; do grep -q "^.SH $section" "$1" || exit 1; done' \
        - "$scratch/$verb.1"
    check "the man page of $verb is in the build" \
        grep -q "'$verb'" "$SPILLWAY_SOURCE/docs/meson.build"
    if command -v groff >/dev/null; then
        nothing "groff has nothing against the man page of $verb" \
            sh -c 'groff -man -Tascii -ww -z "$1" 2>&1' - "$scratch/$verb.1"
    fi
done

check 'the man page of the program lists its verbs' \
    sh -c '"$1" man | grep -q "spillway.*simulate.*(1)"' - "$SPILLWAY"
check '--help' status 0 "$SPILLWAY" --help
check '--version' sh -c '"$1" --version | grep -qE "^spillway [0-9]+\.[0-9]+\.[0-9]+$"' - "$SPILLWAY"
check 'without a word: wrong usage' status 2 "$SPILLWAY"
check 'help is on standard error then' grep -q '^usage:' "$scratch/err"

check 'a mistyped verb' complains 'did you mean `spillway simulate`?' "$SPILLWAY" simulat x
check 'a verb like no other' complains '`spillway help` lists the verbs' "$SPILLWAY" qqqqqqqqq
check 'a mistyped option' complains 'did you mean --overwrite?' "$SPILLWAY" simulate x --overwrit
check 'a mistyped option with a value' complains 'did you mean --replicas?' "$SPILLWAY" simulate x --replica=3
check 'an option like no other' complains '`spillway simulate --help`' "$SPILLWAY" simulate --zzzzzz
check 'an unknown letter' complains 'there is no option -Z' "$SPILLWAY" simulate x -Z
check 'a missing value' complains '--seed needs a value' "$SPILLWAY" simulate x --seed
check 'a value too many' complains 'takes no value' "$SPILLWAY" simulate x --quick=yes
check 'a missing argument' complains '1 argument expected, 0 found' "$SPILLWAY" simulate
check 'an argument too many' complains '"c" is one argument too many' "$SPILLWAY" convert a b c
check 'a seed that is no number' complains 'a whole number' "$SPILLWAY" simulate x --seed 1.5
check 'a negative number' complains 'a whole number' "$SPILLWAY" simulate x --replicas -1
check 'a number beyond 64 bits' complains 'a whole number' "$SPILLWAY" simulate x --seed 99999999999999999999
check 'a time without a unit' complains '--until' "$SPILLWAY" simulate x --until 10
check 'no events' complains '--until' "$SPILLWAY" simulate x --until 0ev
check 'threads' complains '--threads' "$SPILLWAY" version --threads 0
check 'two wishes against each other' complains 'leave one of them away' "$SPILLWAY" simulate x --resume --overwrite
check 'a setting without a value' complains 'path=value' "$SPILLWAY" show nife-fe3o4 --set temperature
check 'a mistyped list' complains 'did you mean `spillway list models`?' "$SPILLWAY" list modls
check 'an unknown verb in help' complains 'did you mean `spillway help convert`?' "$SPILLWAY" help convrt
check 'a shell that is not known' complains 'spillway completion bash' "$SPILLWAY" completion fish

if command -v bash >/dev/null; then
    "$SPILLWAY" completion bash >"$scratch/completion"
    complete_words()
    {
        bash -c '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _spillway
            echo "${COMPREPLY[*]}"' - "$scratch/completion" "$@"
    }
    check 'completion of a verb' [ "$(complete_words spillway simu)" = simulate ]
    check 'completion of an option' [ "$(complete_words spillway simulate --overw)" = --overwrite ]
    check 'completion of a model' [ "$(complete_words spillway simulate nife)" = nife-fe3o4 ]
    check 'completion of a word' [ "$(complete_words spillway list form)" = formats ]
else
    skip 'completion' 'there is no bash'
fi
finish
