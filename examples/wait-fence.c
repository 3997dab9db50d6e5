/* SPDX-License-Identifier: MIT */
/* How do two GPU contexts and a CPU thread take turns on one buffer? */
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "common.h"

/*
 * The buffer holds one number. In each round the first context adds 1 to it,
 * the second adds 10, and the CPU thread multiplies it by 2. One fence says
 * whose turn it is: in round r it goes from 3r to 3r + 3.
 */
struct round_trip {
	struct gpu gpu;
	struct fence turn;
	struct buffer number;
	unsigned int rounds;
};

static uint32_t write_add(struct buffer *commands, uint32_t offset,
			  uint64_t gpu_address, uint64_t value)
{
	struct dxghost_packet_add add = {
		.header = { DXGHOST_OP_ADD, sizeof(add) },
		.dst = gpu_address,
		.value = value,
	};

	memcpy((char *)commands->data + offset, &add, sizeof(add));
	return sizeof(add);
}

static void *double_each_round(void *argument)
{
	struct round_trip *trip = argument;
	uint64_t *number = trip->number.data;
	unsigned int round;

	for (round = 0; round < trip->rounds; round++) {
		fence_wait(&trip->gpu, &trip->turn, 3 * round + 2);
		printf("round %u: the contexts have made it %" PRIu64
		       ", the CPU doubles it\n", round, *number);
		*number *= 2;
		fence_signal(&trip->gpu, &trip->turn, 3 * round + 3);
	}
	return NULL;
}

/* Wait for our turn, add, hand on: three entries in the context's queue. */
static void queue_turn(struct round_trip *trip, D3DKMT_HANDLE context,
		       uint64_t turn, uint64_t address, uint32_t size)
{
	fence_wait_on_gpu(context, &trip->turn, turn);
	CHECK(gpu_submit(context, address, size));
	fence_signal_on_gpu(context, &trip->turn, turn + 1);
}

int main(void)
{
	const unsigned int adapter_index = 0;
	const unsigned int first_node = 0, second_node = 1;
	struct round_trip trip = { .rounds = 5 };
	uint64_t expected = 0;
	D3DKMT_HANDLE contexts[2];
	struct buffer commands;
	uint32_t size;
	unsigned int round;
	pthread_t thread;

	gpu_open(&trip.gpu, adapter_index);
	contexts[0] = gpu_create_context(&trip.gpu, first_node);
	contexts[1] = gpu_create_context(&trip.gpu, second_node);
	trip.turn = fence_create(&trip.gpu);
	trip.number = buffer_create(&trip.gpu, 4096);
	commands = buffer_create(&trip.gpu, 4096);
	*(uint64_t *)trip.number.data = 0;

	size = write_add(&commands, 0, trip.number.gpu_address, 1);
	write_add(&commands, size, trip.number.gpu_address, 10);
	if (pthread_create(&thread, NULL, double_each_round, &trip))
		common_die("no thread");

	/* all rounds are queued at once: it is the fence that orders them */
	for (round = 0; round < trip.rounds; round++) {
		queue_turn(&trip, contexts[0], 3 * round,
			   commands.gpu_address, size);
		queue_turn(&trip, contexts[1], 3 * round + 1,
			   commands.gpu_address + size, size);
		expected = (expected + 11) * 2;
	}
	printf("queued %u rounds on two engines; nobody has waited yet\n",
	       trip.rounds);

	pthread_join(thread, NULL);
	printf("fence at %" PRIu64 ", number %" PRIu64 ", expected %" PRIu64 "\n",
	       fence_value(&trip.turn), *(uint64_t *)trip.number.data, expected);
	if (*(uint64_t *)trip.number.data != expected)
		common_die("Somebody worked out of turn!");

	gpu_destroy_context(contexts[0]);
	gpu_destroy_context(contexts[1]);
	fence_destroy(&trip.turn);
	buffer_destroy(&trip.gpu, &commands);
	buffer_destroy(&trip.gpu, &trip.number);
	gpu_close(&trip.gpu);
	return 0;
}
