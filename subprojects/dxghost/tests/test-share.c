/* SPDX-License-Identifier: MIT */
/* Sharing among processes, and hardware queues. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "rig.h"
#include "status.h"

#define PAGE		4096u
#define SHARED_NT	3u
#define HW_QUEUES	(1u << 4)

static struct rig rig;

static int up(void **state)
{
	(void)state;
	rig_up(&rig, "discrete");
	return 0;
}

static int down(void **state)
{
	(void)state;
	rig_down(&rig);
	return 0;
}

static uint32_t share(uint32_t object)
{
	struct dxgk_wire_createntsharedobject request = { .object = object };
	uint32_t handle = 0;

	rig_global(&rig, DXGK_VMCMD_CREATENTSHAREDOBJECT, &request,
		   sizeof(request), &handle, sizeof(handle));
	return handle;
}

static int32_t close_shared(uint32_t handle)
{
	struct dxgk_wire_destroyntsharedobject request = {
		.shared_handle = handle,
	};
	uint32_t process = rig.process;
	int32_t status;

	rig.process = 0;
	status = rig_status(&rig, DXGK_VMCMD_DESTROYNTSHAREDOBJECT, &request,
			    sizeof(request));
	rig.process = process;
	return status;
}

static int32_t destroy_process(uint32_t process)
{
	struct dxgk_wire_destroyprocess request;
	uint32_t mine = rig.process;
	int32_t status;

	rig.process = process;
	status = rig_status(&rig, DXGK_VMCMD_DESTROYPROCESS, &request,
			    sizeof(request));
	rig.process = mine;
	return status;
}

static uint32_t create_shared_fence(uint32_t *global, _Atomic uint64_t **value)
{
	struct dxgk_wire_createsyncobject request = { .client_hint = 1 };
	struct dxgk_wire_createsyncobject_reply reply = { 0 };

	request.args.device = rig.device;
	request.args.info.type = 5;
	request.args.info.flags = SHARED_NT;
	rig_vgpu(&rig, DXGK_CMD_CREATESYNCOBJECT, &request, sizeof(request),
		 &reply, sizeof(reply));
	*global = reply.global_sync_object;
	*value = (_Atomic uint64_t *)
		(rig.io + reply.fence_storage_address - RIG_IO_START);
	return reply.sync_object;
}

static int32_t open_fence(uint32_t global,
			  struct dxgk_wire_opensyncobject_reply *reply)
{
	struct dxgk_wire_opensyncobject request = {
		.global_sync_object = global, .flags = SHARED_NT,
	};

	memset(reply, 0, sizeof(*reply));
	request.device = rig.device;
	rig_global(&rig, DXGK_VMCMD_OPENSYNCOBJECT, &request, sizeof(request),
		   reply, sizeof(*reply));
	return reply->status;
}

static void shared_fence_has_one_value_everywhere(void **state)
{
	struct dxgk_wire_opensyncobject_reply opened;
	uint32_t first = rig.process, global, fence;
	_Atomic uint64_t *value;

	(void)state;
	fence = create_shared_fence(&global, &value);
	assert_int_not_equal(global >> 30, 0);
	assert_int_equal(global & 63, 2);
	rig_signal_cpu(&rig, fence, 4, 0);
	rig.process = rig_create_process(&rig);
	rig_open(&rig);
	assert_int_equal(open_fence(global, &opened), 0);
	assert_ptr_equal(rig.io + opened.guest_cpu_physical_address -
			 RIG_IO_START, value);
	rig_signal(&rig, rig.context, opened.sync_object, 6);
	rig_expect_value(value, 6);
	assert_int_equal(destroy_process(first), 0);
	assert_int_equal(atomic_load(value), 6);
	assert_int_equal(rig_signal_cpu(&rig, opened.sync_object, 7, 0), 0);
}

static void shared_handle_alone_keeps_a_fence_alive(void **state)
{
	struct dxgk_wire_opensyncobject_reply opened;
	uint32_t first = rig.process, global, fence, nt;
	_Atomic uint64_t *value;

	(void)state;
	fence = create_shared_fence(&global, &value);
	nt = share(fence);
	assert_int_not_equal(nt, 0);
	assert_int_equal(nt >> 30, 0);
	rig.process = rig_create_process(&rig);
	rig_open(&rig);
	destroy_process(first);
	assert_int_equal(open_fence(global, &opened), 0);
	assert_int_equal(close_shared(nt), 0);
	assert_int_equal(close_shared(nt), ST_INVALID_PARAMETER);
	assert_int_equal(open_fence(global, &opened), 0);
	destroy_process(rig.process);
	rig.process = rig_create_process(&rig);
	rig_open(&rig);
	assert_int_equal(open_fence(global, &opened), ST_INVALID_PARAMETER);
}

static void what_is_not_shared_cannot_be_shared(void **state)
{
	struct rig_fence fence;

	(void)state;
	rig_fence(&rig, 0, 0, &fence);
	assert_int_equal(share(fence.sync), 0);
	assert_int_equal(share(rig.paging_fence), 0);
	assert_int_equal(share(rig.device), 0);
	assert_int_equal(share(0), 0);
}

/* A resource of two allocations, made to be shared. */
static uint32_t create_resource(uint32_t flags, uint32_t handles[2])
{
	struct {
		struct dxgk_wire_createallocation request;
		struct dxgk_wire_createallocation_info infos[2];
		struct dxghost_allocation_data data[2];
	} __attribute__((packed)) m = {
		.request = { .alloc_count = 2, .flags = flags },
	};
	struct {
		struct dxgk_wire_createallocation_reply reply;
		struct dxgk_wire_createallocation_result results[2];
		struct dxghost_allocation_data data[2];
	} reply = { .reply = { 0 } };
	uint32_t i;

	m.request.device = rig.device;
	for (i = 0; i < 2; i++) {
		m.infos[i].priv_drv_data_size = sizeof(m.data[i]);
		m.data[i].magic = DXGHOST_ALLOCATION_MAGIC;
		m.data[i].version = DXGHOST_ALLOCATION_VERSION;
		m.data[i].size = PAGE / 2 + i * PAGE;
	}
	rig_vgpu(&rig, DXGK_CMD_CREATEALLOCATION, &m, sizeof(m), &reply,
		 sizeof(reply));
	for (i = 0; i < 2; i++)
		handles[i] = reply.results[i].allocation;
	assert_int_equal(reply.data[1].size, 2 * PAGE);
	return reply.reply.resource;
}

static uint8_t *lock(uint32_t allocation)
{
	struct dxgk_wire_lock2 request = { .args.allocation = allocation };
	struct dxgk_wire_lock2_reply reply = { .status = 1 };

	request.args.device = rig.device;
	rig_vgpu(&rig, DXGK_CMD_LOCK2, &request, sizeof(request), &reply,
		 sizeof(reply));
	assert_int_equal(reply.status, 0);
	return rig.io + reply.cpu_visible_address - RIG_IO_START;
}

static int32_t open_resource(uint32_t nt, uint32_t count, uint32_t *resource,
			     uint32_t handles[2])
{
	struct dxgk_wire_openresource request = {
		.nt_security_sharing = 1, .global_share = nt,
		.allocation_count = count,
	};
	struct {
		struct dxgk_wire_openresource_reply reply;
		uint32_t handles[2];
	} reply = { .reply = { .status = 1 } };

	request.device = rig.device;
	rig_vgpu(&rig, DXGK_CMD_OPENRESOURCE, &request, sizeof(request),
		 &reply, sizeof(reply));
	*resource = reply.reply.resource;
	memcpy(handles, reply.handles, 8);
	return reply.reply.status;
}

static void shared_resource_outlives_its_creator(void **state)
{
	uint32_t mine[2], theirs[2], resource, opened, nt;
	uint32_t first = rig.process;

	(void)state;
	resource = create_resource(0x43, mine);
	assert_int_equal(mine[0], resource + 0x40);
	assert_int_equal(mine[1], resource + 0x80);
	nt = share(resource);
	assert_int_not_equal(nt, 0);
	lock(mine[1])[5] = 99;
	rig.process = rig_create_process(&rig);
	rig_open(&rig);
	assert_int_equal(open_resource(nt, 1, &opened, theirs),
			 ST_INVALID_PARAMETER);
	assert_int_equal(open_resource(nt + 4, 2, &opened, theirs),
			 ST_INVALID_HANDLE);
	assert_int_equal(open_resource(nt, 2, &opened, theirs), 0);
	destroy_process(first);
	assert_int_equal(lock(theirs[1])[5], 99);
	assert_int_equal(close_shared(nt), 0);
	assert_int_equal(lock(theirs[1])[5], 99);
}

static void shared_resource_takes_no_more_and_gives_no_less(void **state)
{
	struct {
		struct dxgk_wire_destroyallocation request;
		uint32_t handles[2];
	} m = { .request = { .alloc_count = 0 } };
	uint32_t handles[2], resource, nt;
	struct dxghost_object_counts counts;

	(void)state;
	resource = create_resource(0x43, handles);
	nt = share(resource);
	assert_int_equal(rig_destroy_allocation(&rig, handles[0], 0),
			 ST_INVALID_PARAMETER);
	m.request.device = rig.device;
	m.request.resource = resource;
	assert_int_equal(rig_status(&rig, DXGK_CMD_DESTROYALLOCATION, &m,
				    sizeof(m)), 0);
	dxghost_object_counts(rig.host, &counts);
	assert_int_equal(counts.resources, 0);
	assert_int_equal(counts.allocations, 0);
	assert_int_equal(counts.shared_handles, 1);
	assert_int_equal(close_shared(nt), 0);
	assert_int_equal(rig_status(&rig, DXGK_CMD_DESTROYALLOCATION, &m,
				    sizeof(m)), ST_INVALID_PARAMETER);
}

static uint32_t create_hwqueue(uint32_t context, uint32_t *fence,
			       _Atomic uint64_t **value)
{
	struct dxgk_wire_createhwqueue m = { .context = context };
	uint8_t bytes[72];

	memcpy(bytes, &m, sizeof(m));
	assert_int_equal(rig_vgpu(&rig, DXGK_CMD_CREATEHWQUEUE, bytes, 72,
				  bytes, 72), 72);
	memcpy(&m, bytes, sizeof(m));
	assert_int_equal(m.status, 0);
	*fence = m.hwqueue_progress_fence;
	*value = (_Atomic uint64_t *)
		(rig.io + m.progress_fence_cpu_address - RIG_IO_START);
	return m.hwqueue;
}

static int32_t submit_hw(uint32_t queue, uint64_t id, uint64_t va,
			 uint32_t size)
{
	struct dxgk_wire_submitcommandtohwqueue request = {
		.args = { .hwqueue = queue, .hwqueue_progress_fence_id = id,
			  .command_buffer = va, .command_length = size },
	};

	return rig_status(&rig, DXGK_CMD_SUBMITCOMMANDTOHWQUEUE, &request,
			  sizeof(request));
}

static void hardware_queue_reports_its_progress(void **state)
{
	uint32_t context = rig_create_context(&rig, rig.device, 1, HW_QUEUES);
	struct dxgk_wire_destroyhwqueue destroy = { .pad28 = 0 };
	struct dxghost_packet_write *write;
	struct rig_buffer commands, data;
	_Atomic uint64_t *value;
	uint32_t queue, fence;

	(void)state;
	rig_buffer(&rig, PAGE, &commands);
	rig_buffer(&rig, PAGE, &data);
	queue = create_hwqueue(context, &fence, &value);
	write = (struct dxghost_packet_write *)commands.cpu;
	*write = (struct dxghost_packet_write){
		{ DXGHOST_OP_WRITE, sizeof(*write) }, data.va, 5,
	};
	assert_int_equal(rig_wait_cpu(&rig, fence, 3, 9), 0);
	assert_int_equal(submit_hw(queue, 1, commands.va, sizeof(*write)), 0);
	assert_int_equal(submit_hw(queue, 3, commands.va, sizeof(*write)), 0);
	rig_expect_value(value, 3);
	rig_expect_signals(&rig, 1);
	assert_int_equal(*(uint64_t *)data.cpu, 5);
	assert_int_equal(submit_hw(queue, 3, commands.va, sizeof(*write)),
			 ST_INVALID_PARAMETER);
	destroy.hwqueue = queue;
	assert_int_equal(rig_status(&rig, DXGK_CMD_DESTROYHWQUEUE, &destroy,
				    sizeof(destroy)), 0);
	assert_int_equal(rig_wait_cpu(&rig, fence, 3, 9), ST_INVALID_PARAMETER);
}

static void hardware_queue_needs_its_kind_of_context(void **state)
{
	struct dxgk_wire_createhwqueue m = { .context = 0 };
	uint8_t bytes[72];

	(void)state;
	m.context = rig.context;
	memcpy(bytes, &m, sizeof(m));
	assert_int_equal(rig_vgpu(&rig, DXGK_CMD_CREATEHWQUEUE, bytes, 72,
				  bytes, 72), 72);
	memcpy(&m, bytes, sizeof(m));
	assert_int_equal(m.status, ST_INVALID_PARAMETER);
	assert_int_equal(m.hwqueue, 0);
}

static void context_takes_its_hardware_queues_along(void **state)
{
	uint32_t context = rig_create_context(&rig, rig.device, 1, HW_QUEUES);
	struct dxgk_wire_destroycontext destroy = { .pad28 = 0 };
	struct dxghost_object_counts counts;
	_Atomic uint64_t *value;
	uint32_t fence;

	(void)state;
	create_hwqueue(context, &fence, &value);
	create_hwqueue(context, &fence, &value);
	destroy.context = context;
	assert_int_equal(rig_status(&rig, DXGK_CMD_DESTROYCONTEXT, &destroy,
				    sizeof(destroy)), 0);
	dxghost_object_counts(rig.host, &counts);
	assert_int_equal(counts.hwqueues, 0);
	assert_int_equal(counts.sync_objects, 1);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, up, down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(shared_fence_has_one_value_everywhere),
		CASE(shared_handle_alone_keeps_a_fence_alive),
		CASE(what_is_not_shared_cannot_be_shared),
		CASE(shared_resource_outlives_its_creator),
		CASE(shared_resource_takes_no_more_and_gives_no_less),
		CASE(hardware_queue_reports_its_progress),
		CASE(hardware_queue_needs_its_kind_of_context),
		CASE(context_takes_its_hardware_queues_along),
	};

	return cmocka_run_group_tests_name("share", tests, NULL, NULL);
}
