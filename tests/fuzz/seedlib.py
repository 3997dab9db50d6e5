# SPDX-License-Identifier: MIT
"""Writes inputs of the fuzzers: the inverse of input.c, encode.c, program.c."""
import importlib.util
import os

HERE = os.path.dirname(os.path.abspath(__file__))


def load_generator():
    path = os.path.join(HERE, 'generate-calls.py')
    spec = importlib.util.spec_from_file_location('generate_calls', path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TYPES = load_generator().parse(os.path.join(HERE, 'calls.txt'))
CALLS = {number: members for number, _, _, members in TYPES
         if number is not None}
STRUCTS = {name: members for number, _, name, members in TYPES
           if number is None}
# What input.c knows by a code of its own.
KNOWN = {0xffffffff: 0xc0, 0xffffffffffffffff: 0xc3, 0x1000: 0xc7,
         0x2000: 0xc8, 0x10000: 0xc9, 0x20000: 0xca, 0x100000: 0xcb,
         0x41475844: 0xd7}
POINTERS = ('list', 'words', 'values', 'bytes', 'data', 'struct', 'structs')


class Raw:
    """Bytes of an input, whatever they mean."""

    def __init__(self, *codes):
        self.bytes = bytes(codes)


NONE = Raw(0x80)        # no handle, a NULL pointer
NOWHERE = Raw(0x82)     # a pointer to a page that is not there
READ_ONLY = Raw(0x83)
SHORT = Raw(0x85)       # a pointer to half of what is needed


def stale(index=0):
    """A handle whose object has been destroyed."""
    return Raw(0x90 + index)


def other(kind):
    """A handle of another kind, by its number in enum fuzz_object."""
    return Raw(0xa0 + kind)


def learned(index=0):
    """An address or a fence value that came back, the last one first."""
    return Raw(0xe0 + index)


def value(number):
    if isinstance(number, Raw):
        return number.bytes
    if 0 <= number < 0xc0:
        return bytes([number])
    if number in KNOWN:
        return bytes([KNOWN[number]])
    for code, size in ((0xf0, 1), (0xf1, 2), (0xf2, 4)):
        if 0 <= number < 1 << 8 * size:
            return bytes([code]) + number.to_bytes(size, 'little')
    return b'\xf3' + (number & (1 << 64) - 1).to_bytes(8, 'little')


def simple(number):
    """A byte that is an index or a code."""
    return number.bytes if isinstance(number, Raw) else bytes([number])


def bytes_of(data):
    return bytes([min(len(data), 255)]) + data[:255]


def entries(kind, rest, given):
    """What a pointer leads to, 0 for its place before it."""
    if kind == 'list':
        return b''.join(simple(entry) for entry in given)
    if kind in ('words', 'values'):
        return b''.join(value(entry) for entry in given)
    if kind == 'bytes':
        return bytes_of(given)
    if kind in ('struct', 'data'):
        return members(STRUCTS[rest[0]], given)
    return b''.join(members(STRUCTS[rest[0]], entry) for entry in given)


def member(kind, rest, given):
    if kind in ('made', 'learn'):
        return b''
    if kind in ('value', 'maybe'):
        return value(given or 0)
    if kind == 'handles':
        return b''.join(simple(entry) for entry in given or [])
    if kind in POINTERS:
        if given is None:
            return NONE.bytes
        if isinstance(given, Raw):
            return given.bytes
        return b'\0' + entries(kind, rest, given)
    if kind in ('handle', 'gone') and given is None and rest[0] == 'resource':
        return NONE.bytes
    return simple(given or 0)


def members(spec, given):
    """The members of one structure, those not given as few as there can be."""
    given = dict(given)
    counts = {words[-1]: len(given[words[0]]) for words in spec
              if words[1] in POINTERS + ('handles',) and
              isinstance(given.get(words[0]), (list, bytes))}
    out = b''
    done = set()
    for name, kind, *rest in spec:
        if name in done and kind == 'made':
            continue
        done.add(name)
        got = given.pop(name, counts.get(name))
        out += member(kind, rest, got)
    if given:
        raise ValueError('no such members: %s' % ', '.join(given))
    return out


class Program:
    """An input of the targets ioctl and host."""

    def __init__(self, profile=0, shares_first=False):
        self.bytes = bytes([profile | (0x80 if shares_first else 0)])

    def call(self, number, place=None, **given):
        """Members' names have __ for a dot; place: where the arguments are."""
        given = {name.replace('__', '.'): got for name, got in given.items()}
        code = number if place is None else number | 0x80
        self.bytes += bytes([code])
        self.bytes += b'' if place is None else place.bytes
        self.bytes += members(CALLS[number], given)
        return self

    def write(self, words, at=0, **lock):
        """To a locked allocation; @at counts words."""
        self.bytes += b'\x50' + members(CALLS[0x25], lock)
        self.bytes += bytes([at, len(words)])
        self.bytes += b''.join(value(word) for word in words)
        return self

    def close_share(self, index=0):
        self.bytes += bytes([0x51, index])
        return self

    def pause(self):
        self.bytes += b'\x52'
        return self

    def raw(self, request, data=b'', place=0):
        self.bytes += b'\x53' + request.to_bytes(4, 'little')
        self.bytes += bytes([place]) + data
        return self

    def reopen(self):
        self.bytes += b'\x54'
        return self

    def open_twice(self):
        self.bytes += b'\x55'
        return self

    def lies(self, *lies, early=False):
        """Read from the end: one byte a message, 0 for the truth."""
        codes = b''.join(bytes([lie]) if isinstance(lie, int) else
                         lie.bytes for lie in lies)
        self.bytes += b'\x7f' + (bytes([early]) + codes + b'\x1f')[::-1]
        return self
