#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Add up logs of meson test: cmocka cases where a test prints them, else tests.

usage: summarise.py LOG ...
LOG: one of meson's, or (not .json) what the virtual machine has printed.
"""
import json
import re
import sys

CASES = {
    'passed': re.compile(r'\[  PASSED  \] (\d+) test'),
    'failed': re.compile(r'\[  FAILED  \] (\d+) test'),
    'skipped': re.compile(r'\[  SKIPPED \] (\d+) test'),
}
# What tests/vm/init says of a program, and at its end.
PROGRAM = re.compile(r'(\S+) +(\d+) passed +(\d+) failed +(\d+) skipped +\d+ s$')
MACHINE = re.compile(r'vm: (\d+) passed, (\d+) failed, (\d+) skipped$')
OUTCOME = {'OK': 'passed', 'EXPECTEDFAIL': 'passed', 'SKIP': 'skipped'}


def count(test):
    """The cases of one meson test, as its own runner counted them."""
    text = (test.get('stdout') or '') + (test.get('stderr') or '')
    cases = {k: sum(map(int, r.findall(text))) for k, r in CASES.items()}
    outcome = OUTCOME.get(test['result'], 'failed')
    if outcome == 'failed' and not cases['failed']:
        cases['failed'] = 1
    elif not any(cases.values()):
        cases[outcome] = 1
    return cases


def add_up_meson(path):
    run = dict.fromkeys(CASES, 0)
    with open(path) as log:
        for line in log:
            test = json.loads(line)
            cases = count(test)
            for key in run:
                run[key] += cases[key]
            if cases['failed']:
                print('FAILED: %s (%s)' % (test['name'], path))
    return run


def add_up_machine(path):
    """Without its last line it has not come to its end."""
    run = {'passed': 0, 'failed': 1, 'skipped': 0}
    with open(path, errors='replace') as log:
        for line in log:
            program, end = PROGRAM.match(line), MACHINE.match(line)
            if program and int(program[3]):
                print('FAILED: %s (%s)' % (program[1], path))
            if end:
                run = dict(zip(CASES, map(int, end.groups())))
    return run


def main():
    total = dict.fromkeys(CASES, 0)
    for path in sys.argv[1:]:
        add_up = add_up_meson if path.endswith('.json') else add_up_machine
        run = add_up(path)
        print('%-40s %5d passed %3d failed %3d skipped' % (
            path, run['passed'], run['failed'], run['skipped']))
        for key in total:
            total[key] += run[key]
    print('%(passed)d passed, %(failed)d failed, %(skipped)d skipped' % total)


if __name__ == '__main__':
    main()
