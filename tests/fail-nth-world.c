/* SPDX-License-Identifier: MIT */
/* A machine of the test's own, and the objects that the steps need in it. */
#include "fail-nth.h"

#include <errno.h>
#include <unistd.h>

/* Little memory, so that a machine is quickly made; no time-out in valgrind. */
#define PROFILE(mode)				\
	mode "\n"				\
	"paging_delay_us = 0\n"			\
	"tdr_ms = 600000\n"			\
	"[adapter]\n"				\
	"local_memory = 64M\n"			\
	"nonlocal_memory = 16M\n"

static const char *const profiles[NTH_MODES] = {
	[NTH_ASYNC] = PROFILE("async = on"),
	[NTH_SYNC] = PROFILE("async = off\nmap_guest_memory = off"),
	[NTH_OLD] = PROFILE("interface_version = 27"),
};

const char *const nth_modes[NTH_MODES] = {
	[NTH_ASYNC] = "async", [NTH_SYNC] = "sync", [NTH_OLD] = "version 27",
};

int nth_try(struct nth_world *world, unsigned long request, void *args)
{
	int result = world->home->ioctl(world->fd, request, args);

	return result == -1 ? -errno : result;
}

void nth_do(struct nth_world *world, unsigned long request, void *args)
{
	int result = nth_try(world, request, args);

	if (result < 0)
		print_error("request 0x%02lx: %s\n", request & 0xff,
			    strerror(-result));
	assert_true(result >= 0);
}

void nth_may(struct nth_world *world, unsigned long request, void *args)
{
	(void)nth_try(world, request, args);
}

uint64_t nth_messages(struct nth_world *world, uint32_t command)
{
	struct dxg_soft_message_stats stats;

	assert_int_equal(world->home->message_stats(DXG_SOFT_CHANNEL_VGPU,
						    command, &stats), 0);
	return stats.messages;
}

int nth_next_descriptor(void)
{
	int fd = dup(STDOUT_FILENO);

	close(fd);
	return fd;
}

void nth_undo_nothing(struct nth_world *world, const void *args, bool worked)
{
	(void)world;
	(void)args;
	(void)worked;
}

/* adapter, device, context */

static struct winluid find_adapter(struct nth_world *world)
{
	struct d3dkmt_adapterinfo info[1];
	struct d3dkmt_enumadapters2 args = {
		.num_adapters = 1, .adapters = NTH_POINTER(info),
	};
	struct d3dkmt_closeadapter close_args;

	nth_do(world, LX_DXENUMADAPTERS2, &args);
	assert_int_equal(args.num_adapters, 1);
	close_args.adapter_handle = info[0].adapter_handle;
	nth_do(world, LX_DXCLOSEADAPTER, &close_args);
	return info[0].adapter_luid;
}

uint32_t nth_open_adapter(struct nth_world *world)
{
	struct d3dkmt_openadapterfromluid args = { .adapter_luid = world->luid };

	nth_do(world, LX_DXOPENADAPTERFROMLUID, &args);
	return args.adapter_handle.v;
}

uint32_t nth_create_device(struct nth_world *world)
{
	struct d3dkmt_createdevice args = { .adapter.v = world->adapter };

	nth_do(world, LX_DXCREATEDEVICE, &args);
	return args.device.v;
}

void nth_destroy_device(struct nth_world *world, uint32_t device)
{
	struct d3dkmt_destroydevice args = { .device.v = device };

	nth_do(world, LX_DXDESTROYDEVICE, &args);
}

uint32_t nth_create_context(struct nth_world *world, uint32_t flags)
{
	struct d3dkmt_createcontextvirtual args = {
		.device.v = world->device, .flags = flags,
	};

	nth_do(world, LX_DXCREATECONTEXTVIRTUAL, &args);
	return args.context.v;
}

void nth_destroy_context(struct nth_world *world, uint32_t context)
{
	struct d3dkmt_destroycontext args = { .context.v = context };

	nth_do(world, LX_DXDESTROYCONTEXT, &args);
}

/* allocation, residency, addresses */

void nth_allocation_args(struct nth_world *world,
			 struct d3dkmt_createallocation *args, unsigned int count)
{
	struct nth_data *data = &world->data;
	unsigned int i;

	for (i = 0; i < count; i++) {
		data->allocation[i] = (struct dxghost_allocation_data){
			.magic = DXGHOST_ALLOCATION_MAGIC,
			.version = DXGHOST_ALLOCATION_VERSION,
			.size = NTH_BYTES,
		};
		data->info[i] = (struct d3dddi_allocationinfo2){
			.priv_drv_data = NTH_POINTER(&data->allocation[i]),
			.priv_drv_data_size = sizeof(data->allocation[i]),
		};
	}
	*args = (struct d3dkmt_createallocation){
		.device.v = world->device,
		.alloc_count = count,
		.allocation_info = NTH_POINTER(data->info),
	};
}

uint32_t nth_create_allocation(struct nth_world *world)
{
	struct d3dkmt_createallocation args;

	nth_allocation_args(world, &args, 1);
	nth_do(world, LX_DXCREATEALLOCATION, &args);
	return world->data.info[0].allocation.v;
}

void nth_destroy_allocation(struct nth_world *world, uint32_t allocation)
{
	struct d3dkmt_destroyallocation2 args = {
		.device.v = world->device,
		.allocations = NTH_POINTER(&allocation),
		.alloc_count = 1,
	};

	nth_do(world, LX_DXDESTROYALLOCATION2, &args);
}

uint32_t nth_create_resource(struct nth_world *world)
{
	struct d3dkmt_createallocation args;

	nth_allocation_args(world, &args, 2);
	args.flags = DXG_CREATEALLOCATION_CREATE_RESOURCE |
		     DXG_CREATEALLOCATION_CREATE_SHARED |
		     DXG_CREATEALLOCATION_NT_SECURITY_SHARING;
	nth_do(world, LX_DXCREATEALLOCATION, &args);
	return args.resource.v;
}

void nth_destroy_resource(struct nth_world *world, uint32_t resource)
{
	struct d3dkmt_destroyallocation2 args = {
		.device.v = world->device, .resource.v = resource,
	};

	nth_do(world, LX_DXDESTROYALLOCATION2, &args);
}

void nth_make_resident(struct nth_world *world, uint32_t allocation)
{
	struct d3dddi_makeresident args = {
		.paging_queue.v = world->paging_queue,
		.alloc_count = 1,
		.allocation_list = NTH_POINTER(&allocation),
	};

	nth_do(world, LX_DXMAKERESIDENT, &args);
	nth_wait_value(world->paging_fence, args.paging_fence_value);
}

void nth_evict(struct nth_world *world, uint32_t allocation)
{
	struct d3dkmt_evict args = {
		.device.v = world->device,
		.alloc_count = 1,
		.allocations = NTH_POINTER(&allocation),
	};

	nth_do(world, LX_DXEVICT, &args);
}

uint64_t nth_reserve(struct nth_world *world)
{
	struct d3dddi_reservegpuvirtualaddress args = {
		.adapter.v = world->adapter, .size = NTH_BYTES,
	};

	nth_do(world, LX_DXRESERVEGPUVIRTUALADDRESS, &args);
	return args.virtual_address;
}

void nth_free_range(struct nth_world *world, uint64_t address)
{
	struct d3dkmt_freegpuvirtualaddress args = {
		.adapter.v = world->adapter,
		.base_address = address,
		.size = NTH_BYTES,
	};

	nth_do(world, LX_DXFREEGPUVIRTUALADDRESS, &args);
}

static void create_memory(struct nth_world *world)
{
	struct nth_memory *memory = &world->memory;
	struct d3dddi_mapgpuvirtualaddress map = {
		.paging_queue.v = world->paging_queue,
		.size_in_pages = NTH_BYTES / T_PAGE_SIZE,
		.protection = DXG_GPUVA_PROTECTION_WRITE,
	};
	struct d3dkmt_lock2 lock = { .device.v = world->device };

	memory->allocation = nth_create_allocation(world);
	map.allocation.v = memory->allocation;
	lock.allocation.v = memory->allocation;
	nth_do(world, LX_DXMAPGPUVIRTUALADDRESS, &map);
	nth_wait_value(world->paging_fence, map.paging_fence_value);
	memory->gpu = map.virtual_address;
	nth_make_resident(world, memory->allocation);
	nth_do(world, LX_DXLOCK2, &lock);
	memory->cpu = (uint64_t *)(uintptr_t)lock.data;
}

/* At offset 8 of the memory is the value that a packet may wait for. */
uint32_t nth_write_commands(struct nth_world *world, uint64_t wait_for)
{
	struct dxghost_packet_wait packet = {
		.header = { .opcode = DXGHOST_OP_NOP, .size = sizeof(packet) },
		.address = world->memory.gpu + 8,
		.value = wait_for,
	};

	if (wait_for)
		packet.header.opcode = DXGHOST_OP_WAIT;
	memcpy(world->memory.cpu + 8, &packet, sizeof(packet));
	return sizeof(packet);
}

/* sync objects */

uint32_t nth_create_sync(struct nth_world *world, uint32_t type)
{
	struct d3dkmt_createsynchronizationobject2 args = {
		.device.v = world->device, .info.type = type,
	};

	args.info.semaphore.max_count = 100;
	nth_do(world, LX_DXCREATESYNCHRONIZATIONOBJECT, &args);
	return args.sync_object.v;
}

struct nth_fence nth_create_fence(struct nth_world *world, uint32_t flags)
{
	struct d3dkmt_createsynchronizationobject2 args = {
		.device.v = world->device,
		.info = {
			.type = DXG_SYNC_TYPE_MONITORED_FENCE, .flags = flags,
		},
	};
	struct nth_fence fence;

	nth_do(world, LX_DXCREATESYNCHRONIZATIONOBJECT, &args);
	fence.handle = args.sync_object.v;
	fence.cpu = (const uint64_t *)(uintptr_t)
		args.info.monitored_fence.fence_cpu_virtual_address;
	return fence;
}

void nth_destroy_sync(struct nth_world *world, uint32_t sync)
{
	struct d3dkmt_destroysynchronizationobject args = {
		.sync_object.v = sync,
	};

	nth_do(world, LX_DXDESTROYSYNCHRONIZATIONOBJECT, &args);
}

int nth_share(struct nth_world *world, uint32_t object)
{
	uint64_t handle = 0;
	struct d3dkmt_shareobjects args = {
		.object_count = 1,
		.objects = NTH_POINTER(&object),
		.shared_handle = NTH_POINTER(&handle),
	};

	nth_do(world, LX_DXSHAREOBJECTS, &args);
	return (int)handle;
}

void nth_signal(struct nth_world *world, uint32_t fence, uint64_t value)
{
	struct d3dkmt_signalsynchronizationobjectfromcpu args = {
		.device.v = world->device,
		.object_count = 1,
		.objects = NTH_POINTER(&fence),
		.fence_values = NTH_POINTER(&value),
	};

	nth_do(world, LX_DXSIGNALSYNCHRONIZATIONOBJECTFROMCPU, &args);
}

void nth_wait_value(const uint64_t *cpu, uint64_t value)
{
	assert_eventually(__atomic_load_n(cpu, __ATOMIC_ACQUIRE) >= value);
}

/* the whole */

static void create_queues(struct nth_world *world)
{
	struct d3dkmt_createpagingqueue paging = { .device.v = world->device };
	struct d3dkmt_createhwqueue hw = { .flags = 0 };

	world->context = nth_create_context(world, 0);
	world->hw_context = nth_create_context(world,
			DXG_CREATECONTEXT_HW_QUEUE_SUPPORTED);
	hw.context.v = world->hw_context;
	nth_do(world, LX_DXCREATEHWQUEUE, &hw);
	world->hw_queue = hw.queue.v;
	nth_do(world, LX_DXCREATEPAGINGQUEUE, &paging);
	world->paging_queue = paging.paging_queue.v;
	world->paging_fence = (const uint64_t *)(uintptr_t)
		paging.fence_cpu_virtual_address;
}

/* What is shared is kept by the descriptor alone. */
static void create_shared(struct nth_world *world)
{
	struct nth_fence fence = nth_create_fence(world, DXG_SYNC_OBJECT_SHARED |
			DXG_SYNC_OBJECT_NT_SECURITY_SHARING);

	world->shared_fence = nth_share(world, fence.handle);
	nth_destroy_sync(world, fence.handle);
	world->resource = nth_create_resource(world);
	world->shared_resource = nth_share(world, world->resource);
}

/* What a test that has failed has left open. */
static struct nth_world *current;

void nth_stop_thread(struct nth_world *world)
{
	if (!world->has_thread)
		return;
	world->has_thread = false;
	__atomic_store_n(&world->stop, true, __ATOMIC_RELEASE);
	t_join_thread(world->thread);
}

static void close_all(struct nth_world *world)
{
	current = NULL;
	nth_stop_thread(world);
	if (world->sync_file >= 0)
		close(world->sync_file);
	close(world->shared_fence);
	close(world->shared_resource);
	close(world->event);
	assert_int_equal(world->home->close(world->fd), 0);
}

void nth_clean_up(void)
{
	struct nth_world *world = current;

	if (!world)
		return;
	world->home->disarm(NTH_NO_MEMORY);
	world->home->disarm(NTH_LOST);
	close_all(world);
}

void nth_choose(enum nth_mode mode)
{
	assert_int_equal(nth_home_or_skip()->set_profile(profiles[mode]), 0);
}

void nth_open(struct nth_world *world, enum nth_mode mode)
{
	memset(world, 0, sizeof(*world));
	world->shared_fence = world->shared_resource = world->event = -1;
	world->sync_file = -1;
	world->home = nth_home_or_skip();
	nth_choose(mode);
	world->fd = world->home->open();
	assert_true(world->fd >= 0);
	current = world;
	world->luid = find_adapter(world);
	world->adapter = nth_open_adapter(world);
	world->device = nth_create_device(world);
	create_queues(world);
	create_memory(world);
	world->plain = nth_create_allocation(world);
	world->fence = nth_create_fence(world, 0);
	world->semaphore = nth_create_sync(world, DXG_SYNC_TYPE_SEMAPHORE);
	create_shared(world);
	world->event = t_create_event();
	world->pages = t_alloc_pages(NTH_BYTES);
	memset(&world->data, 0, sizeof(world->data));
}

void nth_leave(struct nth_world *world)
{
	close_all(world);
}

void nth_abandon(struct nth_world *world)
{
	/* they keep the memory of what they stand for */
	struct dxg_soft_object_counts left, want = {
		.shared_handles = world->given_away,
		.io_space_bytes = world->given_away ? 2 * NTH_BYTES : 0,
	};

	nth_leave(world);
	t_free_pages(world->pages, NTH_BYTES);
	/* what a sync file has kept goes a little later */
	assert_eventually(!world->home->objects(&left) &&
			  !memcmp(&left, &want, sizeof(left)));
	assert_true(world->home->blocks() == 0);
}

/* The device's own end takes most of it. */
void nth_close(struct nth_world *world)
{
	nth_destroy_sync(world, world->semaphore);
	nth_destroy_device(world, world->device);
	nth_abandon(world);
}
