# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a document: writes its files, gives its commands, compares what they print.

play_document.py DOCUMENT, in an empty folder with `spillway` on the path. Prints one line a command,
`ok COMMAND` or `not COMMAND`, and after the latter lines that begin with a space and say why.

In the document:
  ```yaml NAME      a file (any language word before the name)
  ```console        commands after `$ `, going on after `> `, and what they print, on either stream; a line `...` stands for any lines
  ```console varying   the same, but numbers may be any: they follow the course of chance

A value `A +- B` with `(N runs)` is compared within its error wherever it stands: 8 standard errors of
the difference, of which the 95 % half-width B is t(N - 1) each. For 8 runs and Student's t with 14
degrees of freedom the false-alarm probability is 1e-6. Other numbers agree to 1 in 1000.
"""
import math
import os
import re
import subprocess
import sys

STUDENT = {4: 3.182, 8: 2.365}
FENCE = re.compile(r"```(\w+) ?(.*)")
MEASURED = re.compile(r"(\S+) \+- (\S+) \((\d+) runs\)")
NUMBER = re.compile(r"(?<![\w.])[-+]?\d[\d,]*\.?\d*(?:[eE][-+]?\d+)?(?![\w])")


def blocks(path):
    language = rest = None
    lines = []
    for line in open(path, encoding="utf-8"):
        if language is None:
            found = FENCE.match(line)
            if found:
                language, rest, lines = found.group(1), found.group(2).strip(), []
        elif line.startswith("```"):
            yield language, rest, lines
            language = None
        else:
            lines.append(line)


def commands(lines):
    given = []
    for line in lines:
        if line.startswith("$ "):
            given.append([line[2:].rstrip("\n"), []])
        elif line.startswith("> "):
            given[-1][0] += "\n" + line[2:].rstrip("\n")
        else:
            given[-1][1].append(line.rstrip())
    return given


def words_of(line):
    """The line with one blank between words, and its numbers taken out."""
    line = re.sub(r"took [\d.]+ s", "took a while", line)
    line = MEASURED.sub("measured", line)
    numbers = [float(n.replace(",", "")) for n in NUMBER.findall(line)]
    return " ".join(NUMBER.sub("#", line).split()), numbers


def within_error(wanted, found):
    (a, half_a, runs), (b, half_b, _) = wanted, found
    one, other = float(half_a) / STUDENT[int(runs)], float(half_b) / STUDENT[int(runs)]
    return abs(float(a) - float(b)) <= 8 * math.hypot(one, other)


def same(wanted, found, varying):
    words, numbers = words_of(wanted)
    found_words, found_numbers = words_of(found)
    if words != found_words:
        return False
    if not all(map(within_error, MEASURED.findall(wanted), MEASURED.findall(found))):
        return False
    return varying or all(abs(a - b) <= 1e-3 * abs(a) for a, b in zip(numbers, found_numbers))


def difference(wanted, found, varying):
    """What is wrong, or None."""
    at, skipping = 0, False
    for line in wanted:
        if line == "...":
            skipping = True
            continue
        while skipping and at < len(found) and not same(line, found[at], varying):
            at += 1
        if at == len(found) or not same(line, found[at], varying):
            return " expected: %s\n found:    %s" % (line, found[at] if at < len(found) else "the end")
        at, skipping = at + 1, False
    if at < len(found) and not skipping:
        return " more than expected: %s" % found[at]
    return None


def play(path):
    for language, rest, lines in blocks(path):
        if language == "console":
            for command, wanted in commands(lines):
                done = subprocess.run(["sh", "-c", command], stdout=subprocess.PIPE, text=True,
                                      stderr=subprocess.STDOUT, timeout=250)
                found = [line.rstrip() for line in done.stdout.splitlines()]
                wrong = difference(wanted, found, rest == "varying")
                print("not" if wrong else "ok", " ".join(command.replace("\\", "/").split())[:90])
                if wrong:
                    print(wrong)
        elif re.fullmatch(r"[\w.-]+", rest):
            with open(rest, "w", encoding="utf-8") as file:
                file.writelines(lines)


os.environ["LC_ALL"] = "C"
play(sys.argv[1])
