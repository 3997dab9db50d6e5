# SPDX-License-Identifier: MIT
"""Seeds of the target ioctl: what programs do, a few calls each."""
from seedlib import (NONE, NOWHERE, READ_ONLY, SHORT, Program, learned, other,
                     stale)

# Profiles in program.c.
DELAYED, OLD, OLDEST, TWO_ADAPTERS = range(1, 5)

MAGIC = 0x41475844
WRITE = 1               # DXG_GPUVA_PROTECTION_WRITE
MONITORED = 5           # DXG_SYNC_TYPE_MONITORED_FENCE
SHAREABLE = 3           # DXG_SYNC_OBJECT_SHARED | NT_SECURITY_SHARING
HW_QUEUE = 1 << 4       # DXG_CREATECONTEXT_HW_QUEUE_SUPPORTED
SYSMEM = 1 << 5         # DXG_CREATEALLOCATION_EXISTING_SYSMEM
STANDARD = 1 << 16      # DXG_CREATEALLOCATION_STANDARD_ALLOCATION
RESOURCE = 1            # DXG_CREATEALLOCATION_CREATE_RESOURCE
SHARED_RESOURCE = 1 | 2 | 1 << 6


def allocation(size=0x1000, flags=0, **more):
    return dict(priv_drv_data_size=24, flags=0,
                priv_drv_data=dict(magic=MAGIC, version=1, size=size,
                                   flags=flags), **more)


def adapter(profile=0, **more):
    """The last of all, those without graphics too."""
    entries = [{}, {}] if profile == TWO_ADAPTERS else [{}]
    return Program(profile, **more).call(0x3e, filter=1, adapters=entries)


def device(profile=0, **more):
    return adapter(profile, **more).call(0x02)


def gpu(profile=0, flags=0, **more):
    """Adapter, device, context, paging queue, and a monitored fence."""
    return (device(profile, **more).call(0x04, flags=flags).call(0x07)
            .call(0x10, info__type=MONITORED))


def memory(program, size=0x1000, flags=0):
    """An allocation that is resident and mapped: its address is learned(1)."""
    return (program.call(0x06, allocation_info=[allocation(size, flags)])
            .call(0x0b, allocation_list=[0])
            .call(0x0c, size_in_pages=size >> 12, protection=WRITE))


def fill(to, size, number):
    """A packet, as 64-bit words."""
    return [32 << 32 | 1, to, size, number]


def write_packet(to, number):
    return [24 << 32 | 3, to, number]


def work():
    """Commands that write to the allocation they are in, and a fence."""
    return (memory(gpu())
            .write(fill(learned(1), 64, 7), at=64)
            .call(0x0f, command_buffer=learned(1), command_length=32,
                  broadcast_context=[0])
            .call(0x32, objects=[0], monitored_fence_values=[1])
            .call(0x3a, objects=[0], fence_values=[1], async_event=1)
            .pause())


def hw_queue():
    return (memory(gpu(flags=HW_QUEUE).call(0x18))
            .write([8 << 32])
            .call(0x34, hwqueue_progress_fence_id=1, command_buffer=learned(1),
                  command_length=8, written_primaries=[])
            .call(0x35, hwqueues=[0], objects=[1], fence_values=[1])
            .call(0x36, objects=[1], fence_values=[1])
            .call(0x1b))


def sync_types():
    program = device()
    for kind in (1, 2, 3, 5, 6):
        program.call(0x10, info__type=kind,
                     info__monitored_fence__initial_fence_value=1)
    program.call(0x10, info__type=4, info__cpu_notification__event=1)
    for _ in range(3):
        program.call(0x1d)
    return program


def legacy_sync():
    return (gpu().call(0x10, info__type=2,
                       info__monitored_fence__initial_fence_value=1 << 32 | 4)
            .call(0x12, object_array=[0])
            .call(0x11, object_array=[0], contexts=[])
            .call(0x10, info__type=3)
            .call(0x11, object_array=[0], fence__fence_value=3)
            .call(0x12, object_array=[0], fence__fence_value=2)
            .call(0x11, flags=2, cpu_event_handle=1).pause())


def gpu_sync():
    return (gpu().call(0x10, info__type=MONITORED)
            .call(0x3b, objects=[0], monitored_fence_values=[2])
            .call(0x32, objects=[1], monitored_fence_values=[2])
            .call(0x33, objects=[1], contexts=[0], monitored_fence_values=[3])
            .call(0x33, flags=2, contexts=[0], cpu_event_handle=1)
            .call(0x31, objects=[0], fence_values=[2])
            .call(0x3a, objects=[0, 1], fence_values=[2, 9], flags=1)
            .call(0x3a, objects=[1], fence_values=[99])
            .call(0x31, objects=[0], fence_values=[1]))


def lock():
    program = device().call(0x06, allocation_info=[allocation(0x2000)])
    program.call(0x25).write([1, 2, 3]).call(0x24, length=64)
    return program.call(0x37).call(0x37).call(0x13, allocations=[0])


def residency():
    program = memory(memory(gpu(DELAYED)))
    return (program.call(0x0b, allocation_list=[0, 1, 1], priority_list=None)
            .call(0x2a, allocations=[0, 1], residency_status=[0, 0])
            .call(0x1e, allocations=[1])
            .call(0x2e, allocation_list=[0], priorities=[0x78000000])
            .call(0x3c, allocation_list=[0], priorities=[0])
            .call(0x38, property_mask_value=2, supported_segment_set=2)
            .call(0x0a).call(0x16, reservation=0x10000).call(0x1f))


def budget():
    """More than there is."""
    program = gpu()
    for _ in range(5):
        program.call(0x06, allocation_info=[allocation(0x100000)])
        program.call(0x0b, allocation_list=[0])
    return program.call(0x0a).call(0x0a, memory_segment_group=1)


def offer():
    return (memory(gpu())
            .call(0x27, allocations=[0], priority=1)
            .call(0x2c, allocations=[0], results=[0])
            .call(0x06, flags=RESOURCE, allocation_info=[allocation()] * 2)
            .call(0x27, resources=[0], priority=2)
            .call(0x2c, resources=[0], results=[0])
            .call(0x13, resource=0))


def addresses():
    return (memory(gpu())
            .call(0x08, size=0x10000)
            .call(0x0c, base_address=learned(1), size_in_pages=1,
                  protection=WRITE)
            .call(0x39, operations=[
                {'map_protect.base_address': learned(1),
                 'map_protect.size': 0x1000,
                 'map_protect.allocation_size': 0x1000},
                {'operation': 1, 'map_protect.base_address': learned(1),
                 'map_protect.size': 0x1000, 'map_protect.allocation': NONE}],
                  fence_value=1)
            .call(0x20, base_address=learned(1), size=0x10000))


def share_sync():
    return (gpu(shares_first=True)
            .call(0x10, info__type=MONITORED, info__flags=SHAREABLE)
            .call(0x3f, objects=[0], desired_access=3, shared_handle=[])
            .call(0x1d)
            .call(0x40).call(0x44, object_handle=0)
            .call(0x31, objects=[0], fence_values=[4])
            .close_share().call(0x1d))


def pressure():
    """Offered memory has to make room for other memory."""
    program = gpu()
    for _ in range(3):
        program.call(0x06, allocation_info=[allocation(0x100000)])
        program.call(0x0b, allocation_list=[0])
        program.call(0x27, allocations=[0], priority=1)
    program.call(0x06, allocation_info=[allocation(0x200000)])
    program.call(0x0b, allocation_list=[0])
    return (program.call(0x2c, allocations=[1, 2, 3], results=[0] * 3)
            .call(0x27, allocations=[1], priority=4, flags=3)
            .call(0x2c, allocations=[1], results=[0]))


def cross_adapter():
    """The host says what a standard allocation's data is."""
    return (device()
            .call(0x06, flags=SHARED_RESOURCE | STANDARD | 1 << 11,
                  allocation_info=[{}],
                  standard_allocation={'type': 2,
                                       'existing_heap_data.size': 0x2000})
            .call(0x3f, objects=[0x40], shared_handle=[]).call(0x41))


def share_nowhere():
    """Answers that find no room are taken back."""
    program = gpu().call(0x10, info__type=MONITORED, info__flags=SHAREABLE)
    for room in (NOWHERE, READ_ONLY, NONE):
        program.call(0x3f, objects=[0], shared_handle=room)
    return (program.call(0x09, type=15, private_data_size=4,
                         private_data=READ_ONLY)
            .call(0x0d, priv_drv_data_size=8, priv_drv_data=SHORT)
            .call(0x48, adapter_luid__a=0x10000, buffer_count=2,
                  buffer=NOWHERE))


def share_resource(shares_first=False):
    return (device(shares_first=shares_first)
            .call(0x06, flags=SHARED_RESOURCE, private_runtime_data=b'abcd',
                  allocation_info=[allocation()] * 2,
                  priv_drv_data=b'\0' * 8)
            .call(0x3f, objects=[0x40], shared_handle=[])
            .call(0x41, private_runtime_data=b'\0' * 4)
            .call(0x42, open_alloc_info=[{}, {}],
                  private_runtime_data=b'\0' * 4,
                  resource_priv_drv_data=b'\0' * 8,
                  total_priv_drv_data=b'\0' * 48)
            .call(0x23).call(0x13, resource=0))


def own_memory(profile=0):
    return (gpu(profile)
            .call(0x06, flags=SYSMEM,
                  allocation_info=[allocation(sysmem=1)])
            .call(0x0b, allocation_list=[0])
            .call(0x0c, size_in_pages=1, protection=WRITE)
            .call(0x25).call(0x37)
            .call(0x06, flags=SYSMEM | STANDARD,
                  allocation_info=[{'sysmem': 3}],
                  standard_allocation={'type': 1,
                                       'existing_heap_data.size': 0x2000})
            .call(0x13, allocations=[0]))


def queries():
    sizes = {0: 24, 1: 524, 3: 24, 4: 16, 6: 12, 8: 2080, 13: 4, 15: 4, 17: 12,
             18: 8, 22: 4, 24: 4, 25: 78, 30: 1, 31: 28, 34: 12, 42: 56,
             48: 552, 60: 80, 61: 56, 62: 64, 63: 40, 64: 132, 65: 8192}
    program = adapter(TWO_ADAPTERS)
    for kind, size in sizes.items():
        program.call(0x09, type=kind, private_data_size=size,
                     private_data=b'')
    return program.call(0x3d).call(0x49, feature_id=32)


def statistics():
    program = adapter()
    for kind in range(11):
        program.call(0x43, type=kind, adapter_luid__a=0x10000)
    return program.call(0x48, adapter_luid__a=0x10000, buffer=[0] * 4)


def escapes():
    return (gpu()
            .call(0x0d, priv_drv_data_size=4, priv_drv_data={})
            .call(0x0d, flags=1 << 6, priv_drv_data_size=112,
                  priv_drv_data=dict(escape_type=3, dma_buffer_size=16,
                                     dma_buffer=b'',
                                     dma_buffer_priv_data_size=8,
                                     dma_buffer_priv_data=b''))
            .call(0x0d, flags=1 << 6, priv_drv_data_size=8, priv_drv_data={})
            .call(0x0d, type=1, device=NONE, context=NONE,
                  priv_drv_data_size=4, priv_drv_data={}))


def states():
    program = device()
    for kind in range(1, 7):
        program.call(0x0e, state_type=kind)
    return program.call(0x26, reason=0x80000000).call(0x0e, state_type=1)


def trap():
    """A device that is lost."""
    return (memory(gpu(DELAYED)).write([8 << 32 | 8])
            .call(0x0f, command_buffer=learned(1), command_length=8,
                  broadcast_context=[0])
            .call(0x3a, objects=[0], fence_values=[1], async_event=1).pause()
            .call(0x0e, state_type=1).call(0x0e, state_type=5))


def hang():
    return (memory(gpu()).write([8 << 32 | 9])
            .call(0x0f, command_buffer=learned(1), command_length=8,
                  broadcast_context=[0])
            .call(0x32, objects=[0], monitored_fence_values=[1])
            .call(0x3a, objects=[0], fence_values=[1], async_event=1).pause()
            .call(0x05))


def priorities():
    return (device().call(0x04).call(0x30, priority=2).call(0x22)
            .call(0x2f, priority=1).call(0x21).call(0x05))


def bad_pointers():
    return (gpu().call(0x14, adapters=NOWHERE, num_adapters=4)
            .call(0x0b, allocation_list=SHORT, alloc_count=4)
            .call(0x06, allocation_info=READ_ONLY, alloc_count=1)
            .call(0x02, place=READ_ONLY).call(0x0e, place=NOWHERE))


def bad_handles():
    return (gpu().call(0x05).call(0x22, context=stale())
            .call(0x0e, device=other(0)).call(0x05, context=NONE)
            .call(0x19).call(0x25, device=stale()))


def many():
    """As much as the lists hold, and one more."""
    program = memory(gpu())
    for count in (32, 33, 64):
        program.call(0x31, objects=[0] * count, fence_values=[1] * count)
        program.call(0x32, objects=[0] * count,
                     monitored_fence_values=[count] * count)
        program.call(0x3a, objects=[0] * count, fence_values=[1] * count)
        program.call(0x33, objects=[0], contexts=[0] * count,
                     monitored_fence_values=[99])
    return program.call(0x0b, alloc_count=10240, allocation_list=[0] * 64)


def orders():
    """Owners go before what they own."""
    return (memory(gpu(flags=HW_QUEUE).call(0x18))
            .call(0x25).call(0x15).call(0x05).call(0x1c).call(0x19))


SEEDS = {name: program.bytes for name, program in {
    'addresses': addresses(),
    'bad-handles': bad_handles(),
    'bad-pointers': bad_pointers(),
    'budget': budget(),
    'cross-adapter': cross_adapter(),
    'escapes': escapes(),
    'existing-heap': own_memory(),
    'existing-heap-by-list': own_memory(OLD),
    'gpu-sync': gpu_sync(),
    'hang': hang(),
    'hw-queue': hw_queue(),
    'legacy-sync': legacy_sync(),
    'lock': lock(),
    'luid': (Program(TWO_ADAPTERS).call(0x01, adapter_luid__a=0x10000)
             .call(0x14, adapters=[{}, {}]).call(0x15)
             .call(0x14, adapters=None)),
    'many': many(),
    'no-device': Program().call(0x0e).call(0x13),
    'offer': offer(),
    'old-version': memory(gpu(OLDEST)).call(0x0a),
    'open-twice': device().open_twice().call(0x0e, state_type=1).reopen(),
    'orders': orders(),
    'pressure': pressure(),
    'priorities': priorities(),
    'queries': queries(),
    'raw': (adapter().raw(0xc0104714, b'\1' + b'\0' * 15)
            .raw(0xc0044715, b'\0\0\0\x60', 0x82).raw(0xc0084703)),
    'residency': residency(),
    'share-nowhere': share_nowhere(),
    'share-resource': share_resource(),
    'share-resource-first': share_resource(True),
    'share-sync': share_sync(),
    'states': states(),
    'statistics': statistics(),
    'sync-files': gpu().call(0x45).call(0x46).call(0x47),
    'sync-types': sync_types(),
    'trap': trap(),
    'work': work(),
}.items()}
