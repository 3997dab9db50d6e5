#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares the exported symbols with the list, the map and the table of calls.

Usage: test-symbols.py LIBRARY exports.txt libdxg.map calls.h
Needs binutils (nm, readelf); without them the test is skipped.
"""
import re
import shutil
import subprocess
import sys

# What may be filled in when the library is loaded: slots that name a function
# or an object elsewhere, thread-local storage, and addresses within the library
# itself. All of it is read-only before the first call.
RELOCATIONS = re.compile(r'JUMP_SLO|GLOB_DAT|RELATIV|DTPMOD|DTPOFF|TLSDESC')


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def exported(library):
    symbols = (line.split() for line in output('nm', '-D', '--defined-only', library).splitlines())
    return sorted(words[-1].split('@')[0] for words in symbols if words[-2] != 'A')


def relocations(library):
    """Pairs of type and symbol, the symbol '' where there is none."""
    for line in output('readelf', '-rW', library).splitlines():
        match = re.match(r'[0-9a-f]+\s+[0-9a-f]+\s+(R_\S+)\s+(?:[0-9a-f]+\s+([A-Za-z_]\S*))?', line)
        if match:
            yield match[1], (match[2] or '').split('@')[0]


def main(library, list_path, map_path, table_path):
    faults = []
    listed = open(list_path).read().split()
    mapped = re.findall(r'^\t(\w+);$', open(map_path).read(), re.M)
    rows = re.findall(r'^[A-Z]+\((D3DKMT\w+)', open(table_path).read(), re.M)
    found = exported(library)

    for name, names in (('exports.txt', listed), ('libdxg.map', mapped)):
        if names != sorted(set(names)):
            faults.append(f'{name} is not sorted or has doubles')
    for name, names in (('libdxg.map', mapped), ('the library', found)):
        for symbol in sorted(set(names) ^ set(listed)):
            faults.append(f'{symbol}: {"missing in" if symbol in listed else "surplus in"} {name}')
    calls = [symbol for symbol in listed if symbol.startswith('D3DKMT')]
    if sorted(rows) != calls:
        faults.append(f'calls.h and exports.txt differ: {sorted(set(rows) ^ set(calls))}')

    # A sanitizer adds relocations of its own.
    sanitized = re.search(r' U __(asan|tsan|ubsan|msan)_', output('nm', '-D', library))
    for kind, symbol in () if sanitized else relocations(library):
        if not RELOCATIONS.search(kind):
            faults.append(f'relocation {kind} {symbol}')
        if symbol in listed or symbol.startswith('dxg_'):
            faults.append(f'{symbol} is reached by a relocation from inside')
    dynamic = output('readelf', '-dW', library)
    if 'TEXTREL' in dynamic:
        faults.append('text relocations')
    if 'BIND_NOW' not in dynamic and 'NOW' not in dynamic:
        faults.append('the PLT is bound lazily, so its slots stay writable')
    if 'GNU_RELRO' not in output('readelf', '-lW', library):
        faults.append('no part is made read-only after relocation')
    if 'libdxg-soft' in dynamic:
        faults.append('linked with the embedded device')

    print(f'{len(found)} symbols, {len(calls)} of them D3DKMT functions')
    print('\n'.join(faults), end='\n' if faults else '')
    return 1 if faults else 0


if __name__ == '__main__':
    if not (shutil.which('nm') and shutil.which('readelf')):
        print('skipped: no nm or readelf; install binutils')
        sys.exit(77)
    sys.exit(main(*sys.argv[1:]))
