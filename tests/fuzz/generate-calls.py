#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Turn calls.txt into the table that program.c decodes inputs by.

usage: generate-calls.py calls.txt > fuzz-calls.c
"""
import sys

OBJECTS = ('adapter', 'device', 'context', 'hw_queue', 'paging_queue',
           'allocation', 'resource', 'sync', 'shared')


def parse(path):
    """[(number or None, request or None, structure, [[member, kind, ...]])]"""
    types = []
    with open(path) as f:
        for line in f:
            words = line.split('#')[0].split()
            if not words:
                continue
            if line[0] == '\t':
                types[-1][3].append(words)
            elif words[0] == 'struct':
                types.append((None, None, words[1], []))
            else:
                types.append((int(words[0], 16), words[1], words[2], []))
    return types


class Member:
    """One initialiser of struct fuzz_member."""

    def __init__(self, struct, words):
        self.fields = []
        self.struct = struct
        name, kind, rest = words[0], words[1], words[2:]
        self.add('name', '"%s"' % name)
        self.add('kind', 'FUZZ_' + kind.upper())
        self.add('at', self.offset(name))
        self.add('size', 'sizeof(((struct %s *)0)->%s)' % (struct, name))
        if kind in ('struct', 'structs', 'data'):
            self.add('of', '&struct_' + rest.pop(0))
        elif kind in ('handle', 'handles', 'gone', 'made', 'list'):
            if rest[0] not in OBJECTS:
                sys.exit('%s.%s: no object %s' % (struct, name, rest[0]))
            self.add('object', 'FUZZ_' + rest.pop(0).upper())
        if rest and rest[0].isdigit():
            self.add('fixed', rest.pop(0))
        elif rest:
            count = rest.pop(0)
            self.add('count_at', self.offset(count))
            self.add('count_size',
                     'sizeof(((struct %s *)0)->%s)' % (struct, count))
        if rest:
            sys.exit('%s.%s: what is %s?' % (struct, name, rest[0]))

    def add(self, field, value):
        self.fields.append('.%s = %s' % (field, value))

    def offset(self, member):
        return 'offsetof(struct %s, %s)' % (self.struct, member)


def print_struct(variable, request, struct, members):
    print('static const struct fuzz_member members_%s[] = {' % variable)
    for words in members:
        print('\t{ %s },' % ', '.join(Member(struct, words).fields))
    print('};\n')
    print('static const struct fuzz_struct struct_%s = {' % variable)
    print('\t.name = "%s", .size = sizeof(struct %s), .request = %s,' %
          (request or struct, struct, request or 0))
    print('\t.members = members_%s, .count = %d,\n};\n' %
          (variable, len(members)))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    types = parse(sys.argv[1])
    print('/* Generated from calls.txt. */')
    print('#include <stddef.h>\n')
    print('#include <dxg/uapi.h>\n#include <dxghost/gpu.h>\n')
    print('#include "calls.h"\n')
    for number, request, struct, members in types:
        print_struct(request or struct, request, struct, members)
    print('const struct fuzz_struct *const fuzz_calls[FUZZ_CALLS] = {')
    for number, request, _, _ in types:
        if number is not None:
            print('\t[%#04x] = &struct_%s,' % (number, request))
    print('};')


if __name__ == '__main__':
    main()
