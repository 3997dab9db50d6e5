#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Turn the ABI as data into the tables by which a call's argument is printed.

usage: generate-layouts.py ABI_FOLDER INCLUDE_FOLDER calls.h members.csv

Structures, members and types come from docs/abi, the names of enumerators from
the headers, the functions from calls.h. What none of them tells stands in
members.csv: which members the call writes, how many elements an array has, when
a member of a union holds. A pointer or a union that is not explained there is an
error. Writes C; what the tables mean stands in layout.h.
"""
import csv
import os
import re
import sys

UNSIGNED = ('UINT UINT32 ULONG DWORD BOOL UINT16 UINT64 ULONGLONG ULONG64 '
            'UCHAR BYTE BOOLEAN D3DGPU_SIZE_T D3DKMT_SIZE_T uint8_t uint16_t '
            'uint32_t D3DDDI_VIDEO_PRESENT_SOURCE_ID '
            'D3DDDI_VIDEO_PRESENT_TARGET_ID').split()
SIGNED = 'INT LONG NTSTATUS INT64 LONGLONG LONG64 HWND int int32_t int64_t'
HEX = 'D3DKMT_HANDLE D3DGPU_VIRTUAL_ADDRESS ULONG_PTR D3DKMT_UINT_PTR'
POINTER = 'HANDLE PVOID'

KINDS = dict([(name, 'UNSIGNED') for name in UNSIGNED] +
             [(name, 'SIGNED') for name in SIGNED.split()] +
             [(name, 'HEX') for name in HEX.split()] +
             [(name, 'POINTER') for name in POINTER.split()] +
             [('LUID', 'LUID'), ('LARGE_INTEGER', 'SIGNED'),
              ('PLARGE_INTEGER', 'POINTER'), ('WCHAR', 'TEXT'),
              ('FLOAT', 'HEX')])
FORMATS = {'hex': 'HEX', 'dec': 'UNSIGNED'}

# Structures of wintypes.h, which are no rows of the tables.
PLAIN = {
    'RECT': ['left', 'top', 'right', 'bottom'],
    'POINT': ['x', 'y'],
}

# Functions whose arguments are no structure: one that is like them, its names.
PARAMETERS = {
    'D3DKMTShareObjects': ('D3DKMT_SHAREOBJECTS', (
        'cObjects', 'hObjects', 'pObjectAttributes', 'dwDesiredAccess',
        'phSharedNtHandle')),
    'D3DKMTCloseDxCoreDevice': (None, ()),
}

# Told only where somebody has set them.
FILLER = re.compile(r'(Reserved|Padding|Unused)\d*$')
# They widen the pointer beside them.
WIDENER = re.compile(r'_Align$|^AlignUnionTo64')


def fail(*words):
    sys.exit('generate-layouts.py: ' + ' '.join(str(word) for word in words))


class Pool:
    """Strings that follow one another, by their place."""

    def __init__(self):
        self.places = {}
        self.size = 0

    def add(self, text):
        if text not in self.places:
            self.places[text] = self.size
            self.size += len(text) + 1
        return self.places[text]


class Member:
    """A row of abi-members.csv, with its type and its row in members.csv."""

    def __init__(self, row, declared, rule):
        self.struct = row['struct']
        self.path = row['member']
        self.name = self.path.split('.')[-1]
        self.start = int(row['offset'])
        self.end = self.start + int(row['size'])
        self.bit = int(row['bit_offset'] or 0)
        self.width = int(row['bit_width'] or 0)
        self.rule = rule or {}
        self.is_pointer = '*' in declared
        array = re.search(r'\[(\d+)\]', declared)
        self.capacity = int(array[1]) if array else 0
        self.type = re.sub(r'const | ?\*| \[\d+\]', '', declared)

    def word(self):
        return self.start, self.end

    def overlaps(self, other):
        if self.width and other.width and self.word() == other.word():
            return (self.bit < other.bit + other.width and
                    other.bit < self.bit + self.width)
        return self.start < other.end and other.start < self.end

    def when(self):
        return self.rule.get('when', '')


class Tables:
    def __init__(self, abi, include, calls, rules):
        self.abi = abi
        self.names = Pool()
        self.values = []
        self.enums = {}
        self.members = []
        self.layouts = []
        self.layout_numbers = {}
        self.rules = {(r['struct'], r['member']): r
                      for r in csv.DictReader(open(rules, newline=''))}
        self.unused = set(self.rules)
        self.types = {(r['struct'], r['member']): r['type']
                      for r in self.rows('abi-member-types.csv')}
        self.rows_of = {}
        for row in self.rows('abi-members.csv'):
            self.rows_of.setdefault(row['struct'], []).append(row)
        self.sources = self.read_enums(include)
        self.calls = re.findall(r'^[A-Z]+\((\w+)(?:, (?:const )?(\w+))?',
                                open(calls).read(), re.M)

    def rows(self, name):
        with open(os.path.join(self.abi, name), newline='') as f:
            return list(csv.DictReader(f))

    @staticmethod
    def read_enums(include):
        """{enum: [enumerators]}, of all headers."""
        found = {}
        for name in sorted(os.listdir(include)):
            if not name.endswith('.h'):
                continue
            text = open(os.path.join(include, name)).read()
            text = re.sub(r'/\*.*?\*/', '', text, flags=re.S)
            for body, enum in re.findall(r'typedef enum \w+ \{(.*?)\} (\w+);',
                                         text, re.S):
                found[enum] = re.findall(r'^\s*(\w+) =', body, re.M)
        return found

    # Which members a structure shows.

    def member(self, row):
        key = (row['struct'], row['member'])
        self.unused.discard(key)
        return Member(row, self.types[key], self.rules.get(key))

    def all_of(self, struct):
        if struct in PLAIN:
            return [Member({'struct': struct, 'member': name,
                            'offset': 4 * i, 'size': 4, 'bit_offset': '',
                            'bit_width': ''}, 'int', None)
                    for i, name in enumerate(PLAIN[struct])]
        return [self.member(row) for row in self.rows_of[struct]
                if not WIDENER.search(row['member'].split('.')[-1])]

    def shown(self, members):
        """Without views of a whole word of bits, and what unions do not hold."""
        words = {member.word() for member in members if member.width}
        members = [member for member in members
                   if member.width or member.word() not in words or
                   member.type in ('struct', 'union')]
        kept = []
        for member in members:
            others = [other for other in members
                      if other is not member and member.overlaps(other)]
            if others and FILLER.match(member.name):
                continue
            if not member.when() and any(not FILLER.match(other.name)
                                         for other in others):
                fail('%s.%s shares its place with' %
                     (member.struct, member.path),
                     ', '.join(other.path for other in others) +
                     ': say in members.csv when it holds')
            if member.when() != 'never':
                kept.append(member)
        return kept

    # Their rows.

    def enum(self, name):
        if name not in self.enums:
            first = len(self.values)
            for enumerator in self.sources[name]:
                self.values.append((self.names.add(enumerator), enumerator))
            self.enums[name] = (len(self.enums), first,
                                len(self.values) - first)
        return self.enums[name][0]

    def is_mask(self, name):
        return name.endswith('_FLAGS')

    @staticmethod
    def place(member):
        """C for where it is, and how large: bits have no address."""
        if member.width:
            return str(member.start), str(member.end - member.start)
        path = '%s, %s' % (member.struct, member.path)
        return ('offsetof(%s)' % path,
                'sizeof(((%s *)0)->%s)' % (member.struct, member.path))

    def find(self, struct, path):
        for row in self.rows_of[struct]:
            if row['member'] == path:
                return self.member(row)
        return None

    def number_at(self, struct, path):
        """C of a struct dxg_trace_number: a member, or a flag within one."""
        member = self.find(struct, path)
        base = '0'
        if not member and '.' in path:
            outer, inner = path.split('.', 1)
            outer = self.find(struct, outer)
            member = outer and self.find(outer.type, inner)
            base = member and 'offsetof(%s, %s)' % (struct, outer.path)
        if not member:
            fail('%s has no member %s' % (struct, path))
        at, size = self.place(member)
        return member, '{ %s + %s, %s, %d, %d }' % (base, at, size, member.bit,
                                                    member.width)

    def condition(self, member):
        when = member.when()
        if when in ('', 'always', 'set'):
            return None
        path, value = when.split('=')
        found, number = self.number_at(member.struct, path)
        if not value.isdigit() and value not in self.sources[found.type]:
            fail('%s is no %s' % (value, found.type))
        return '.when = %s, .when_is = %s' % (number, value)

    def count(self, member):
        count = member.rule.get('count', '')
        if member.is_pointer and member.type not in ('VOID', 'HANDLE') or count:
            if not count:
                fail('%s.%s points somewhere: say in members.csv to how many' %
                     (member.struct, member.path))
            if count == 'address':
                return None
            if count.isdigit():
                return '.place = DXG_TRACE_LIST, .capacity = %s' % count
            place = 'LIST' if member.is_pointer else 'ARRAY'
            return ('.place = DXG_TRACE_%s, .capacity = %s, .count = %s' %
                    (place, member.capacity or 'UINT16_MAX',
                     self.number_at(member.struct, count)[1]))
        if member.capacity and member.type != 'WCHAR':
            return '.place = DXG_TRACE_ARRAY, .capacity = %d' % member.capacity
        return None

    def kind(self, member, is_address):
        """(kind, number of its type or None)"""
        name = member.type
        form = member.rule.get('format')
        if form:
            return FORMATS[form], None
        if is_address or name == 'VOID' or name.startswith('PFN'):
            return 'POINTER', None
        if name in KINDS:
            return KINDS[name], None
        if name in self.sources:
            kind = 'MASK' if self.is_mask(name) else 'ENUM'
            return kind, self.enum(name)
        if name in self.rows_of or name in PLAIN:
            number = self.layout(name)
            return self.layouts[number][0], number
        return fail('%s.%s: what is %s?' % (member.struct, member.path, name))

    def element(self, member, is_address):
        """C for the size of what kind() says."""
        if is_address:
            return 'sizeof(void *)'
        if member.is_pointer and member.type == 'HANDLE':
            return 'sizeof(UINT64)'
        return 'sizeof(%s)' % member.type

    def add_member(self, member, group=None):
        """C of a struct dxg_trace_member; @group: kind and layout, if known."""
        count = self.count(member)
        is_address = member.is_pointer and not count
        kind, number = group or self.kind(member, is_address)
        at, size = self.place(member)
        if kind == 'STRUCT' and group:
            at = '0'
        if count:
            size = self.element(member, is_address)
        fields = ['.name = %d' % self.names.add(member.name),
                  '.at = { %s, %s, %d, %d }' % (at, size, member.bit,
                                                member.width),
                  '.kind = DXG_TRACE_' + kind]
        if number is not None:
            fields.append('.type = %d' % number)
        if count:
            fields.append(count)
        if member.rule.get('direction') == 'out':
            fields.append('.is_out = true')
        if member.when() == 'set' or FILLER.match(member.name):
            fields.append('.is_rare = true')
        condition = self.condition(member)
        if condition:
            fields.append(condition)
        return '{ %s }' % ', '.join(fields)

    # Structures.

    def expanded(self, struct, member):
        """The members of a union whose kind its owner tells."""
        inner = []
        for row in self.rows_of.get(member.type, []):
            path = '%s.%s' % (member.path, row['member'])
            rule = self.rules.get((struct, path))
            if rule:
                self.unused.discard((struct, path))
                self.types[struct, path] = self.types[member.type,
                                                      row['member']]
                inner.append(Member(dict(row, struct=struct, member=path),
                                    self.types[struct, path], rule))
        return inner

    def add_layout(self, size, members, rows):
        is_flags = all(member.width for member in members)
        first = len(self.members)
        self.members += rows
        self.layouts.append(('FLAGS' if is_flags else 'STRUCT', size, first,
                             len(rows)))
        return len(self.layouts) - 1

    def rows_within(self, struct, members, prefix=''):
        rows = []
        for member in members:
            inner = [m for m in members
                     if m.path.startswith(member.path + '.')]
            rest = member.path[len(prefix):]
            if '.' in rest:
                continue
            if member.type in ('struct', 'union'):
                rows.append(self.add_group(struct, member, inner))
            elif self.expanded(struct, member):
                rows.append(self.add_group(struct, member,
                                           self.expanded(struct, member)))
            else:
                rows.append(self.add_member(member))
        return rows

    def add_group(self, struct, member, inner):
        """
        A structure without a name of its own. Offsets within it are its owner's,
        so that a condition can look there; in a word of flags they are its own.
        """
        shown = self.shown(inner)
        if all(one.width for one in shown):
            for one in shown:
                one.start -= member.start
                one.end -= member.start
            rows = [self.add_member(one) for one in shown]
        else:
            rows = self.rows_within(struct, shown, member.path + '.')
        number = self.add_layout('sizeof(%s)' % struct, shown, rows)
        return self.add_member(member, (self.layouts[number][0], number))

    def layout(self, struct):
        if struct not in self.layout_numbers:
            members = self.all_of(struct)
            outer = [m for m in members if '.' not in m.path]
            kept = self.shown(outer)
            inner = [m for m in members if '.' in m.path]
            rows = self.rows_within(struct, kept + inner)
            size = 'sizeof(%s)' % struct
            self.layout_numbers[struct] = self.add_layout(size, kept, rows)
        return self.layout_numbers[struct]

    def parameters(self, function):
        """A layout of the same members under other names."""
        struct, names = PARAMETERS[function]
        if not struct:
            return self.add_layout('0', [], [])
        _, size, first, count = self.layouts[self.layout(struct)]
        if count != len(names):
            fail('%s is not like %s' % (function, struct))
        rows = [re.sub(r'\.name = \d+', '.name = %d' % self.names.add(name), row)
                for name, row in zip(names, self.members[first:first + count])]
        return self.add_layout(size, self.all_of(struct), rows)

    # Output.

    def make(self):
        self.functions = [(name, self.names.add(name),
                           self.layout(struct) if struct else
                           self.parameters(name), 'false' if struct else 'true')
                          for name, struct in self.calls]
        if self.unused:
            fail('members.csv has rows that nothing asks for:',
                 ', '.join('.'.join(key) for key in sorted(self.unused)))

    def print(self):
        print('/* Generated by generate-layouts.py. */')
        print('#include <stddef.h>\n\n#include <dxg/d3dkmthk.h>\n')
        print('#include "trace/layout.h"\n')
        print('const char dxg_trace_names[] =')
        for text in self.names.places:
            print('\t"%s\\0"' % text)
        print('\t;\n')
        print('const struct dxg_trace_value dxg_trace_values[] = {')
        for name, enumerator in self.values:
            print('\t{ (uint32_t)%s, %d },' % (enumerator, name))
        print('};\n\nconst struct dxg_trace_range dxg_trace_enums[] = {')
        for _, first, count in self.enums.values():
            print('\t{ %d, %d },' % (first, count))
        print('};\n\nconst struct dxg_trace_member dxg_trace_members[] = {')
        for row in self.members:
            print('\t%s,' % row)
        print('};\n\nconst struct dxg_trace_layout dxg_trace_layouts[] = {')
        for _, size, first, count in self.layouts:
            print('\t{ %s, { %d, %d } },' % (size, first, count))
        print('};\n\nconst struct dxg_trace_function '
              'dxg_trace_functions[DXG_CALL_COUNT] = {')
        for name, *row in self.functions:
            print('\t[DXG_CALL_%s] = { %d, %d, %s },' % (name, *row))
        print('};')


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    tables = Tables(*sys.argv[1:])
    tables.make()
    tables.print()


if __name__ == '__main__':
    main()
