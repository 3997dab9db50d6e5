# SPDX-License-Identifier: MIT
"""Seeds of the target message: what a guest says, by docs/abi."""
import csv
import os
import struct

from seedlib import HERE, KNOWN

# The order of the table in fuzz-message.c.
(PROCESS, ADAPTER, DEVICE, CONTEXT, PAGING_QUEUE, PAGING_FENCE, ALLOCATION,
 RESOURCE, SYNC, FENCE_VA, HW_QUEUE, PROGRESS_FENCE, SHARED, MAPPED,
 GLOBAL_SYNC, OPENED) = (('place', number) for number in range(16))

ONE_WAY, OWN_CHANNEL, NO_PROCESS, ODD_HEADER, ODD_SIZE, UNALIGNED = (
    1 << bit for bit in range(6))
OLD, NO_GREETING = 1, 2
IO_START = 0x800000000
MAGIC = 0x41475844


def load():
    """Command: (its number, {member: (offset, size)}, size)."""
    commands = {}
    path = os.path.join(HERE, '../../docs/abi/vmbus-messages.csv')
    with open(path, newline='') as f:
        for row in csv.DictReader(f):
            if row['part'] != 'request' or not row['number']:
                continue
            number = int(row['number'])
            _, members, size = commands.get(row['command'], (0, {}, 24))
            at, length = int(row['offset']), int(row['size'])
            members[row['name']] = (at, length)
            commands[row['command']] = (number, members,
                                        max(size, at + length))
    return commands


COMMANDS = load()


def word(number):
    if number in KNOWN and number < 1 << 32:
        return bytes([KNOWN[number]])
    if number < 0xc0:
        return bytes([number])
    return b'\xf2' + struct.pack('<I', number)


def encode(words):
    """Zeros in a run; a place that is 64 bits wide has taken two words."""
    out, zeros = b'', 0
    for entry in words + [None]:
        if entry == 0 and zeros < 255:
            zeros += 1
            continue
        out += bytes([0xf8, zeros]) if zeros else b''
        zeros = 0
        if isinstance(entry, tuple):
            out += bytes([0xe0 + entry[1]])
        elif entry is not None:
            out += word(entry)
    return out + b'\xff'


class Guest:
    def __init__(self, profile=0):
        self.bytes = bytes([profile])

    def say(self, command, *tail, how=0, **given):
        """Members' names have __ for a dot; @tail: words behind them."""
        number, members, size = COMMANDS[command]
        words = [0] * ((size - 24 + 3) // 4)
        for name, value in given.items():
            at, length = members[name.replace('__', '.')]
            at = (at - 24) // 4
            if isinstance(value, tuple) or length < 8:
                words[at] = value
                if length == 8:
                    words[at + 1] = None
            else:
                words[at:at + 2] = [value & 0xffffffff, value >> 32]
        words = [entry for entry in words + list(tail) if entry is not None]
        code = number if number < 1000 else number - 1000 + 0x60
        self.bytes += bytes([code, how]) + encode(words)
        return self


def device(profile=0):
    return (Guest(profile).say('CREATEDEVICE')
            .say('CREATECONTEXTVIRTUAL', device=DEVICE)
            .say('CREATEPAGINGQUEUE', args__device=DEVICE)
            .say('CREATESYNCOBJECT', args__device=DEVICE, args__info__type=5))


def allocation(guest, size=0x1000, flags=0):
    return guest.say('CREATEALLOCATION', 0, 24, 0, MAGIC, 1, size, 0, flags, 0,
                     device=DEVICE, alloc_count=1)


def memory(profile=0):
    return (allocation(device(profile))
            .say('MAKERESIDENT', ALLOCATION, device=DEVICE,
                 paging_queue=PAGING_QUEUE, alloc_count=1)
            .say('MAPGPUVIRTUALADDRESS', args__paging_queue=PAGING_QUEUE,
                 args__allocation=ALLOCATION, args__size_in_pages=1,
                 args__protection=1, device=DEVICE))


def submit(guest, how=ONE_WAY):
    number, members, _ = COMMANDS['SUBMITCOMMAND']
    words = [0] * ((408 - 24) // 4)
    words[0:2] = [MAPPED, None]
    words[2] = 64
    words[6] = 1
    words[(members['args.broadcast_context[64]'][0] - 24) // 4] = CONTEXT
    words = [entry for entry in words if entry is not None]
    guest.bytes += bytes([number, how]) + encode(words)
    return guest


def no_message():
    """Every number, with nothing behind the header."""
    guest = Guest()
    for command in COMMANDS:
        if COMMANDS[command][0] < 69 and command != 'CLOSEADAPTER':
            guest.bytes += bytes([COMMANDS[command][0], 0, 0xff])
    return guest


SEEDS = {name: guest.bytes for name, guest in {
    'close-adapter': device().say('CLOSEADAPTER').say('CREATEDEVICE'),
    'destroy': (memory().say('DESTROYCONTEXT', context=CONTEXT)
                .say('DESTROYALLOCATION', ALLOCATION, 0, device=DEVICE,
                     alloc_count=1)
                .say('DESTROYPAGINGQUEUE', paging_queue=PAGING_QUEUE)
                .say('DESTROYSYNCOBJECT', sync_object=SYNC)
                .say('DESTROYDEVICE', device=DEVICE)),
    'destroy-process': memory().say('DESTROYPROCESS').say('CREATEDEVICE'),
    'evict': (memory().say('EVICT', ALLOCATION, device=DEVICE, alloc_count=1)
              .say('OFFERALLOCATIONS', ALLOCATION, 0, device=DEVICE,
                   allocation_count=1, priority=1)
              .say('RECLAIMALLOCATIONS', ALLOCATION, 0, device=DEVICE,
                   paging_queue=PAGING_QUEUE, allocation_count=1)
              .say('QUERYALLOCATIONRESIDENCY', ALLOCATION, 0,
                   args__device=DEVICE, args__allocation_count=1)),
    'gpu-addresses': (memory()
                      .say('RESERVEGPUVIRTUALADDRESS',
                           args__adapter_or_paging_queue=ADAPTER,
                           args__size=0x10000)
                      .say('FREEGPUVIRTUALADDRESS',
                           args__adapter=ADAPTER, args__base_address=MAPPED,
                           args__size=0x10000)),
    'guest-memory': (device()
                     .say('CREATEALLOCATION', 0, 24, 0, MAGIC, 1, 0x2000, 0, 0,
                          0, device=DEVICE, alloc_count=1, flags=32)
                     .say('SETEXISTINGSYSMEMPAGES', 1, 0, 2, 0,
                          device=DEVICE, allocation=ALLOCATION, num_pages=2)
                     .say('LOCK2', args__device=DEVICE,
                          args__allocation=ALLOCATION)),
    'guest-memory-list': (device()
                          .say('CREATEALLOCATION', 0, 24, 0, MAGIC, 1, 0x2000,
                               0, 0, 0, device=DEVICE, alloc_count=1, flags=32)
                          .say('SETEXISTINGSYSMEMSTORE', device=DEVICE,
                               allocation=ALLOCATION, gpadl=9)
                          .say('SETEXISTINGSYSMEMSTORE', device=DEVICE,
                               allocation=ALLOCATION, gpadl=2)
                          .say('MAKERESIDENT', ALLOCATION, device=DEVICE,
                               paging_queue=PAGING_QUEUE, alloc_count=1)
                          .say('MAPGPUVIRTUALADDRESS',
                               args__paging_queue=PAGING_QUEUE,
                               args__allocation=ALLOCATION,
                               args__size_in_pages=2, args__protection=1,
                               device=DEVICE)),
    'hw-queue': (Guest().say('CREATEDEVICE')
                 .say('CREATECONTEXTVIRTUAL', device=DEVICE, flags=16)
                 .say('CREATEHWQUEUE', context=CONTEXT)
                 .say('SUBMITCOMMANDTOHWQUEUE', args__hwqueue=HW_QUEUE,
                      args__command_buffer=0x10000, args__command_length=8,
                      args__hwqueue_progress_fence_id=1)
                 .say('DESTROYHWQUEUE', hwqueue=HW_QUEUE)),
    'lock': (memory().say('LOCK2', args__device=DEVICE,
                          args__allocation=ALLOCATION)
             .say('UNLOCK2', args__device=DEVICE,
                  args__allocation=ALLOCATION)),
    'no-greeting': Guest(NO_GREETING).say('CREATEDEVICE').say('CREATEPROCESS'),
    'nothing-behind': no_message(),
    'odd-headers': (Guest().say('CREATEDEVICE', how=ODD_HEADER)
                    .say('CREATEDEVICE', how=ODD_SIZE)
                    .say('CREATEDEVICE', how=UNALIGNED)
                    .say('CREATEDEVICE', how=NO_PROCESS)
                    .say('CREATEDEVICE', how=OWN_CHANNEL)),
    'old-version': memory(OLD).say('QUERYVIDEOMEMORYINFO'),
    'one-way': (Guest().say('CREATEDEVICE')
                .say('CREATECONTEXTVIRTUAL', device=DEVICE, flags=0)
                .say('FLUSHDEVICE', how=ONE_WAY)),
    'queries': (Guest().say('GETINTERNALADAPTERINFO')
                .say('QUERYADAPTERINFO', 0, query_type=15,
                     private_data_size=4)
                .say('QUERYCLOCKCALIBRATION', args__adapter=ADAPTER)
                .say('ISFEATUREENABLED').say('ISFEATUREENABLED_GLOBAL')
                .say('QUERYVIDEOMEMORYINFO', adapter=ADAPTER)
                .say('QUERYSTATISTICS', args__adapter_luid__low=0x30000)
                .say('ESCAPE', 1, 2, adapter=ADAPTER, priv_drv_data_size=8)),
    'share': (device().say('CREATESYNCOBJECT', args__device=DEVICE,
                           args__info__type=5, args__info__flags=3)
              .say('CREATENTSHAREDOBJECT', object=SYNC)
              .say('OPENSYNCOBJECT', device=DEVICE, global_sync_object=GLOBAL_SYNC,
                   flags=3)
              .say('DESTROYSYNCOBJECT', sync_object=OPENED)
              .say('DESTROYNTSHAREDOBJECT', shared_handle=SHARED)),
    'states': (device().say('GETDEVICESTATE', args__device=DEVICE,
                            args__state_type=1)
               .say('MARKDEVICEASERROR', args__device=DEVICE,
                    args__reason=0x80000000)
               .say('FLUSHDEVICE', device=DEVICE)),
    'submit': submit(memory()).say('FLUSHDEVICE', device=DEVICE),
    'submit-nowhere': submit(device(), 0),
    'sync': (device()
             .say('SIGNALSYNCOBJECT', SYNC, CONTEXT, 1, 0, object_count=1,
                  context_count=1)
             .say('WAITFORSYNCOBJECTFROMCPU', SYNC, 1, 0, device=DEVICE,
                  object_count=1, guest_event_id=7)
             .say('WAITFORSYNCOBJECTFROMGPU', 1, 0, SYNC, context_or_hwqueue=CONTEXT,
                  object_count=1)),
}.items()}
