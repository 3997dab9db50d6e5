/* SPDX-License-Identifier: MIT */
/* Shared objects, by descriptors that travel over a socket. */
#include "load.h"
#include "lib/t-share.h"
#include "lib/t-socket.h"

#include <unistd.h>

/* In flight for a moment: nobody has it open then. */
static int send_around(int fd)
{
	int sockets[2];

	t_socket_pair(sockets);
	t_send_descriptor(sockets[0], fd);
	close(fd);
	fd = t_receive_descriptor(sockets[1]);
	close(sockets[0]);
	close(sockets[1]);
	return fd;
}

static NTSTATUS destroy_sync(D3DKMT_HANDLE handle)
{
	D3DKMT_DESTROYSYNCHRONIZATIONOBJECT args = { .hSyncObject = handle };

	return D3DKMTDestroySynchronizationObject(&args);
}

static NTSTATUS fence_is_shared(struct t_gpu *gpu)
{
	D3DKMT_CREATESYNCHRONIZATIONOBJECT2 args = {
		.hDevice = gpu->device,
		.Info = {
			.Type = D3DDDI_MONITORED_FENCE,
			.Flags = { .Shared = 1, .NtSecuritySharing = 1 },
		},
	};
	NTSTATUS status = D3DKMTCreateSynchronizationObject2(&args);
	struct t_fence opened;
	NTSTATUS destroyed;
	int fd;

	if (status < 0)
		return status;
	status = t_try_share(args.hSyncObject, &fd);
	if (status >= 0) {
		fd = send_around(fd);
		status = t_try_open_fence(gpu->device, fd, 0, &opened);
		close(fd);
		if (status >= 0)
			status = destroy_sync(opened.handle);
	}
	destroyed = destroy_sync(args.hSyncObject);
	return status < 0 ? status : destroyed;
}

static NTSTATUS resource_is_shared(struct t_gpu *gpu)
{
	struct t_shared_resource resource, opened;
	NTSTATUS status, destroyed;
	int fd;

	status = t_try_create_shared_resource(gpu->device, T_PAGE_SIZE,
					      &resource);
	if (status < 0)
		return status;
	status = t_try_share(resource.handle, &fd);
	if (status >= 0) {
		fd = send_around(fd);
		status = t_try_open_resource(gpu->device, fd, &opened);
		close(fd);
		if (status >= 0)
			status = t_destroy_resource(gpu->device, opened.handle);
	}
	destroyed = t_destroy_resource(gpu->device, resource.handle);
	return status < 0 ? status : destroyed;
}

const struct load load_share[] = {
	{ "fence is shared", fence_is_shared },
	{ "resource is shared", resource_is_shared },
	{ .name = NULL }
};
