# SPDX-License-Identifier: MIT
"""Seeds of the target packet: a byte of flags, then packets."""
import struct

TWO_CONTEXTS, HW_QUEUE, READ_ONLY, TWICE, NO_TIMEOUT, AT_END, EVICTED = (
    1 << bit for bit in range(7))
COMMANDS, MEMORY, MEMORY_READ_ONLY, NON_LOCAL, OWN, ABSENT, NOTHING = (
    0x1000000000 + 0x10000 * place for place in range(7))
FENCE = 0xfe0cefe0cefe0ce0


def packet(opcode, *words):
    return struct.pack('<II%dQ' % len(words), opcode, 8 + 8 * len(words),
                       *words)


def nop(size=8):
    return packet(0, *[0] * (size // 8 - 1))


def fill(to, size, value):
    return packet(1, to, size, value)


def copy(to, source, size):
    return packet(2, to, source, size)


def write(to, value):
    return packet(3, to, value)


def add(to, value):
    return packet(4, to, value)


def timestamp(to):
    return packet(5, to)


def wait(at, value):
    return packet(6, at, value)


def spin(ns):
    return packet(7, ns)


TRAP, HANG = packet(8), packet(9)


def seed(*packets, flags=0):
    return bytes([flags]) + b''.join(packets)


SEEDS = {
    'absent': seed(write(ABSENT, 1)),
    'across': seed(copy(MEMORY + 0xff9, OWN + 3, 0x1001)),
    'add': seed(add(MEMORY, 5), add(OWN + 8, 1), add(FENCE, 1)),
    'at-end': seed(nop(32), write(MEMORY, 1), flags=AT_END),
    'bad-alignment': seed(write(MEMORY + 4, 1)),
    'bad-opcode': seed(nop(), packet(77, 1)),
    'bad-size': seed(nop(), struct.pack('<II', 3, 12)),
    'copy': seed(copy(MEMORY, COMMANDS, 64), copy(OWN, MEMORY, 0x2000),
                 copy(NON_LOCAL, OWN, 0x1234)),
    'copy-onto-itself': seed(copy(COMMANDS + 16, COMMANDS, 256)),
    'cut-off': seed(write(MEMORY, 1))[:-3],
    'evicted': seed(fill(MEMORY, 0x2000, 1), copy(NON_LOCAL, MEMORY, 0x2000),
                    flags=EVICTED),
    'fence': seed(write(FENCE, 1), wait(FENCE, 1), write(FENCE, 2)),
    'fill': seed(fill(MEMORY, 0x2000, 0x1234), fill(OWN + 4, 8, 1)),
    'hang': seed(HANG),
    'hang-for-ever': seed(HANG, flags=NO_TIMEOUT),
    'hw-queue': seed(fill(MEMORY, 16, 1), write(FENCE, 1), flags=HW_QUEUE),
    'no-end': seed(fill(MEMORY, 1 << 63, 0)),
    'nops': seed(nop(8), nop(16), nop(64)),
    'not-mapped': seed(copy(MEMORY, NOTHING, 8)),
    'read-only': seed(write(MEMORY_READ_ONLY, 1)),
    'self-modifying': seed(write(COMMANDS + 24, 0x800000008), TRAP,
                           flags=TWICE),
    'spin': seed(spin(1000), spin(10)),
    'spin-long': seed(spin(10 ** 12)),
    'timestamp': seed(timestamp(MEMORY), timestamp(OWN), timestamp(NON_LOCAL)),
    'trap': seed(nop(), TRAP),
    'two-contexts': seed(add(MEMORY, 1), wait(MEMORY, 2), write(OWN, 1),
                         flags=TWO_CONTEXTS),
    'wait-for-ever': seed(wait(MEMORY + 8, 1)),
    'wraps-around': seed(copy(2 ** 64 - 8, 2 ** 64 - 16, 32)),
}
