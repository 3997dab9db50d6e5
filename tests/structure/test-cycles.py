#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""No file of a block needs, directly or through others, a file that needs it.

usage: test-cycles.py FOLDER ...
Each folder holds the object files of one block. What a file defines and
what it takes from others is what its symbol table says.
"""
import pathlib
import subprocess
import sys


def read_block(folder):
    """Which file takes which names from which other file."""
    paths = sorted(pathlib.Path(folder).glob("*.o"))
    home, taken = {}, {path.stem: set() for path in paths}
    lines = subprocess.run(["nm", "--extern-only", "--print-file-name", *paths],
                           check=True, capture_output=True,
                           text=True).stdout if paths else ""
    for line in lines.splitlines():
        path, _, symbol = line.rpartition(":")
        *_, kind, name = symbol.split()
        if kind in "Uwv":
            taken[pathlib.Path(path).stem].add(name)
        else:
            home[name] = pathlib.Path(path).stem
    return {file: {home[name]: name for name in sorted(names)
                   if home.get(name, file) != file}
            for file, names in taken.items()}


def find_cycle(needs):
    """A list of files, each needing the next and the last the first, or []."""
    done, path = set(), []

    def visit(file):
        if file in path:
            return path[path.index(file):]
        if file in done:
            return []
        path.append(file)
        for other in needs[file]:
            cycle = visit(other)
            if cycle:
                return cycle
        path.pop()
        done.add(file)
        return []

    for file in needs:
        cycle = visit(file)
        if cycle:
            return cycle
    return []


def main():
    passed = failed = 0
    for folder in sys.argv[1:]:
        needs = read_block(folder)
        if len(needs) < 2:
            print(f"{folder}: no object files")
            failed += 1
            continue
        cycle = find_cycle(needs)
        for file, other in zip(cycle, cycle[1:] + cycle[:1]):
            print(f"{file} needs {other} for {needs[file][other]}")
        failed += bool(cycle)
        passed += not cycle
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
