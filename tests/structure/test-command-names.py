#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every command of the wire has a name for people, and is called that once.

usage: test-command-names.py WIRE-HEADER NAMES-HEADER
"""
import pathlib
import re
import sys


def main():
    wire, names = (pathlib.Path(path).read_text() for path in sys.argv[1:3])
    known = re.findall(r"\b(DXGK_(?:VM)?CMD_\w+) = \d+,", wire)
    named = re.findall(r'\b(?:row|last)\((DXGK_\w+), "(\w+)"\)', names)
    faults = [f"{command} has no name" for command in known
              if command not in dict(named)]
    faults += [f"{command} is called {name}" for command, name in named
               if command.split("CMD_", 1)[1] != name]
    if len(known) < 50 or len(named) != len(known):
        faults.append(f"{len(known)} commands, {len(named)} names")
    print("\n".join(faults) or f"{len(known)} commands have names")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
