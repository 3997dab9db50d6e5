#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Turn every row of vmbus-messages.csv into a compile-time check of wire.h.

usage: generate-wire-checks.py vmbus-messages.csv > wire-checks.c
"""
import csv
import re
import sys

# Element types of the repeated tail entries, and where entry 0 begins.
ELEMENTS = {
    ('CREATEALLOCATION', 'request.alloc_info[i].'):
        ('dxgk_wire_createallocation_info', 64),
    ('CREATEALLOCATION', 'reply.allocation_info[i].'):
        ('dxgk_wire_createallocation_result', 16),
    ('UPDATEGPUVIRTUALADDRESS', 'request.operations[i].'):
        ('dxgk_wire_updategpuva_operation', 56),
}


def constant_part(formula):
    """The offset that a formula yields when every count in it is zero."""
    return eval(re.sub(r'[A-Za-z]+', '0', formula))


def member(name, offset):
    name = re.sub(r'\[\d+\]', '', name)
    return name.replace('(padding)', 'pad%d' % offset)


def check(struct, name, offset, size, base=0):
    path = member(name, offset)
    print('AT(%s, %s, %d, %d);' % (struct, path, offset, size))


def has_layout(rows):
    return any(not r['name'].startswith('hdr.') for r in rows)


def command_checks(rows):
    first = rows[0]
    name = first['command']
    low = name.lower()
    from_host = first['direction'] == 'host'
    header = ('dxgk_wire_vm_header'
              if first['channel'] == 'global' and not from_host
              else 'dxgk_wire_vgpu_header')
    prefix = ('DXGK_HOSTMSG_' if from_host else
              'DXGK_VMCMD_' if first['channel'] == 'global' else 'DXGK_CMD_')
    print('_Static_assert(%s%s == %s, "number");' %
          (prefix, name, first['number']))
    parts = {}
    for row in rows:
        parts.setdefault(row['part'], []).append(row)
    echo = any(r['name'].startswith('hdr.') for r in parts.get('reply', []))
    status_only = [r['name'] for r in parts.get('reply', [])] == ['status']

    for row in rows:
        part, text = row['part'], row['name']
        if part == 'tail':
            tail_check(row, name)
            continue
        offset, size = int(row['offset']), int(row['size'])
        if text.startswith('hdr.'):
            print('AT(%s, %s, %d, %d);' %
                  (header, member(text[4:], offset), offset, size))
        elif part == 'request' or echo:
            check('dxgk_wire_' + low, text, offset, size)
        elif status_only:
            check('dxgk_wire_status_reply', text, offset, size)
        else:
            check('dxgk_wire_%s_reply' % low, text, offset, size)


def tail_check(row, command):
    text, formula = row['name'], row['offset']
    for (owner, prefix), (struct, base) in ELEMENTS.items():
        if owner == command and text.startswith(prefix):
            offset = constant_part(formula) - base
            check(struct, text[len(prefix):], offset, int(row['size']))
            return
    side = 'REPLY_TAIL' if text.startswith('reply.') else 'TAIL'
    print('_Static_assert(DXGK_WIRE_%s_%s == %d, "%s");' %
          (command, side, constant_part(formula), text))


def main():
    with open(sys.argv[1], newline='') as f:
        rows = list(csv.DictReader(f))
    commands = {}
    for row in rows:
        key = (row['command'], row['number'], row['channel'], row['direction'])
        commands.setdefault(key, []).append(row)
    print('/* Generated from vmbus-messages.csv. */')
    print('#include <stddef.h>')
    print('#include "wire-checks.h"')
    print('#include "wire.h"')
    print('#define AT(type, path, offset, bytes) \\')
    print('\t_Static_assert(offsetof(struct type, path) == (offset) && \\')
    print('\t\tsizeof(((struct type *)0)->path) == (bytes), #type "." #path)')
    for (name, number, _, _), members in commands.items():
        if name == 'EXTENDED_HEADER':
            for row in members:
                check('dxgk_wire_extended_header', row['name'],
                      int(row['offset']), int(row['size']))
        else:
            command_checks(members)
    print('const unsigned int wire_rows_checked = %d;' % len(rows))


if __name__ == '__main__':
    main()
