#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares what libdxcore.so exports with the table of calls, and looks at its names.

usage: test-symbols.py LIBRARY libdxcore.map calls.h LIBDXG-SONAME
Needs binutils (nm, readelf); without them the test is skipped.
"""
import re
import shutil
import subprocess
import sys

FACTORY = 'DXCoreCreateAdapterFactory'


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main(library, map_path, table_path, libdxg):
    faults = []
    calls = re.findall(r'^[A-Z]+\((D3DKMT\w+)', open(table_path).read(), re.M)
    wanted = sorted(calls + [FACTORY])
    mapped = re.findall(r'^\t(\w+);$', open(map_path).read(), re.M)
    found = sorted(line.split()[-1] for line in
                   output('nm', '-D', '--defined-only', library).splitlines())
    dynamic = output('readelf', '-dW', library)

    if mapped != sorted(set(mapped)):
        faults.append('libdxcore.map is not sorted or has doubles')
    for name, names in (('libdxcore.map', mapped), ('the library', found)):
        for symbol in sorted(set(names) ^ set(wanted)):
            faults.append(f'{symbol}: {"missing in" if symbol in wanted else "surplus in"} {name}')
    # A version would be seen by nm: no program asks for one, and Microsoft's has none.
    if any('@' in symbol for symbol in found):
        faults.append('symbols have versions')
    for what, pattern in (
            ('its soname is not libdxcore.so', r'\(SONAME\).*\[libdxcore\.so\]'),
            ('the calls are not taken from libdxg where that is installed',
             rf'\(AUXILIARY\).*\[{re.escape(libdxg)}\]'),
            ('it would be unloaded', r'\(FLAGS_1\).*NODELETE'),
            ('the PLT is bound lazily', r'NOW')):
        if not re.search(pattern, dynamic):
            faults.append(what)
    # So that it works where it is the only file.
    if re.search(r'\(NEEDED\).*libdxg', dynamic):
        faults.append('it needs libdxg')
    if 'TEXTREL' in dynamic:
        faults.append('text relocations')
    if 'GNU_RELRO' not in output('readelf', '-lW', library):
        faults.append('no part is made read-only after relocation')

    print(f'{len(found)} symbols, {len(calls)} of them D3DKMT functions')
    print('\n'.join(faults), end='\n' if faults else '')
    return 1 if faults else 0


if __name__ == '__main__':
    if not (shutil.which('nm') and shutil.which('readelf')):
        print('skipped: no nm or readelf; install binutils')
        sys.exit(77)
    sys.exit(main(*sys.argv[1:]))
