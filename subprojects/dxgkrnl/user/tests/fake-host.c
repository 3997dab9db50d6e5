/* SPDX-License-Identifier: MIT */
/* The fake host, and the platform below the driver that goes with it. */
#include "slice-test.h"

#include <sys/mman.h>

#include <linux/err.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#include "fake-host.h"
#include "platform.h"
#include "slice.h"

#define HANDLE_BITS	0x40000000u

struct fake_mapping {
	struct dxgk_mapping mapping;
	struct fake_host *host;
};

struct dxgk_pinned {
	u64 first;
	u64 count;
	u32 gpadl;
};

/* Of the test that runs: unpinning names no host. */
static struct fake_host *running;

int fake_refuse(void *reply, s32 status)
{
	memcpy(reply, &status, sizeof(status));
	return sizeof(status);
}

u32 fake_new_handle(struct fake_host *host)
{
	return HANDLE_BITS | ++host->next_index << 6;
}

static void answer_allocations(struct fake_host *host, const void *request,
			       void *reply)
{
	const struct dxgk_wire_createallocation *args = request;
	struct dxgk_wire_createallocation_reply *head = reply;
	struct dxgk_wire_createallocation_result *result = (void *)(head + 1);
	u32 i;

	if (args->flags & DXG_CREATEALLOCATION_CREATE_RESOURCE)
		head->resource = fake_new_handle(host);
	for (i = 0; i < args->alloc_count; i++) {
		result[i].allocation = fake_new_handle(host);
		result[i].allocation_size = PAGE_SIZE;
	}
}

static void answer_open_resource(struct fake_host *host, const void *request,
				 void *reply)
{
	const struct dxgk_wire_openresource *args = request;
	struct dxgk_wire_openresource_reply *head = reply;
	u32 *handles = (u32 *)(head + 1);
	u32 i;

	head->resource = fake_new_handle(host);
	for (i = 0; i < args->allocation_count; i++)
		handles[i] = fake_new_handle(host);
}

static void answer_usual(struct fake_host *host, u32 command,
			 const void *request, void *reply, u32 room)
{
	struct dxgk_wire_createcontextvirtual *context = reply;
	struct dxgk_wire_createpagingqueue_reply *paging = reply;
	struct dxgk_wire_createsyncobject_reply *sync = reply;
	struct dxgk_wire_opensyncobject_reply *opened = reply;
	struct dxgk_wire_createhwqueue *queue = reply;
	struct dxgk_wire_lock2_reply *lock = reply;
	u32 *handle = reply;

	switch (command) {
	case DXGK_VMCMD_CREATEPROCESS:
	case DXGK_VMCMD_CREATENTSHAREDOBJECT:
	case DXGK_CMD_CREATEDEVICE:
		*handle = fake_new_handle(host);
		break;
	case DXGK_CMD_CREATECONTEXTVIRTUAL:
		context->context = fake_new_handle(host);
		break;
	case DXGK_CMD_CREATEPAGINGQUEUE:
		paging->paging_queue = fake_new_handle(host);
		paging->sync_object = fake_new_handle(host);
		paging->fence_storage_physical_address = FAKE_IO_START;
		break;
	case DXGK_CMD_CREATEHWQUEUE:
		queue->hwqueue = fake_new_handle(host);
		queue->hwqueue_progress_fence = fake_new_handle(host);
		queue->progress_fence_cpu_address = FAKE_IO_START;
		break;
	case DXGK_CMD_CREATESYNCOBJECT:
		sync->sync_object = fake_new_handle(host);
		sync->global_sync_object = fake_new_handle(host);
		sync->fence_storage_address = FAKE_IO_START;
		break;
	case DXGK_VMCMD_OPENSYNCOBJECT:
		opened->sync_object = fake_new_handle(host);
		opened->guest_cpu_physical_address = FAKE_IO_START;
		break;
	case DXGK_CMD_LOCK2:
		lock->cpu_visible_address = FAKE_IO_START;
		break;
	case DXGK_CMD_CREATEALLOCATION:
		answer_allocations(host, request, reply);
		break;
	case DXGK_CMD_OPENRESOURCE:
		answer_open_resource(host, request, reply);
		break;
	default:
		break;
	}
	(void)room;
}

static int fake_request(struct dxgk_global *global,
			struct dxgk_adapter *adapter, const void *message,
			u32 size, void *reply, u32 room, unsigned int flags)
{
	struct fake_host *host = global->platform;
	const struct dxgk_wire_extended_header *extended = message;
	const struct dxgk_wire_vgpu_header *header =
		(const void *)((const u8 *)message + extended->command_offset);
	u32 command = header->command_type;
	u32 rest = size - extended->command_offset;
	int got = FAKE_USUAL;

	(void)adapter;
	(void)flags;
	assert_in_range(command, 0, ARRAY_SIZE(host->messages) - 1);
	host->messages[command]++;
	if (command == host->watched)
		memcpy(host->seen, header, min_t(u32, rest, sizeof(host->seen)));
	memset(reply, 0, room);
	if (host->answer)
		got = host->answer(host, command, header, reply, room);
	if (got != FAKE_USUAL)
		return got;
	answer_usual(host, command, header, reply, room);
	return (int)room;
}

static int fake_post(struct dxgk_global *global, struct dxgk_adapter *adapter,
		     const void *message, u32 size)
{
	s32 status;
	int got = fake_request(global, adapter, message, size, &status,
			       sizeof(status), 0);

	return min(got, 0);
}

/* One that nobody waits for; the host's threads answer. */
struct fake_question {
	struct work_struct work;
	struct fake_host *host;
	dxgk_answered *answered;
	void *context;
	u32 size;
	u32 room;
	u8 message[1024];
	u8 reply[1024];
};

static void end_question(struct fake_question *asked, int result)
{
	asked->answered(asked->context, asked->reply, result);
	asked->host->open--;
	free(asked);
}

static void fake_answer_question(struct work_struct *work)
{
	struct fake_question *asked =
		container_of(work, struct fake_question, work);
	int got = fake_request(asked->host->global, NULL, asked->message,
			       asked->size, asked->reply, asked->room, 0);

	end_question(asked, min_t(int, got, asked->room));
}

static int fake_ask(struct dxgk_global *global, struct dxgk_adapter *adapter,
		    const void *message, u32 size, u32 room,
		    dxgk_answered *answered, void *context)
{
	struct fake_host *host = global->platform;
	struct fake_question *asked;

	(void)adapter;
	if (host->ask_error)
		return host->ask_error;
	asked = calloc(1, sizeof(*asked));
	assert_non_null(asked);
	assert_true(size <= sizeof(asked->message));
	assert_true(room <= sizeof(asked->reply));
	INIT_WORK(&asked->work, fake_answer_question);
	asked->host = host;
	asked->answered = answered;
	asked->context = context;
	asked->size = size;
	asked->room = room;
	memcpy(asked->message, message, size);
	host->open++;
	if (host->silent) {
		assert_null(host->held);
		host->held = asked;
	} else {
		schedule_work(&asked->work);
	}
	return 0;
}

static struct fake_question *take_held(struct fake_host *host)
{
	struct fake_question *asked = host->held;

	assert_non_null(asked);
	host->held = NULL;
	return asked;
}

void fake_answer_held(struct fake_host *host)
{
	fake_answer_question(&take_held(host)->work);
}

void fake_lose_held(struct fake_host *host)
{
	end_question(take_held(host), -ENODEV);
}

static const struct dxgk_transport_ops fake_transport = {
	.request = fake_request,
	.post = fake_post,
	.ask = fake_ask,
};

struct dxgk_mapping *dxgk_platform_map(struct dxgk_global *global, u64 address,
				       u64 size, unsigned int flags)
{
	struct fake_mapping *mapping = kzalloc(sizeof(*mapping), GFP_KERNEL);
	void *pages = mmap(NULL, size, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)address;
	(void)flags;
	assert_non_null(mapping);
	assert_ptr_not_equal(pages, MAP_FAILED);
	mapping->host = global->platform;
	mapping->host->mappings++;
	mapping->mapping.user = ptr_to_user_u64(pages);
	mapping->mapping.kernel = pages;
	mapping->mapping.size = size;
	return &mapping->mapping;
}

void dxgk_platform_unmap(struct dxgk_mapping *mapping)
{
	struct fake_mapping *fake =
		container_of(mapping, struct fake_mapping, mapping);

	fake->host->mappings--;
	munmap(u64_to_user_ptr(mapping->user), mapping->size);
	kfree(fake);
}

struct dxgk_pinned *dxgk_platform_pin(u64 address, u64 count, bool writable)
{
	struct dxgk_pinned *pinned = kzalloc(sizeof(*pinned), GFP_KERNEL);

	(void)writable;
	assert_non_null(pinned);
	pinned->first = address >> PAGE_SHIFT;
	pinned->count = count;
	running->pinned++;
	return pinned;
}

void dxgk_platform_pinned_pfns(const struct dxgk_pinned *pinned, u64 first,
			       u32 count, u64 *ret_pfns)
{
	u32 i;

	assert_true(first + count <= pinned->count);
	for (i = 0; i < count; i++)
		ret_pfns[i] = pinned->first + first + i;
}

void dxgk_platform_unpin(struct dxgk_pinned *pinned)
{
	assert_int_equal(pinned->gpadl, 0);
	running->pinned--;
	kfree(pinned);
}

int dxgk_platform_share(struct dxgk_global *global, struct dxgk_pinned *pinned,
			u32 *ret_gpadl)
{
	struct fake_host *host = global->platform;

	assert_int_equal(pinned->gpadl, 0);
	if (host->share_error)
		return host->share_error;
	pinned->gpadl = FAKE_GPADL + host->shared++;
	host->lists++;
	*ret_gpadl = pinned->gpadl;
	return 0;
}

void dxgk_platform_unshare(struct dxgk_global *global,
			   struct dxgk_pinned *pinned)
{
	struct fake_host *host = global->platform;

	assert_int_not_equal(pinned->gpadl, 0);
	pinned->gpadl = 0;
	host->lists--;
}

int dxgk_platform_config_read(struct dxgk_adapter *adapter, u32 offset,
			      u32 *ret_value)
{
	(void)adapter;
	switch (offset) {
	case DXGK_PCI_VERSION:
		*ret_value = DXGK_WIRE_VERSION;
		break;
	case DXGK_PCI_HOST_CAPS:
		*ret_value = DXGK_PCI_HOST_CAP_MAP_GUEST;
		break;
	default:
		*ret_value = offset;
		break;
	}
	return 0;
}

int dxgk_platform_config_write(struct dxgk_adapter *adapter, u32 offset,
			       u32 value)
{
	(void)adapter;
	(void)offset;
	(void)value;
	return 0;
}

/* Files of shared objects do not outlive a test. */
static void module_hold(void)
{
}

struct module dxgk_user_module = { .get = module_hold, .put = module_hold };

int fake_setup(void **state)
{
	struct fake_host *host = calloc(1, sizeof(*host));

	assert_non_null(host);
	running = host;
	host->global = dxgk_global_create(&fake_transport, host);
	assert_false(IS_ERR(host->global));
	host->adapter = dxgk_adapter_add(host->global, false, NULL);
	assert_false(IS_ERR(host->adapter));
	assert_int_equal(dxgk_global_start(host->global, FAKE_IO_START,
					   FAKE_IO_SIZE), 0);
	assert_int_equal(dxgk_adapter_start(host->adapter), 0);
	assert_int_equal(dxgk_file_open(host->global, &host->file), 0);
	*state = host;
	return 0;
}

void fake_remove_adapter(struct fake_host *host, bool lost)
{
	dxgk_adapter_remove(host->adapter, lost);
	host->adapter = NULL;
}

static void *remove_adapter(void *host)
{
	fake_remove_adapter(host, false);
	return NULL;
}

static void *lose_adapter(void *host)
{
	fake_remove_adapter(host, true);
	return NULL;
}

void fake_remove_adapter_aside(struct fake_host *host, bool lost)
{
	t_join(t_start(lost ? lose_adapter : remove_adapter, host));
}

int fake_teardown(void **state)
{
	struct fake_host *host = *state;
	u32 mappings, pinned, lists;

	dxgk_user_files_reap();
	dxgk_file_release(host->file);
	mappings = host->mappings;
	pinned = host->pinned;
	lists = host->lists;
	if (host->adapter)
		fake_remove_adapter(host, false);
	if (host->held)
		fake_lose_held(host);
	dxgk_global_stop(host->global);
	dxgk_user_workqueue_end();
	dxgk_global_put(host->global);
	rcu_barrier();
	free(host);
	return mappings || pinned || lists ? -1 : 0;
}

long fake_ioctl(struct fake_host *host, unsigned int request, void *args)
{
	return dxgk_file_ioctl(host->file, request, (unsigned long)args);
}

static u32 open_adapter(struct fake_host *host)
{
	struct d3dkmt_openadapterfromluid args = {
		.adapter_luid = {
			.a = host->adapter->luid.low,
			.b = host->adapter->luid.high,
		},
	};

	assert_int_equal(fake_ioctl(host, LX_DXOPENADAPTERFROMLUID, &args), 0);
	return args.adapter_handle.v;
}

u32 fake_create_device(struct fake_host *host)
{
	struct d3dkmt_createdevice args = {
		.adapter.v = open_adapter(host),
	};

	assert_int_equal(fake_ioctl(host, LX_DXCREATEDEVICE, &args), 0);
	return args.device.v;
}

u32 fake_create_fence(struct fake_host *host, u32 device, u32 flags)
{
	struct d3dkmt_createsynchronizationobject2 args = {
		.device.v = device,
		.info.type = DXG_SYNC_TYPE_MONITORED_FENCE,
		.info.flags = flags,
	};

	assert_int_equal(fake_ioctl(host, LX_DXCREATESYNCHRONIZATIONOBJECT,
				    &args), 0);
	return args.sync_object.v;
}

long fake_share(struct fake_host *host, u32 object, int *ret_fd)
{
	u64 descriptor = 0;
	struct d3dkmt_shareobjects args = {
		.object_count = 1,
		.objects = (u64)(unsigned long)&object,
		.shared_handle = (u64)(unsigned long)&descriptor,
	};
	long ret = fake_ioctl(host, LX_DXSHAREOBJECTS, &args);

	*ret_fd = (int)descriptor;
	return ret;
}
