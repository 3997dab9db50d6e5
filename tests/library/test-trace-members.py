#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every member of the ABI's tables shows in the trace, by its name.

usage: test-trace-members.py trace-poke ABI_FOLDER calls.h members.csv

Sets each member of each argument alone, also in the structures it contains and
those it points to, and looks for it in the line. What has to be set beside it, so
that a member of a union holds, is taken from members.csv.
"""
import csv
import os
import re
import subprocess
import sys
import tempfile

FILLER = re.compile(r'(Reserved|Padding|Unused)\d*$')
WIDENER = re.compile(r'_Align$|^AlignUnionTo64')
# What the library changes on its way, or cannot be looked for alone.
APART = {
    # the driver's form of it is UTF-16
    'D3DKMT_GPUVERSION.GpuArchitecture',
    # written by the library, which takes the driver's handle
    'D3DKMT_CREATESYNCHRONIZATIONOBJECT.hSyncObject',
}


class Case:
    def __init__(self, call, pokes, name, expected):
        self.call = call
        self.pokes = pokes
        self.name = name          # for a report
        self.expected = expected  # a pattern in the line; None: a change

    def is_in(self, before, after):
        if self.expected == '=?':
            return '=?' in after
        if before == after and '=' not in (self.expected or ''):
            return False
        return not self.expected or re.search(r'\b%s(?=\W|$)' % self.expected,
                                              after)

    def command(self):
        return ' '.join([str(self.call)] +
                        ['%s:%d:%d:%s' % poke for poke in self.pokes])


class Abi:
    def __init__(self, folder, calls, rules):
        self.folder = folder
        self.types = {(r['struct'], r['member']): r['type']
                      for r in self.rows('abi-member-types.csv')}
        self.members = {}
        for r in self.rows('abi-members.csv'):
            self.members.setdefault(r['struct'], []).append(r)
        self.enums = {}
        for r in self.rows('abi-enums.csv'):
            self.enums.setdefault(r['enum'], []).append((r['name'],
                                                         int(r['value'])))
        self.rules = {(r['struct'], r['member']): r
                      for r in csv.DictReader(open(rules, newline=''))}
        self.calls = re.findall(r'^([A-Z]+)\((\w+), (?:const )?(\w+)',
                                open(calls).read(), re.M)
        self.cases = []

    def rows(self, name):
        with open(os.path.join(self.folder, name), newline='') as f:
            return list(csv.DictReader(f))

    def find(self, struct, path):
        """(offset, size, bit, row) of a member, or of a flag within one."""
        for row in self.members[struct]:
            if row['member'] == path:
                return (int(row['offset']), int(row['size']),
                        int(row['bit_offset'] or 0), row)
        outer, inner = path.split('.', 1)
        at = self.find(struct, outer)
        found = self.find(self.types[struct, outer], inner)
        return (at[0] + found[0],) + found[1:]

    def value(self, struct, path, text):
        if text.isdigit():
            return int(text)
        for name, value in self.enums[self.types[struct, path]]:
            if name == text:
                return value
        sys.exit('%s is no value of %s.%s' % (text, struct, path))

    def needed(self, struct, rule, place, base):
        """What has to be set for the member, or None: it never holds."""
        when = rule.get('when', '')
        if when == 'never':
            return None
        if '=' not in when:
            return []
        path, text = when.split('=')
        offset, size, bit, _ = self.find(struct, path)
        return [(place, base + offset, size,
                 self.value(struct, path, text) << bit)]

    def add(self, call, pokes, struct, path, expected):
        name = '%s.%s' % (struct, path)
        if name not in APART:
            self.cases.append(Case(call, pokes, name, expected))

    def add_leaf(self, call, pokes, row, place, base, is_written):
        struct, path = row['struct'], row['member']
        name = path.split('.')[-1]
        offset, size = base + int(row['offset']), int(row['size'])
        bit = int(row['bit_offset'] or 0)
        if WIDENER.search(name):
            return None
        if is_written:
            return self.add(call, pokes, struct, path, '=?')
        enumerators = self.enums.get(self.types[struct, path], [])
        for _, value in enumerators:
            # Of several names of one value any is good.
            names = [name for name, other in enumerators if other == value]
            self.add(call, pokes + [(place, offset, size,
                                     value % 2 ** 32 << bit)],
                     struct, path, name + '=(%s)' % '|'.join(names))
        # Two elements of a longer array are as good as all.
        size = min(size, 8)
        plain = FILLER.match(name) or self.is_view_of_bits(row)
        return self.add(call, pokes + [(place, offset, size, 1 << bit)],
                        struct, path, None if plain else name)

    def is_view_of_bits(self, row):
        return not row['bit_width'] and any(
            other['bit_width'] and other['offset'] == row['offset']
            for other in self.members[row['struct']])

    def is_shared_filler(self, row):
        """Of a union whose other members say more."""
        start, end = int(row['offset']), int(row['offset']) + int(row['size'])
        if row['bit_width'] or not FILLER.match(row['member'].split('.')[-1]):
            return False
        return any(
            int(other['offset']) < end and not other['bit_width'] and
            start < int(other['offset']) + int(other['size']) and
            not FILLER.match(other['member'].split('.')[-1])
            for other in self.members[row['struct']])

    def add_struct(self, call, pokes, struct, place='a', base=0, owner=None,
                   is_out=False):
        """@owner: (structure, path, base) whose rules speak of our members."""
        for row in self.members[struct]:
            rule = self.rules.get((struct, row['member']), {})
            rules = (struct, base)
            if owner:
                path = '%s.%s' % (owner[1], row['member'])
                rule = self.rules.get((owner[0], path), rule)
                if (owner[0], path) in self.rules:
                    rules = (owner[0], owner[2])
            if self.is_shared_filler(row):
                continue
            parent = row['member'].rpartition('.')[0]
            extra = self.needed(*(rules[0], rule, place, rules[1]))
            if parent and extra is not None:
                outer = self.needed(struct, self.rules.get((struct, parent),
                                                           {}), place, base)
                extra = None if outer is None else outer + extra
            if extra is not None:
                self.add_member(call, pokes + extra, row, rule, place, base,
                                is_out or rule.get('direction') == 'out')

    def add_member(self, call, pokes, row, rule, place, base, is_out):
        kind = self.types[row['struct'], row['member']]
        inner = re.sub(r'const | ?\*| \[\d+\]', '', kind)
        offset = base + int(row['offset'])
        count = rule.get('count')
        if '*' in kind and inner in self.members and count and \
                count != 'address':
            self.add_list(call, pokes, row, inner, place, base, is_out)
        elif inner in self.members and '*' not in kind and \
                inner not in ('LARGE_INTEGER', 'LUID'):
            self.add_struct(call, pokes, inner, place, offset,
                            (row['struct'], row['member'], base), is_out)
        elif kind not in ('struct', 'union'):
            refused = self.calls[call][0] == 'UNSUPPORTED'
            # Of an array within the structure only what is counted shows.
            if '[' in kind and count and not count.isdigit():
                at, size, _, _ = self.find(row['struct'], count)
                pokes = pokes + [(place, base + at, size, 1)]
            self.add_leaf(call, pokes, row, place, base, is_out and refused)

    def add_list(self, call, pokes, row, inner, place, base, is_out):
        """The first element, in the buffer. Lists within lists there are none."""
        count = self.rules[row['struct'], row['member']]['count']
        if self.calls[call][0] == 'UNSUPPORTED' and is_out:
            return
        if not count.isdigit():
            at, size, _, _ = self.find(row['struct'], count)
            pokes = pokes + [(place, base + at, size, 1)]
        pokes = pokes + [(place, base + int(row['offset']), 8, 'b')]
        self.add_struct(call, pokes, inner, 'b', is_out=is_out)

    def make(self):
        for call, (_, _, struct) in enumerate(self.calls):
            self.add_struct(call, [], struct)


def trace(poke, cases):
    """The lines of the cases, each after one of what is the same without it."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'trace')
        commands = []
        for case in cases:
            commands += [Case(case.call, case.pokes[:-1], '', '').command(),
                         case.command()]
        subprocess.run([poke], input='\n'.join(commands) + '\n', text=True,
                       check=True, env=dict(os.environ, DXG_TRACE=path))
        with open(path) as f:
            lines = [re.sub(r'^\S+ (.*)\) = .*\n', r'\1', line) for line in f]
    if len(lines) != len(commands):
        sys.exit('%d lines of %d calls' % (len(lines), len(commands)))
    return zip(cases, lines[::2], lines[1::2])


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    poke, *data = sys.argv[1:]
    abi = Abi(*data)
    abi.make()
    failures = 0
    for case, before, after in trace(poke, abi.cases):
        if not case.is_in(before, after):
            failures += 1
            print('%s does not show in %s' % (case.name, after))
    members = len({(case.call, case.name) for case in abi.cases})
    print('%d members in %d lines, %d do not show' %
          (members, len(abi.cases), failures))
    sys.exit(1 if failures else 0)


if __name__ == '__main__':
    main()
