# SPDX-License-Identifier: MIT
"""The ABI as data, and members.csv: which members a structure shows."""
import csv
import os
import re
import sys

# Told only where somebody has set them.
FILLER = re.compile(r'(Reserved|Padding|Unused)\d*$')
# They widen the pointer beside them.
WIDENER = re.compile(r'_Align$|^AlignUnionTo64')

# Structures of wintypes.h, which are no rows of the tables.
PLAIN = {
    'RECT': ['left', 'top', 'right', 'bottom'],
    'POINT': ['x', 'y'],
}


def fail(*words):
    sys.exit('generate-layouts.py: ' + ' '.join(str(word) for word in words))


class Member:
    """A row of abi-members.csv, with its type and its row in members.csv."""

    def __init__(self, struct, path, row, declared, rule):
        self.struct = struct
        self.path = path
        self.name = path.split('.')[-1]
        self.start = int(row['offset'])
        self.end = self.start + int(row['size'])
        self.bit = int(row['bit_offset'] or 0)
        self.width = int(row['bit_width'] or 0)
        self.declared = declared
        self.is_pointer = '*' in declared
        array = re.search(r'\[(\d+)\]', declared)
        self.capacity = int(array[1]) if array else 0
        self.type = re.sub(r'const | ?\*| \[\d+\]', '', declared)
        rule = rule or {}
        self.when = rule.get('when', '')
        self.count = rule.get('count', '')
        self.format = rule.get('format', '')
        self.is_out = rule.get('direction') == 'out'

    def is_filler(self):
        return FILLER.match(self.name)

    def is_unnamed(self):
        """A structure that has no type, only members."""
        return self.type in ('struct', 'union')

    def overlaps(self, other):
        if self.width and other.width and self.start == other.start:
            return (self.bit < other.bit + other.width and
                    other.bit < self.bit + self.width)
        return self.start < other.end and other.start < self.end


class Abi:
    def __init__(self, folder, include, rules):
        self.folder = folder
        self.enums = self.read_enums(include)
        self.rules = self.read_rules(rules)
        self.unused = set(self.rules)
        self.types = {(r['struct'], r['member']): r['type']
                      for r in self.rows('abi-member-types.csv')}
        self.structs = {}
        for row in self.rows('abi-members.csv'):
            self.structs.setdefault(row['struct'], []).append(row)
        for struct, names in PLAIN.items():
            self.structs[struct] = [self.plain_row(struct, name, 4 * i)
                                    for i, name in enumerate(names)]

    def rows(self, name):
        with open(os.path.join(self.folder, name), newline='') as f:
            return list(csv.DictReader(f))

    def plain_row(self, struct, name, offset):
        self.types[struct, name] = 'int'
        return {'struct': struct, 'member': name, 'offset': offset, 'size': 4,
                'bit_offset': '', 'bit_width': ''}

    @staticmethod
    def read_rules(path):
        rules = {}
        with open(path, newline='') as f:
            for row in csv.DictReader(f):
                key = row['struct'], row['member']
                if key in rules:
                    fail('members.csv has two rows for %s.%s' % key)
                rules[key] = row
        return rules

    @staticmethod
    def read_enums(include):
        """{enum: [enumerators]} of all headers, which have more than docs/abi."""
        found = {}
        for name in sorted(os.listdir(include)):
            if not name.endswith('.h'):
                continue
            with open(os.path.join(include, name)) as f:
                text = re.sub(r'/\*.*?\*/', '', f.read(), flags=re.S)
            for body, enum in re.findall(r'typedef enum \w+ \{(.*?)\} (\w+);',
                                         text, re.S):
                found[enum] = re.findall(r'^\s*(\w+) =', body, re.M)
        return found

    def rule(self, struct, path):
        self.unused.discard((struct, path))
        return self.rules.get((struct, path))

    def member(self, row):
        key = row['struct'], row['member']
        return Member(*key, row, self.types[key], self.rule(*key))

    def find(self, struct, path):
        for row in self.structs[struct]:
            if row['member'] == path:
                return self.member(row)
        return None

    def members(self, struct):
        """All but the wideners, those of unnamed structures by their paths."""
        return [self.member(row) for row in self.structs[struct]
                if not WIDENER.search(row['member'].split('.')[-1])]

    def inner_members(self, struct, member):
        """
        Those of a union whose kind its owner tells: there are rows for them
        under the owner's name.
        """
        found = []
        for row in self.structs.get(member.type, []):
            path = '%s.%s' % (member.path, row['member'])
            rule = self.rule(struct, path)
            if rule:
                declared = self.types[member.type, row['member']]
                found.append(Member(struct, path, row, declared, rule))
        return found

    @staticmethod
    def shown(members):
        """Without other views of a word of bits, and what unions do not hold."""
        words = {(m.start, m.end) for m in members if m.width}
        members = [m for m in members
                   if m.width or (m.start, m.end) not in words or
                   m.is_unnamed()]
        kept = []
        for member in members:
            others = [m for m in members
                      if m is not member and m.overlaps(member)]
            if others and member.is_filler():
                continue
            others = [m.path for m in others if not m.is_filler()]
            if others and not member.when:
                fail('%s.%s shares its place with' %
                     (member.struct, member.path), ', '.join(others) +
                     ': say in members.csv when it holds')
            if member.when != 'never':
                kept.append(member)
        return kept
