#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Turn the ABI as data into the tables by which a call's argument is printed.

usage: generate-layouts.py ABI_FOLDER INCLUDE_FOLDER members.csv calls.h

Structures, members and types come from docs/abi, the names of enumerators from
the headers, the functions from calls.h. What none of them tells stands in
members.csv: which members the call writes, how many elements an array has, when
a member of a union holds. A pointer or a union that is not explained there is an
error. Writes C; what the tables mean stands in layout.h.
"""
import re
import sys

sys.dont_write_bytecode = True

from abi import Abi, fail  # noqa: E402

KINDS = {
    'UNSIGNED': 'UINT UINT32 ULONG DWORD BOOL UINT16 UINT64 ULONGLONG ULONG64 '
                'UCHAR BYTE BOOLEAN D3DGPU_SIZE_T D3DKMT_SIZE_T uint8_t '
                'uint16_t uint32_t D3DDDI_VIDEO_PRESENT_SOURCE_ID '
                'D3DDDI_VIDEO_PRESENT_TARGET_ID',
    'SIGNED': 'INT LONG INT64 LONGLONG LONG64 LARGE_INTEGER int int32_t '
              'int64_t',
    'HEX': 'D3DKMT_HANDLE D3DGPU_VIRTUAL_ADDRESS ULONG_PTR D3DKMT_UINT_PTR '
           'HWND',
    'POINTER': 'VOID HANDLE PVOID PLARGE_INTEGER',
    'LUID': 'LUID',
    'TEXT': 'WCHAR',
}
KIND_OF = {name: kind for kind, names in KINDS.items()
           for name in names.split()}
FORMATS = {'hex': 'HEX', 'dec': 'UNSIGNED'}
# Those whose values are bits.
MASKS = ('DXGK_PAGE_FAULT_FLAGS',)

# Functions whose arguments are no structure: one that is like them, its names.
PARAMETERS = {
    'D3DKMTShareObjects': ('D3DKMT_SHAREOBJECTS', (
        'cObjects', 'hObjects', 'pObjectAttributes', 'dwDesiredAccess',
        'phSharedNtHandle')),
    'D3DKMTCloseDxCoreDevice': (None, ()),
}


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


class Tables:
    def __init__(self, abi):
        self.abi = abi
        self.names = Pool()
        self.values = []
        self.enums = {}
        self.members = []
        self.layouts = []
        self.numbers = {}    # of the layouts, by structure
        self.functions = []

    def enum(self, name):
        """Its number. Of two names of one value the later says more."""
        if name not in self.enums:
            first = len(self.values)
            order = self.abi.enums[name]
            for enumerator in order if name in MASKS else reversed(order):
                self.values.append((self.names.add(enumerator), enumerator))
            self.enums[name] = (len(self.enums), first, len(order))
        return self.enums[name][0]

    # A member as C: an initialiser of struct dxg_trace_member.

    @staticmethod
    def place(member):
        """Where it is, and how large: bits have no address."""
        if member.width:
            return str(member.start), str(member.end - member.start)
        return ('offsetof(%s, %s)' % (member.struct, member.path),
                'sizeof(((%s *)0)->%s)' % (member.struct, member.path))

    def number(self, struct, path):
        """A member that is a number, or a flag within one that is flags."""
        found = self.abi.find(struct, path)
        base = '0'
        if not found and '.' in path:
            outer, inner = path.split('.', 1)
            outer = self.abi.find(struct, outer)
            found = outer and self.abi.find(outer.type, inner)
            base = found and 'offsetof(%s, %s)' % (struct, outer.path)
        if not found:
            fail('%s has no member %s' % (struct, path))
        at, size = self.place(found)
        return found, '{ %s + %s, %s, %d, %d }' % (base, at, size, found.bit,
                                                   found.width)

    def condition(self, member):
        path, value = member.when.split('=')
        found, number = self.number(member.struct, path)
        if not value.isdigit() and value not in self.abi.enums[found.type]:
            fail('%s is no %s' % (value, found.type))
        return '.when = %s, .when_is = %s' % (number, value)

    def elements(self, member):
        """Of an array, within the structure or behind a pointer; or None."""
        count = member.count
        if member.is_pointer and member.type not in ('VOID', 'HANDLE') and \
                not count:
            fail('%s.%s points somewhere: say in members.csv to how many' %
                 (member.struct, member.path))
        if count.isdigit():
            return '.place = DXG_TRACE_LIST, .capacity = %s' % count
        if count and count != 'address':
            return ('.place = DXG_TRACE_%s, .capacity = %s, .count = %s' %
                    ('LIST' if member.is_pointer else 'ARRAY',
                     member.capacity or 'UINT16_MAX',
                     self.number(member.struct, count)[1]))
        if member.capacity and member.type != 'WCHAR':
            return '.place = DXG_TRACE_ARRAY, .capacity = %d' % member.capacity
        return None

    def kind(self, member, is_address):
        """(kind, number of its type or None)"""
        name = member.type
        if member.format:
            return FORMATS[member.format], None
        if is_address:
            return 'POINTER', None
        if name in KIND_OF:
            return KIND_OF[name], None
        if name in self.abi.enums:
            return 'MASK' if name in MASKS else 'ENUM', self.enum(name)
        if name in self.abi.structs:
            number = self.layout(name)
            return self.layouts[number][0], number
        return fail('%s.%s: what is %s?' % (member.struct, member.path, name))

    @staticmethod
    def element_size(member):
        if member.is_pointer and member.type == 'HANDLE':
            return 'sizeof(UINT64)'
        return 'sizeof(%s)' % member.type

    def member(self, member, group=None):
        """@group: the kind and number of a layout that is no type's."""
        elements = self.elements(member)
        kind, number = group or self.kind(member,
                                          member.is_pointer and not elements)
        at, size = self.place(member)
        if group and kind == 'STRUCT':
            at = '0'
        if elements:
            size = self.element_size(member)
        fields = ['.name = %d' % self.names.add(member.name),
                  '.at = { %s, %s, %d, %d }' % (at, size, member.bit,
                                                member.width),
                  '.kind = DXG_TRACE_' + kind]
        if number is not None:
            fields.append('.type = %d' % number)
        if elements:
            fields.append(elements)
        if member.is_out:
            fields.append('.is_out = true')
        if member.when == 'set' or member.is_filler():
            fields.append('.is_rare = true')
        if '=' in member.when:
            fields.append(self.condition(member))
        return '{ %s }' % ', '.join(fields)

    # A structure.

    def is_flags(self, members):
        return all(m.width and not m.when and m.type not in self.abi.enums
                   for m in members)

    def add_layout(self, kind, size, rows):
        self.layouts.append((kind, size, len(self.members), len(rows)))
        self.members += rows
        return len(self.layouts) - 1

    def group(self, struct, member, inner):
        """
        A structure that is no type's. Offsets within it are its owner's, so
        that a condition can look there; in a word of flags they are its own.
        """
        shown = self.abi.shown([m for m in inner if m.path.count('.') ==
                                member.path.count('.') + 1])
        kind = 'FLAGS' if self.is_flags(shown) else 'STRUCT'
        if kind == 'FLAGS':
            for one in shown:
                one.start -= member.start
                one.end -= member.start
        rows = [self.row(struct, one, inner) for one in shown]
        number = self.add_layout(kind, 'sizeof(%s)' % struct, rows)
        return self.member(member, (kind, number))

    def row(self, struct, member, others):
        """@others: among whom those are whose paths begin with this one's."""
        inner = (self.abi.inner_members(struct, member) or
                 [m for m in others if m.path.startswith(member.path + '.')])
        if inner:
            return self.group(struct, member, inner)
        return self.member(member)

    def layout(self, struct):
        if struct not in self.numbers:
            members = self.abi.members(struct)
            shown = self.abi.shown([m for m in members if '.' not in m.path])
            rows = [self.row(struct, one, members) for one in shown]
            kind = 'FLAGS' if self.is_flags(shown) else 'STRUCT'
            self.numbers[struct] = self.add_layout(kind, 'sizeof(%s)' % struct,
                                                   rows)
        return self.numbers[struct]

    # Functions.

    def parameters(self, function):
        """A layout of the same members under other names."""
        struct, names = PARAMETERS[function]
        if not struct:
            return self.add_layout('STRUCT', '0', [])
        _, size, first, count = self.layouts[self.layout(struct)]
        if count != len(names):
            fail('%s is not like %s' % (function, struct))
        rows = [re.sub(r'\.name = \d+', '.name = %d' % self.names.add(name),
                       row)
                for name, row in zip(names, self.members[first:first + count])]
        return self.add_layout('STRUCT', size, rows)

    def make(self, calls):
        for name, struct in calls:
            layout = self.layout(struct) if struct else self.parameters(name)
            self.functions.append((name, self.names.add(name), layout,
                                   'false' if struct else 'true'))
        if self.names.size > 65535:
            fail('%d bytes of names are more than a place has bits for' %
                 self.names.size)
        if self.abi.unused:
            fail('members.csv has rows that nothing asks for:',
                 ', '.join('.'.join(key) for key in sorted(self.abi.unused)))

    def print(self):
        print('/* Generated by generate-layouts.py. */')
        print('#include <stddef.h>\n\n#include <dxg/d3dkmthk.h>\n')
        print('#include "trace/layout.h"\n')
        print('const char dxg_trace_names[] =')
        for text in self.names.places:
            print('\t"%s\\0"' % text)
        print('\t;\n\nconst struct dxg_trace_value dxg_trace_values[] = {')
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
    tables = Tables(Abi(*sys.argv[1:4]))
    with open(sys.argv[4]) as f:
        tables.make(re.findall(r'^[A-Z]+\((\w+)(?:, (?:const )?(\w+))?',
                               f.read(), re.M))
    tables.print()


if __name__ == '__main__':
    main()
