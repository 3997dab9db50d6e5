/* SPDX-License-Identifier: MIT */
/* The process that makes what is shared, and what both do with it. */
#include "share-maker.h"
#include "lib/t-socket.h"

#include <sys/socket.h>

static void use_memory(struct t_gpu *gpu, struct both *both)
{
	struct t_buffer *memory = &both->memory;

	memory->allocation = both->resource.allocation;
	memory->size = SHARED_SIZE;
	memory->gpu = t_map(&gpu->paging, memory->allocation, SHARED_SIZE);
	t_make_resident(&gpu->paging, memory->allocation);
	memory->cpu = t_lock(gpu->device, memory->allocation);
}

void share_make(struct t_gpu *gpu, struct both *both)
{
	int fd;

	assert_status(t_try_create_shared_resource(gpu->device, SHARED_SIZE,
						   &both->resource),
		      STATUS_SUCCESS);
	both->fence = t_create_shared_fence(gpu->device, 0);
	fd = t_share(both->resource.handle);
	t_send_descriptor(both->socket, fd);
	close(fd);
	fd = t_share(both->fence.handle);
	t_send_descriptor(both->socket, fd);
	close(fd);
}

void share_open(struct t_gpu *gpu, struct both *both)
{
	int fd = t_receive_descriptor(both->socket);

	assert_status(t_try_open_resource(gpu->device, fd, &both->resource),
		      STATUS_SUCCESS);
	close(fd);
	fd = t_receive_descriptor(both->socket);
	both->fence = t_open_fence(gpu->device, fd);
	close(fd);
	use_memory(gpu, both);
}

void share_close(struct t_gpu *gpu, struct both *both)
{
	assert_status(t_destroy_resource(gpu->device, both->resource.handle),
		      STATUS_SUCCESS);
	t_destroy_fence(&both->fence);
}

void share_write_by_gpu(struct t_gpu *gpu, const struct both *both)
{
	struct t_commands commands = t_commands(gpu);

	t_fill(&commands, both->memory.gpu, SHARED_SIZE, (uint32_t)SHARED_BY_GPU);
	t_submit_and_wait(&commands);
}

void share_write_by_cpu(const struct both *both)
{
	uint64_t *words = both->memory.cpu;
	unsigned int i;

	for (i = 0; i < SHARED_WORDS; i++)
		words[i] = SHARED_BY_CPU + i;
}

static void obey(struct t_gpu *gpu, struct both *both, enum order order)
{
	switch (order) {
	case WRITE_BY_CPU:
		share_write_by_cpu(both);
		break;
	case WRITE_BY_GPU:
		share_write_by_gpu(gpu, both);
		break;
	case SIGNAL_BY_CPU:
		assert_status(t_signal_cpu(gpu->device, both->fence.handle, 1),
			      STATUS_SUCCESS);
		break;
	case SIGNAL_BY_GPU:
		assert_status(t_signal_gpu(gpu->context, both->fence.handle, 1),
			      STATUS_SUCCESS);
		break;
	case QUEUE_A_WAIT:
		assert_status(t_wait_gpu(gpu->context, both->fence.handle, 1),
			      STATUS_SUCCESS);
		assert_status(t_signal_gpu(gpu->context, both->fence.handle, 2),
			      STATUS_SUCCESS);
		break;
	case FORGET_WHAT_YOU_MADE:
		share_close(gpu, both);
		break;
	}
}

/* Ends with the socket; what it has goes with it. */
static void be_the_maker(void *data)
{
	const int *sockets = data;
	struct both both = { .socket = sockets[1] };
	enum order order;
	struct t_gpu *gpu;

	/* or it would never see the end of it */
	close(sockets[0]);
	t_setup_gpu((void **)&gpu);
	share_make(gpu, &both);
	use_memory(gpu, &both);
	while (recv(both.socket, &order, sizeof(order), MSG_WAITALL) ==
	       sizeof(order)) {
		obey(gpu, &both, order);
		t_send(both.socket, "x", 1);
	}
}

pid_t share_start_maker(int *ret_socket)
{
	int sockets[2];
	pid_t maker;

	t_socket_pair(sockets);
	maker = t_start_child(be_the_maker, sockets);
	close(sockets[1]);
	*ret_socket = sockets[0];
	return maker;
}

void share_give_order(int socket, enum order order)
{
	char byte;

	t_send(socket, &order, sizeof(order));
	t_receive(socket, &byte, 1);
}

void share_end_maker(pid_t maker, int socket)
{
	close(socket);
	t_expect_child_ok(maker);
}
