/* SPDX-License-Identifier: MIT */
/* A guest of the simplest kind, for tests that speak in messages. */
#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <cmocka.h>

#include "rig.h"

#define PATIENCE_MS	20000

static int guest_read(void *guest, uint64_t gpa, void *buffer, size_t size)
{
	(void)guest;
	if (gpa < 4096)
		return -EFAULT;
	memcpy(buffer, (const void *)(uintptr_t)gpa, size);
	return 0;
}

static int guest_write(void *guest, uint64_t gpa, const void *buffer,
		       size_t size)
{
	(void)guest;
	if (gpa < 4096)
		return -EFAULT;
	memcpy((void *)(uintptr_t)gpa, buffer, size);
	return 0;
}

static void guest_message(void *guest, const void *packet, size_t size)
{
	const struct dxgk_wire_signalguestevent *signal = packet;
	const struct dxgk_wire_setguestdata *data = packet;
	struct rig *rig = guest;

	if (size != sizeof(*signal))
		abort();
	pthread_mutex_lock(&rig->lock);
	if (signal->hdr.command_type == DXGK_HOSTMSG_SIGNALGUESTEVENT) {
		rig->signals++;
		rig->last_signal = signal->event;
	} else {
		rig->notices++;
		rig->last_notice = data->data.data32;
		rig->notice_cookie = data->guest_pointer;
	}
	pthread_cond_broadcast(&rig->arrived);
	pthread_mutex_unlock(&rig->lock);
}

static int64_t guest_gpadl(void *guest, uint32_t gpadl, uint64_t first,
			   uint64_t count, uint64_t *pfns)
{
	const struct rig_list *list = ((struct rig *)guest)->lists;

	while (list && list->gpadl != gpadl)
		list = list->next;
	if (!list)
		return -ENOENT;
	if (first > list->count || count > list->count - first)
		return -ERANGE;
	memcpy(pfns, list->pfns + first, count * sizeof(*pfns));
	return (int64_t)list->count;
}

struct dxghost_guest_ops rig_guest_ops = {
	.read = guest_read,
	.write = guest_write,
	.message = guest_message,
	.gpadl = guest_gpadl,
};

static size_t send(struct rig *rig, int channel, const void *request,
		   size_t size, bool expects_reply, void *reply,
		   size_t capacity)
{
	struct dxgk_wire_extended_header extended = { .command_offset = 16 };
	uint8_t *message = malloc(size + sizeof(extended));
	size_t got = 0;

	assert_non_null(message);
	if (channel >= 0)
		extended.vgpu_luid.low = 0x20000 + (uint32_t)channel;
	memcpy(message, &extended, sizeof(extended));
	memcpy(message + sizeof(extended), request, size);
	if (rig->async)
		channel = DXGHOST_CHANNEL_GLOBAL;
	assert_int_equal(dxghost_message(rig->host, channel, message,
					 size + sizeof(extended), expects_reply,
					 reply, capacity, &got), 0);
	free(message);
	return got;
}

static void vgpu_header(struct rig *rig, uint32_t command, void *request)
{
	struct dxgk_wire_vgpu_header header = {
		.process = rig->process,
		.command_type = command,
	};

	memcpy(request, &header, sizeof(header));
}

size_t rig_vgpu(struct rig *rig, uint32_t command, void *request, size_t size,
		void *reply, size_t capacity)
{
	vgpu_header(rig, command, request);
	return send(rig, 0, request, size, true, reply, capacity);
}

int32_t rig_query(struct rig *rig, uint32_t type, void *payload, uint32_t size)
{
	struct dxgk_wire_queryadapterinfo request = {
		.query_type = type, .private_data_size = size,
	};
	uint8_t *message = calloc(1, sizeof(request) + size + 7);
	uint8_t *reply = calloc(1, 4 + size);
	int32_t status;

	memcpy(message, &request, sizeof(request));
	memcpy(message + sizeof(request), payload, size);
	assert_int_equal(rig_vgpu(rig, DXGK_CMD_QUERYADAPTERINFO, message,
				  sizeof(request) + size + 7, reply, 4 + size),
			 4 + size);
	memcpy(&status, reply, 4);
	if (status >= 0)
		memcpy(payload, reply + 4, size);
	free(message);
	free(reply);
	return status;
}

size_t rig_global(struct rig *rig, uint32_t command, void *request, size_t size,
		  void *reply, size_t capacity)
{
	struct dxgk_wire_vm_header header = {
		.process = rig->process,
		.channel_type = DXGK_VM_TO_HOST,
		.command_type = command,
	};

	memcpy(request, &header, sizeof(header));
	return send(rig, DXGHOST_CHANNEL_GLOBAL, request, size, true, reply,
		    capacity);
}

int32_t rig_status(struct rig *rig, uint32_t command, void *request,
		   size_t size)
{
	int32_t status = 1;

	if (command >= DXGK_VMCMD_CREATEPROCESS)
		rig_global(rig, command, request, size, &status,
			   sizeof(status));
	else
		rig_vgpu(rig, command, request, size, &status, sizeof(status));
	return status;
}

void rig_post(struct rig *rig, uint32_t command, void *request, size_t size)
{
	struct dxgk_wire_vgpu_header *header = request;

	vgpu_header(rig, command, request);
	header->channel_bits |= DXGK_WIRE_ASYNC;
	send(rig, 0, request, size, false, NULL, 0);
}

static void *map_io(size_t size)
{
	void *base = mmap(NULL, size, PROT_READ | PROT_WRITE,
			  MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	assert_true(base != MAP_FAILED);
	return base;
}

void rig_start(struct rig *rig, const char *profile)
{
	struct dxgk_wire_setiospaceregion region = { .start = RIG_IO_START };
	struct dxgk_wire_openadapter open = {
		.vmbus_interface_version = DXGK_WIRE_VERSION,
		.vmbus_last_compatible_interface_version =
			DXGK_WIRE_VERSION_OLDEST,
	};
	struct dxgk_wire_openadapter_reply opened;
	char error[200] = "";

	memset(rig, 0, sizeof(*rig));
	pthread_mutex_init(&rig->lock, NULL);
	pthread_cond_init(&rig->arrived, NULL);
	rig->host = dxghost_create(profile, &rig_guest_ops, rig, error,
				   sizeof(error));
	if (!rig->host)
		fail_msg("%s", error);
	rig->io_size = (size_t)dxghost_mmio_megabytes(rig->host) << 20;
	rig->io = map_io(rig->io_size);
	dxghost_set_io_space(rig->host, rig->io, rig->io_size);
	region.length = rig->io_size;
	assert_int_equal(rig_status(rig, DXGK_VMCMD_SETIOSPACEREGION, &region,
				    sizeof(region)), 0);
	assert_int_equal(rig_vgpu(rig, DXGK_CMD_OPENADAPTER, &open,
				  sizeof(open), &opened, sizeof(opened)),
			 sizeof(opened));
	assert_int_equal(opened.status, 0);
	rig->adapter = opened.host_adapter_handle;
}

void rig_up(struct rig *rig, const char *profile)
{
	rig_start(rig, profile);
	rig->process = rig_create_process(rig);
	rig_open(rig);
}

uint32_t rig_create_process(struct rig *rig)
{
	struct dxgk_wire_createprocess request = { .process_id = 77 };
	uint32_t process = 0;

	rig_global(rig, DXGK_VMCMD_CREATEPROCESS, &request, sizeof(request),
		   &process, sizeof(process));
	assert_int_not_equal(process, 0);
	return process;
}

void rig_open(struct rig *rig)
{
	struct dxgk_wire_createpagingqueue queue = { .args.priority = 0 };
	struct dxgk_wire_createpagingqueue_reply made;

	rig->device = rig_create_device(rig);
	rig->context = rig_create_context(rig, rig->device, 0, 0);
	queue.args.device = rig->device;
	assert_int_equal(rig_vgpu(rig, DXGK_CMD_CREATEPAGINGQUEUE, &queue,
				  sizeof(queue), &made, sizeof(made)),
			 sizeof(made));
	rig->paging_queue = made.paging_queue;
	rig->paging_fence = made.sync_object;
	rig->paging_value = (_Atomic uint64_t *)
		(rig->io + made.fence_storage_physical_address - RIG_IO_START);
}

void rig_down(struct rig *rig)
{
	dxghost_destroy(rig->host);
	munmap(rig->io, rig->io_size);
	pthread_cond_destroy(&rig->arrived);
	pthread_mutex_destroy(&rig->lock);
}

uint32_t rig_create_device(struct rig *rig)
{
	struct dxgk_wire_createdevice request = { .error_code = 0xc00c1e };
	uint32_t device = 0;

	rig_vgpu(rig, DXGK_CMD_CREATEDEVICE, &request, sizeof(request), &device,
		 sizeof(device));
	assert_int_not_equal(device, 0);
	return device;
}

uint32_t rig_create_context(struct rig *rig, uint32_t device, uint32_t node,
			    uint32_t flags)
{
	union {
		struct dxgk_wire_createcontextvirtual request;
		uint8_t bytes[56];
	} m = { .request = { .device = device, .node_ordinal = node,
			     .flags = flags } };

	assert_int_equal(rig_vgpu(rig, DXGK_CMD_CREATECONTEXTVIRTUAL, &m, 55,
				  &m, sizeof(m)), 55);
	return m.request.context;
}

uint32_t rig_allocate(struct rig *rig, uint64_t size, uint32_t flags)
{
	struct {
		struct dxgk_wire_createallocation request;
		struct dxgk_wire_createallocation_info info;
		uint8_t data[sizeof(struct dxghost_allocation_data)];
	} __attribute__((packed)) m = { .request = { .alloc_count = 1 } };
	struct dxghost_allocation_data data = {
		.magic = DXGHOST_ALLOCATION_MAGIC,
		.version = DXGHOST_ALLOCATION_VERSION,
		.size = size,
		.flags = flags,
	};
	struct {
		struct dxgk_wire_createallocation_reply reply;
		struct dxgk_wire_createallocation_result result;
		uint8_t data[sizeof(data)];
	} reply;

	m.request.device = rig->device;
	m.info.priv_drv_data_size = sizeof(data);
	memcpy(m.data, &data, sizeof(data));
	if (rig_vgpu(rig, DXGK_CMD_CREATEALLOCATION, &m, sizeof(m), &reply,
		     sizeof(reply)) < sizeof(reply))
		return 0;
	return reply.result.allocation;
}

int32_t rig_destroy_allocation(struct rig *rig, uint32_t allocation,
			       uint32_t flags)
{
	struct {
		struct dxgk_wire_destroyallocation request;
		uint32_t handles[2];
	} m = { .request = { .alloc_count = 1, .flags = flags } };

	m.request.device = rig->device;
	m.handles[0] = allocation;
	return rig_status(rig, DXGK_CMD_DESTROYALLOCATION, &m, sizeof(m));
}

int32_t rig_map(struct rig *rig, uint32_t allocation, uint64_t pages,
		uint64_t protection, uint64_t *va, uint64_t *fence)
{
	struct dxgk_wire_mapgpuvirtualaddress request = {
		.args = {
			.paging_queue = rig->paging_queue,
			.base_address = *va,
			.allocation = allocation,
			.size_in_pages = pages,
			.protection = protection,
		},
	};
	struct dxgk_wire_mapgpuvirtualaddress_reply reply = { .status = 1 };

	rig_vgpu(rig, DXGK_CMD_MAPGPUVIRTUALADDRESS, &request, sizeof(request),
		 &reply, sizeof(reply));
	*va = reply.virtual_address;
	*fence = reply.paging_fence_value;
	return reply.status;
}

int32_t rig_make_resident(struct rig *rig, uint32_t allocation, uint64_t *fence)
{
	struct {
		struct dxgk_wire_makeresident request;
		uint32_t handles[2];
	} m = { .request = { .alloc_count = 1 } };
	struct dxgk_wire_makeresident_reply reply = { .status = 1 };

	m.request.paging_queue = rig->paging_queue;
	m.handles[0] = allocation;
	rig_vgpu(rig, DXGK_CMD_MAKERESIDENT, &m, sizeof(m), &reply,
		 sizeof(reply));
	*fence = reply.paging_fence_value;
	return reply.status;
}

static void nap(void)
{
	struct timespec time = { .tv_nsec = 100000 };

	nanosleep(&time, NULL);
}

static uint64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

void rig_wait_paging(struct rig *rig, uint64_t value)
{
	uint64_t end = now_ms() + PATIENCE_MS;

	while (atomic_load(rig->paging_value) < value) {
		if (now_ms() > end)
			fail_msg("paging fence stays below %lu",
				 (unsigned long)value);
		nap();
	}
}

void rig_buffer(struct rig *rig, uint64_t size, struct rig_buffer *buffer)
{
	struct dxgk_wire_lock2 lock = { .args.device = rig->device };
	struct dxgk_wire_lock2_reply locked = { .status = 1 };
	uint64_t fence;

	buffer->size = size;
	buffer->va = 0;
	buffer->allocation = rig_allocate(rig, size, 0);
	assert_int_not_equal(buffer->allocation, 0);
	assert_true(rig_map(rig, buffer->allocation, (size + 4095) / 4096, 1,
			    &buffer->va, &fence) >= 0);
	assert_true(rig_make_resident(rig, buffer->allocation, &fence) >= 0);
	rig_wait_paging(rig, fence);
	lock.args.allocation = buffer->allocation;
	rig_vgpu(rig, DXGK_CMD_LOCK2, &lock, sizeof(lock), &locked,
		 sizeof(locked));
	assert_int_equal(locked.status, 0);
	buffer->cpu = rig->io + locked.cpu_visible_address - RIG_IO_START;
}

void rig_fence(struct rig *rig, uint64_t initial, uint32_t flags,
	       struct rig_fence *fence)
{
	struct dxgk_wire_createsyncobject request = { .client_hint = 1 };
	struct dxgk_wire_createsyncobject_reply reply;

	request.args.device = rig->device;
	request.args.info.type = 5;
	request.args.info.flags = flags;
	request.args.info.u.monitored_fence.initial_fence_value = initial;
	assert_int_equal(rig_vgpu(rig, DXGK_CMD_CREATESYNCOBJECT, &request,
				  sizeof(request), &reply, sizeof(reply)),
			 sizeof(reply));
	fence->sync = reply.sync_object;
	fence->va = reply.fence_gpu_va;
	fence->value = (_Atomic uint64_t *)
		(rig->io + reply.fence_storage_address - RIG_IO_START);
}

int32_t rig_submit(struct rig *rig, uint32_t context, uint64_t va,
		   uint32_t size)
{
	struct dxgk_wire_submitcommand request = {
		.args = {
			.command_buffer = va,
			.command_length = size,
			.broadcast_context_count = 1,
			.broadcast_context = { context },
		},
	};

	return rig_status(rig, DXGK_CMD_SUBMITCOMMAND, &request,
			  sizeof(request));
}

int32_t rig_signal(struct rig *rig, uint32_t context, uint32_t sync,
		   uint64_t value)
{
	struct {
		struct dxgk_wire_signalsyncobject request;
		uint32_t object, context;
		uint64_t value;
	} m = {
		.request = { .object_count = 1, .context_count = 1 },
		.object = sync, .context = context, .value = value,
	};

	return rig_status(rig, DXGK_CMD_SIGNALSYNCOBJECT, &m, sizeof(m));
}

int32_t rig_wait(struct rig *rig, uint32_t context, uint32_t sync,
		 uint64_t value)
{
	struct {
		struct dxgk_wire_waitforsyncobjectfromgpu request;
		uint64_t value;
		uint32_t object, pad;
	} m = {
		.request = { .context_or_hwqueue = context, .object_count = 1 },
		.value = value, .object = sync,
	};

	return rig_status(rig, DXGK_CMD_WAITFORSYNCOBJECTFROMGPU, &m,
			  sizeof(m));
}

int32_t rig_signal_cpu(struct rig *rig, uint32_t sync, uint64_t value,
		       uint32_t flags)
{
	struct {
		struct dxgk_wire_signalsyncobject request;
		uint32_t object;
		uint64_t value;
	} __attribute__((packed)) m = {
		.request = { .object_count = 1, .flags = flags,
			     .u.device = rig->device },
		.object = sync, .value = value,
	};

	return rig_status(rig, DXGK_CMD_SIGNALSYNCOBJECT, &m, sizeof(m));
}

int32_t rig_wait_cpu(struct rig *rig, uint32_t sync, uint64_t value,
		     uint64_t event)
{
	struct {
		struct dxgk_wire_waitforsyncobjectfromcpu request;
		uint32_t object;
		uint64_t value;
	} __attribute__((packed)) m = {
		.request = { .device = rig->device, .object_count = 1,
			     .guest_event_id = event },
		.object = sync, .value = value,
	};

	return rig_status(rig, DXGK_CMD_WAITFORSYNCOBJECTFROMCPU, &m,
			  sizeof(m));
}

uint32_t rig_device_state(struct rig *rig)
{
	struct dxgk_wire_getdevicestate request = { .args.state_type = 1 };
	struct dxgk_wire_getdevicestate_reply reply = { .status = 1 };

	request.args.device = rig->device;
	rig_vgpu(rig, DXGK_CMD_GETDEVICESTATE, &request, sizeof(request),
		 &reply, sizeof(reply));
	assert_int_equal(reply.status, 0);
	return reply.args.state.execution_state;
}

void rig_expect_value(_Atomic uint64_t *value, uint64_t expected)
{
	uint64_t end = now_ms() + PATIENCE_MS;

	while (atomic_load(value) != expected) {
		if (now_ms() > end)
			fail_msg("fence is %lu, not %lu",
				 (unsigned long)atomic_load(value),
				 (unsigned long)expected);
		nap();
	}
}

static void expect_count(struct rig *rig, const uint32_t *counter,
			 uint32_t count)
{
	struct timespec deadline;

	clock_gettime(CLOCK_REALTIME, &deadline);
	deadline.tv_sec += PATIENCE_MS / 1000;
	pthread_mutex_lock(&rig->lock);
	while (*counter < count)
		if (pthread_cond_timedwait(&rig->arrived, &rig->lock,
					   &deadline))
			break;
	pthread_mutex_unlock(&rig->lock);
	assert_int_equal(*counter, count);
}

void rig_expect_signals(struct rig *rig, uint32_t count)
{
	expect_count(rig, &rig->signals, count);
}

void rig_expect_notices(struct rig *rig, uint32_t count)
{
	expect_count(rig, &rig->notices, count);
}
