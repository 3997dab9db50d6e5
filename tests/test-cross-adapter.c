/* SPDX-License-Identifier: MIT */
/* sync: objects of one adapter in the calls of another. */
#include "lib/t.h"

#include <dxg/dxg.h>
#include <unistd.h>

#include "lib/t-share.h"

#define WAIT_FROM_CPU	22
#define WAIT_FROM_GPU	25
#define SIGNAL		26

/* A device and a context on the second adapter. */
struct other {
	D3DKMT_HANDLE adapter;
	D3DKMT_HANDLE device;
	D3DKMT_HANDLE context;
};

static struct other open_other(const struct t_gpu *gpu)
{
	D3DKMT_ADAPTERINFO adapters[2] = { 0 };
	D3DKMT_ENUMADAPTERS2 args = { .NumAdapters = 2 };
	struct other other;
	unsigned int second;

	args.pAdapters = adapters;
	assert_status(D3DKMTEnumAdapters2(&args), STATUS_SUCCESS);
	assert_int_equal(args.NumAdapters, 2);
	second = adapters[0].AdapterLuid.LowPart == gpu->luid.LowPart;
	t_close_adapter(adapters[!second].hAdapter);
	other.adapter = adapters[second].hAdapter;
	other.device = t_create_device(other.adapter);
	other.context = t_create_context(other.device, 0);
	return other;
}

static void close_other(struct other *other)
{
	t_destroy_context(other->context);
	t_destroy_device(other->device);
	t_close_adapter(other->adapter);
}

static D3DKMT_HANDLE create_object(D3DKMT_HANDLE device,
				   D3DDDI_SYNCHRONIZATIONOBJECT_TYPE type,
				   bool cross_adapter)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args = {
		.hDevice = device,
		.Info.Type = type,
	};

	args.Info.Flags.CrossAdapter = cross_adapter;
	assert_status(D3DKMTCreateSynchronizationObject2(&args), STATUS_SUCCESS);
	return args.hSyncObject;
}

static void destroy_object(D3DKMT_HANDLE object)
{
	D3DKMT_DESTROYSYNCHRONIZATIONOBJECT args = { .hSyncObject = object };

	assert_status(D3DKMTDestroySynchronizationObject(&args), STATUS_SUCCESS);
}

static NTSTATUS signal_gpu2(D3DKMT_HANDLE context, D3DKMT_HANDLE object,
			    uint64_t value)
{
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU2 args = {
		.ObjectCount = 1,
		.ObjectHandleArray = &object,
		.BroadcastContextCount = 1,
		.BroadcastContextArray = &context,
		.MonitoredFenceValueArray = &value,
	};

	return D3DKMTSignalSynchronizationObjectFromGpu2(&args);
}

static NTSTATUS signal_old(D3DKMT_HANDLE context, D3DKMT_HANDLE object)
{
	D3DKMT_SIGNALSYNCHRONIZATIONOBJECT2 args = {
		.hContext = context,
		.ObjectCount = 1,
		.ObjectHandleArray = { object },
		.Fence.FenceValue = 1,
	};

	return D3DKMTSignalSynchronizationObject2(&args);
}

static NTSTATUS wait_old(D3DKMT_HANDLE context, D3DKMT_HANDLE object)
{
	D3DKMT_WAITFORSYNCHRONIZATIONOBJECT2 args = {
		.hContext = context,
		.ObjectCount = 1,
		.ObjectHandleArray = { object },
		.Fence.FenceValue = 1,
	};

	return D3DKMTWaitForSynchronizationObject2(&args);
}

static NTSTATUS signal_queue(D3DKMT_HANDLE queue, D3DKMT_HANDLE object,
			     uint64_t value)
{
	D3DKMT_SUBMITSIGNALSYNCOBJECTSTOHWQUEUE args = {
		.BroadcastHwQueueCount = 1,
		.BroadcastHwQueueArray = &queue,
		.ObjectCount = 1,
		.ObjectHandleArray = &object,
		.FenceValueArray = &value,
	};

	return D3DKMTSubmitSignalSyncObjectsToHwQueue(&args);
}

static NTSTATUS wait_queue(D3DKMT_HANDLE queue, D3DKMT_HANDLE object,
			   uint64_t value)
{
	D3DKMT_SUBMITWAITFORSYNCOBJECTSTOHWQUEUE args = {
		.hHwQueue = queue,
		.ObjectCount = 1,
		.ObjectHandleArray = &object,
		.FenceValueArray = &value,
	};

	return D3DKMTSubmitWaitForSyncObjectsToHwQueue(&args);
}

static uint64_t messages(void)
{
	return t_soft_messages(WAIT_FROM_CPU) + t_soft_messages(WAIT_FROM_GPU) +
	       t_soft_messages(SIGNAL);
}

static void check_unharmed(const struct t_gpu *gpu, uint64_t before)
{
	assert_true(messages() == before);
	assert_int_equal(t_execution_state(gpu->device),
			 D3DKMT_DEVICEEXECUTION_ACTIVE);
}

static void a_fence_of_another_adapter_is_refused(void **state)
{
	struct t_gpu *gpu = *state;
	struct other other = open_other(gpu);
	struct t_fence fence = t_create_fence(other.device, 5);
	uint64_t before = messages();
	int event = t_create_event();

	assert_status(t_wait_gpu(gpu->context, fence.handle, 1),
		      STATUS_INVALID_PARAMETER);
	assert_status(t_signal_gpu(gpu->context, fence.handle, 6),
		      STATUS_INVALID_PARAMETER);
	assert_status(signal_gpu2(gpu->context, fence.handle, 6),
		      STATUS_INVALID_PARAMETER);
	assert_status(t_signal_cpu(gpu->device, fence.handle, 6),
		      STATUS_INVALID_PARAMETER);
	/* Even if its value could be seen from here. */
	assert_status(t_wait_cpu_event(gpu->device, fence.handle, 5, event),
		      STATUS_INVALID_PARAMETER);
	assert_status(t_wait_cpu_event(gpu->device, fence.handle, 6, event),
		      STATUS_INVALID_PARAMETER);
	check_unharmed(gpu, before);
	close(event);
	t_destroy_fence(&fence);
	close_other(&other);
}

static void objects_of_the_older_calls_are_refused_as_well(void **state)
{
	static const D3DDDI_SYNCHRONIZATIONOBJECT_TYPE types[] = {
		D3DDDI_SYNCHRONIZATION_MUTEX, D3DDDI_SEMAPHORE, D3DDDI_FENCE,
	};
	struct t_gpu *gpu = *state;
	struct other other = open_other(gpu);
	uint64_t before = messages();
	size_t i;

	for (i = 0; i < 3; i++) {
		D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args = {
			.hDevice = other.device,
			.Info.Type = types[i],
		};

		if (types[i] == D3DDDI_SEMAPHORE)
			args.Info.Semaphore.MaxCount = 1;
		assert_status(D3DKMTCreateSynchronizationObject2(&args),
			      STATUS_SUCCESS);
		assert_status(wait_old(gpu->context, args.hSyncObject),
			      STATUS_INVALID_PARAMETER);
		assert_status(signal_old(gpu->context, args.hSyncObject),
			      STATUS_INVALID_PARAMETER);
		assert_status(t_wait_gpu(gpu->context, args.hSyncObject, 0),
			      STATUS_INVALID_PARAMETER);
		destroy_object(args.hSyncObject);
	}
	check_unharmed(gpu, before);
	close_other(&other);
}

static void hardware_queues_take_no_foreign_fence(void **state)
{
	struct t_gpu *gpu = *state;
	struct other other = open_other(gpu);
	struct t_fence fence = t_create_fence(other.device, 0);
	D3DKMT_CREATECONTEXTVIRTUAL context = { .hDevice = gpu->device };
	D3DKMT_CREATEHWQUEUE queue = { 0 };
	uint64_t before;

	context.Flags.HwQueueSupported = 1;
	assert_status(D3DKMTCreateContextVirtual(&context), STATUS_SUCCESS);
	queue.hHwContext = context.hContext;
	assert_status(D3DKMTCreateHwQueue(&queue), STATUS_SUCCESS);
	before = messages();
	assert_status(wait_queue(queue.hHwQueue, fence.handle, 1),
		      STATUS_INVALID_PARAMETER);
	assert_status(signal_queue(queue.hHwQueue, fence.handle, 1),
		      STATUS_INVALID_PARAMETER);
	/* Nor does the other adapter take this one's progress. */
	assert_status(t_wait_gpu(other.context, queue.hHwQueueProgressFence, 1),
		      STATUS_INVALID_PARAMETER);
	check_unharmed(gpu, before);
	t_destroy_context(context.hContext);
	t_destroy_fence(&fence);
	close_other(&other);
}

/* One foreign object among good ones spoils the call, wherever it stands. */
static void one_foreign_object_among_good_ones_is_refused(void **state)
{
	struct t_gpu *gpu = *state;
	struct other other = open_other(gpu);
	struct t_fence foreign = t_create_fence(other.device, 0);
	struct t_fence own = t_create_fence(gpu->device, 0);
	uint64_t values[3] = { 1, 1, 1 };
	uint64_t before = messages();
	unsigned int i;

	for (i = 0; i < 3; i++) {
		D3DKMT_HANDLE handles[3] = {
			own.handle, own.handle, own.handle,
		};
		D3DKMT_SIGNALSYNCHRONIZATIONOBJECTFROMGPU args = {
			.hContext = gpu->context,
			.ObjectCount = 3,
			.ObjectHandleArray = handles,
			.MonitoredFenceValueArray = values,
		};

		handles[i] = foreign.handle;
		assert_status(D3DKMTSignalSynchronizationObjectFromGpu(&args),
			      STATUS_INVALID_PARAMETER);
	}
	check_unharmed(gpu, before);
	assert_true(t_fence_value(&own) == 0);
	t_destroy_fence(&foreign);
	t_destroy_fence(&own);
	close_other(&other);
}

static void a_cross_adapter_fence_orders_two_adapters(void **state)
{
	struct t_gpu *gpu = *state;
	struct other other = open_other(gpu);
	D3DKMT_HANDLE cross = create_object(gpu->device,
					    D3DDDI_MONITORED_FENCE, true);
	struct t_fence done = t_create_fence(other.device, 0);
	int event = t_create_event();

	/* The other one waits for what this one has still to do. */
	assert_status(t_wait_gpu(other.context, cross, 1), STATUS_SUCCESS);
	assert_status(t_signal_gpu(other.context, done.handle, 1),
		      STATUS_SUCCESS);
	t_sleep_ms(T_QUIET_MS);
	assert_true(t_fence_value(&done) == 0);
	assert_status(t_signal_gpu(gpu->context, cross, 1), STATUS_SUCCESS);
	t_wait_fence(other.device, &done, 1);
	/* And back, with the CPU looking on from the other side. */
	assert_status(signal_gpu2(other.context, cross, 2), STATUS_SUCCESS);
	assert_status(t_wait_cpu_event(other.device, cross, 2, event),
		      STATUS_SUCCESS);
	assert_true(t_event_is_set(event, T_TIMEOUT_MS));
	assert_status(t_signal_cpu(other.device, cross, 3), STATUS_SUCCESS);
	assert_int_equal(t_execution_state(gpu->device),
			 D3DKMT_DEVICEEXECUTION_ACTIVE);
	assert_int_equal(t_execution_state(other.device),
			 D3DKMT_DEVICEEXECUTION_ACTIVE);
	close(event);
	destroy_object(cross);
	t_destroy_fence(&done);
	close_other(&other);
}

/* What the creator has not made usable by others, an opener cannot. */
static void an_opener_makes_no_cross_adapter_fence(void **state)
{
	struct t_gpu *gpu = *state;
	struct other other = open_other(gpu);
	struct t_fence shared = t_create_shared_fence(other.device, 0);
	D3DDDI_SYNCHRONIZATIONOBJECT_FLAGS flags = { 0 };
	int fd = t_share(shared.handle);
	struct t_fence opened;
	uint64_t before;

	flags.Shared = 1;
	flags.NtSecuritySharing = 1;
	flags.CrossAdapter = 1;
	assert_status(t_try_open_fence(other.device, fd, flags.Value, &opened),
		      STATUS_SUCCESS);
	before = messages();
	assert_status(t_wait_gpu(gpu->context, opened.handle, 1),
		      STATUS_INVALID_PARAMETER);
	check_unharmed(gpu, before);
	t_destroy_fence(&opened);
	t_destroy_fence(&shared);
	close(fd);
	close_other(&other);
}

/* All need a machine with two adapters. */
static int choose_machine(void **state)
{
	(void)state;
	dxg_set_device("soft:two-adapters");
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_gpu_test(a_fence_of_another_adapter_is_refused),
		t_gpu_test(objects_of_the_older_calls_are_refused_as_well),
		t_gpu_test(hardware_queues_take_no_foreign_fence),
		t_gpu_test(one_foreign_object_among_good_ones_is_refused),
		t_gpu_test(a_cross_adapter_fence_orders_two_adapters),
		t_gpu_test(an_opener_makes_no_cross_adapter_fence),
	};

	/* the virtual machine's host has one adapter */
	if (!t_device_is_soft()) {
		puts("skipped: needs DXG_DEVICE=soft");
		return 77;
	}
	return cmocka_run_group_tests_name("cross-adapter", tests,
					   choose_machine, NULL);
}
