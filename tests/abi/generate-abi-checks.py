#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Turn every row of docs/abi/abi-*.csv into a check of the public headers.

usage: generate-abi-checks.py {wide|utf16|requests} DIR

wide:     the Windows-side headers, uapi.h, enumerators and requests
utf16:    the structures that differ with a wchar_t of two bytes
requests: sizes and offsets of arguments alone, the same in 32-bit programs

Writes C. What the macros in it mean stands in abi-checks.h.
"""
import csv
import os
import sys


class Checks:
    def __init__(self, folder, mode):
        self.folder = folder
        self.mode = mode
        self.lines = []
        self.bits = []
        self.counts = []

    def rows(self, name):
        with open(os.path.join(self.folder, name), newline='') as f:
            return list(csv.DictReader(f))

    def each(self, name, check):
        """One check a row; the number is compared with the file's."""
        rows = self.rows(name)
        made = sum(1 for row in rows if check(row))
        self.counts.append((name, made))

    def add(self, macro, *args):
        self.lines.append('%s(%s)' % (macro, ', '.join(args)))
        return True

    def add_bits(self, macro, *args):
        self.bits.append('%s(%s);' % (macro, ', '.join(args)))
        return True

    def basic_type(self, r):
        return self.add('BASIC', r['type'], r['meaning'], r['size'],
                        r['align'])

    def struct(self, r, prefix=''):
        return self.add('SIZE', prefix + r['struct'], r['size'], r['align'])

    def member(self, r, prefix=''):
        """Plain members are for the compiler, bit-fields for the test."""
        struct = prefix + r['struct']
        if r.get('bit_width'):
            return self.add_bits('BITS', struct, r['member'], r['offset'],
                                 r['size'], r['bit_offset'], r['bit_width'])
        return self.add('AT', struct, r['member'], r['offset'], r['size'])

    def type(self, r, fields):
        struct, member, kind = r['struct'], r['member'], r['type']
        if kind in ('struct', 'union'):
            return self.add('HAS', struct, member)
        if (struct, member) in fields:
            return self.add_bits('FIELD', struct, member, kind)
        return self.add('TYPE', struct, member, kind)

    def enumerator(self, r):
        return self.add('VALUE', r['enum'], r['name'], r['value'] + 'll')

    def request(self, r):
        return self.add('REQUEST', r['lx_name'], r['request_hex'], r['nr'],
                        r['args_struct'], r['size'])

    def kernel_bits(self, r):
        ones = (1 << int(r['bit_width'])) - 1
        value = ones << int(r['bit_offset'])
        return self.add('EQUAL', r['macro'], '%#xull' % value)

    def kernel_value(self, r):
        return self.add('EQUAL', r['name'], r['value'] + 'll')

    def make(self):
        if self.mode == 'requests':
            self.make_requests()
        elif self.mode == 'utf16':
            self.each('abi-structs-utf16.csv', self.struct)
            self.each('abi-members-utf16.csv', self.member)
        else:
            self.make_wide()

    def make_requests(self):
        args = {r['args_struct'] for r in self.rows('abi-ioctls.csv')}

        self.each('abi-ioctls.csv', self.request)
        for r in self.rows('abi-members.csv'):
            if r['struct'] in args and not r['bit_width']:
                self.add('OFFSET', r['struct'], r['member'], r['offset'])
        self.each('abi-kernel-members.csv',
                  lambda r: self.member(r, 'struct '))

    def make_wide(self):
        fields = {(r['struct'], r['member'])
                  for r in self.rows('abi-members.csv') if r['bit_width']}

        self.each('abi-basic-types.csv', self.basic_type)
        self.each('abi-structs.csv', self.struct)
        self.each('abi-members.csv', self.member)
        self.each('abi-member-types.csv', lambda r: self.type(r, fields))
        self.each('abi-enums.csv', self.enumerator)
        self.each('abi-ioctls.csv', self.request)
        self.each('abi-kernel-structs.csv',
                  lambda r: self.struct(r, 'struct '))
        self.each('abi-kernel-members.csv',
                  lambda r: self.member(r, 'struct '))
        self.each('abi-kernel-bits.csv', self.kernel_bits)
        self.each('abi-kernel-values.csv', self.kernel_value)

    def print(self):
        print('/* Generated from docs/abi/abi-*.csv. */')
        print('#include "abi-checks.h"\n')
        print('\n'.join(self.lines))
        if self.mode == 'requests':
            return
        print('\nvoid abi_check_bits_%s(void)\n{' % self.mode)
        for line in self.bits:
            print('\t' + line)
        print('}\n')
        print('const unsigned int abi_bits_%s = %d;' %
              (self.mode, len(self.bits)))
        print('const struct abi_count abi_counts_%s[] = {' % self.mode)
        for name, count in self.counts:
            print('\t{ "%s", %d },' % (name, count))
        print('\t{ 0, 0 },\n};')


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in ('wide', 'utf16', 'requests'):
        sys.exit(__doc__)
    checks = Checks(sys.argv[2], sys.argv[1])
    checks.make()
    checks.print()


if __name__ == '__main__':
    main()
