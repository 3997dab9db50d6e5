# SPDX-License-Identifier: MIT
"""Seeds of the target host: the programs of seeds_ioctl.py, and lies."""
import seeds_ioctl as ioctl
from seedlib import Raw, value

# enum lie in transport.c.
(INVENT, PATCH, SHORT, LONG, ERROR, STATUS, MESSAGE, ANSWERED, KILLED,
 KILLED_PATCH, KILLED_INVENT, AGAIN) = range(1, 13)
# All of the request was kept, or as much as has to be.
LATE, LATE_CUT = Raw(KILLED, 0), Raw(KILLED, 1)

IO_START = 1 << 50
IO_SIZE = 70 << 20
SIGNAL, SET_DATA = 0, 2


def patch(*words):
    """(offset in dwords, value) each."""
    return Raw(PATCH, len(words) - 1,
               *b''.join(bytes([at]) + value(to) for at, to in words))


def invent(*words):
    return Raw(INVENT, *value(4 * len(words)), *b''.join(map(value, words)))


def message(kind, number, data=1, lie=MESSAGE, size=0):
    return Raw(lie, size, kind, *value(number), *value(data), *value(0))


def after(truths, *lies):
    return [0] * truths + list(lies)


# The messages of a GPU's bring-up: process, adapter; device, context, paging
# queue, fence; then allocation, resident, mapped.
DEVICE, CONTEXT, PAGING, FENCE, ALLOCATION, RESIDENT, MAPPED = range(1, 8)


def gpu():
    return ioctl.memory(ioctl.gpu())


def twice():
    """Everything is made once more, for what fails the first time."""
    program = ioctl.adapter()
    for number, given in (
            (0x02, {}), (0x04, {'flags': ioctl.HW_QUEUE}), (0x07, {}),
            (0x10, {'info__type': ioctl.MONITORED}),
            (0x06, {'allocation_info': [ioctl.allocation()]}), (0x18, {}),
            (0x25, {}), (0x06, {'flags': ioctl.RESOURCE,
                                'allocation_info': [ioctl.allocation()]})):
        program.call(number, **given).call(number, **given)
    return program


SEEDS = {name: program.bytes for name, program in {
    'again': ioctl.lock().lies(*after(2, *[AGAIN] * 4)),
    'allocation-size': ioctl.lock().lies(*after(2, patch((8, 1 << 40)))),
    'allocation-size-0': ioctl.lock().lies(*after(2, patch((8, 0), (9, 0)))),
    'config': ioctl.device().lies(INVENT, *value(41), early=True),
    'device-handle-0': ioctl.device().lies(*after(1, invent(0))),
    'early-lies': ioctl.device().lies(0, 0, 0, 0, 0, Raw(STATUS, 1),
                                      early=True),
    'errors': twice().lies(
        *after(1, *[lie for code in range(5)
                    for lie in (Raw(ERROR, code), 0)])),
    'fence-below-io': ioctl.gpu().lies(
        *after(4, patch((4, IO_START - 0x1000)))),
    'fence-beyond-io': ioctl.gpu().lies(
        *after(4, patch((4, IO_START + IO_SIZE)))),
    'fence-offset': ioctl.gpu().lies(*after(4, patch((6, 0xfff)))),
    'fence-odd': ioctl.gpu().lies(*after(4, patch((4, IO_START + 1)))),
    'honest': ioctl.work().lies(),
    'late-allocation': ioctl.lock().lies(*after(2, LATE)),
    'late-cut': ioctl.residency().lies(*after(5, LATE_CUT, LATE_CUT)),
    'late-device': ioctl.device().lies(*after(1, LATE)),
    'late-everything': twice().lies(*after(1, *[LATE, 0] * 8)),
    'late-invented': gpu().lies(
        *after(3, Raw(KILLED_INVENT, 0, 4, *value(0xc0000040)))),
    'late-patched': ioctl.share_resource().lies(
        *after(2, Raw(KILLED_PATCH, 0, 0, 4, 0))),
    'lock-beyond-io': ioctl.lock().lies(
        *after(3, patch((2, IO_START + IO_SIZE - 0x1000)))),
    'lock-below-io': ioctl.lock().lies(*after(3, patch((2, 0x1000), (3, 0)))),
    'lost-device': ioctl.states().lies(
        *after(2, message(SET_DATA, 1), 0, message(SET_DATA, 2))),
    'lost-messages': ioctl.work().lies(*after(8, *[INVENT] * 4)),
    'old-host': ioctl.memory(ioctl.gpu(ioctl.OLD)).lies(
        *after(6, Raw(SHORT, 0))),
    'resource': ioctl.share_resource().lies(*after(3, invent(0xc0000040))),
    'same-handle': ioctl.gpu().lies(
        *after(3, invent(0xc0000040, 0xc0000040))),
    'share': ioctl.share_sync().lies(*after(6, patch((0, 0)))),
    'short': gpu().lies(*after(4, Raw(SHORT, 4), Raw(SHORT, 0),
                               Raw(SHORT, 8))),
    'signals': ioctl.gpu_sync().lies(
        *[message(SIGNAL, event) for event in range(1, 9)]),
    'signals-between': ioctl.sync_types().lies(
        *[message(SIGNAL, event, lie=ANSWERED) for event in range(1, 6)]),
    'statuses': ioctl.residency().lies(
        *after(4, *[Raw(STATUS, code) for code in range(10)])),
    'too-long': ioctl.queries().lies(*after(1, *[Raw(LONG, 255)] * 6)),
    'trim': ioctl.residency().lies(*after(6, patch((4, 0x103), (0, 1 << 63)))),
    'unknown-messages': ioctl.device().lies(
        message(1, 1), message(3, 1), message(4, 1), message(7, 1),
        message(0, 1, size=24)),
}.items()}
