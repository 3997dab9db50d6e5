#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Add up meson test logs: cmocka cases where a test prints them, else tests.

usage: summarise.py LOG.json ...
"""
import json
import re
import sys

CASES = {
    'passed': re.compile(r'\[  PASSED  \] (\d+) test'),
    'failed': re.compile(r'\[  FAILED  \] (\d+) test'),
    'skipped': re.compile(r'\[  SKIPPED \] (\d+) test'),
}
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


def main():
    total = dict.fromkeys(CASES, 0)
    for path in sys.argv[1:]:
        run = dict.fromkeys(CASES, 0)
        with open(path) as log:
            for line in log:
                test = json.loads(line)
                cases = count(test)
                for key in run:
                    run[key] += cases[key]
                if cases['failed']:
                    print('FAILED: %s (%s)' % (test['name'], path))
        print('%-40s %5d passed %3d failed %3d skipped' % (
            path, run['passed'], run['failed'], run['skipped']))
        for key in total:
            total[key] += run[key]
    print('%(passed)d passed, %(failed)d failed, %(skipped)d skipped' % total)


if __name__ == '__main__':
    main()
