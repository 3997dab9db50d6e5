/* SPDX-License-Identifier: MIT */
/* A training loop: upload, 32 submissions, signal, CPU wait, read back. */
#include "economy.h"

#define LAYERS	32
#define WIDTH	512	/* numbers in the vector that goes through the layers */

/*
 * Layer k copies the vector to the place of the next one and adds its weight,
 * k + 1, to the first number. The commands are written once, and the memory
 * stays locked all the time, as drivers of user space keep it: a lock of the
 * step's own finds the mapping there.
 */
struct model {
	D3DKMT_HANDLE context;
	struct fence done;
	struct buffer commands;
	struct buffer vectors;	/* LAYERS + 1, the input first */
};

struct layer {
	struct dxghost_packet_copy copy;
	struct dxghost_packet_add add;
};

static void write_layers(struct model *model)
{
	struct layer *layers = model->commands.data;
	uint64_t size = WIDTH * sizeof(uint64_t);
	unsigned int i;

	for (i = 0; i < LAYERS; i++) {
		uint64_t from = model->vectors.gpu_address + i * size;

		layers[i] = (struct layer){
			.copy = {
				.header = { DXGHOST_OP_COPY,
					    sizeof(layers[i].copy) },
				.dst = from + size,
				.src = from,
				.size = size,
			},
			.add = {
				.header = { DXGHOST_OP_ADD,
					    sizeof(layers[i].add) },
				.dst = from + size,
				.value = i + 1,
			},
		};
	}
}

static void create(const struct gpu *gpu, struct model *model)
{
	model->context = gpu_create_context(gpu, 0);
	model->done = fence_create(gpu);
	model->commands = buffer_create(gpu, LAYERS * sizeof(struct layer));
	model->vectors = buffer_create(gpu, (LAYERS + 1) * WIDTH *
						    sizeof(uint64_t));
	write_layers(model);
}

static void destroy(const struct gpu *gpu, struct model *model)
{
	buffer_destroy(gpu, &model->vectors);
	buffer_destroy(gpu, &model->commands);
	fence_destroy(&model->done);
	gpu_destroy_context(model->context);
}

static uint64_t sample(unsigned int step, unsigned int i)
{
	return (uint64_t)step * 1000000 + i;
}

static void upload(const struct gpu *gpu, const struct model *model,
		   unsigned int step)
{
	uint64_t *input = work_lock(gpu, &model->vectors);
	unsigned int i;

	for (i = 0; i < WIDTH; i++)
		input[i] = sample(step, i);
	work_unlock(gpu, &model->vectors);
}

static void read_back(const struct gpu *gpu, const struct model *model,
		      unsigned int step)
{
	const uint64_t *vectors = work_lock(gpu, &model->vectors);
	const uint64_t *output = vectors + LAYERS * WIDTH;
	uint64_t weights = LAYERS * (LAYERS + 1) / 2;
	unsigned int i;

	for (i = 0; i < WIDTH; i++) {
		if (output[i] != sample(step, i) + (i ? 0 : weights))
			common_die("training: a wrong result");
	}
	work_unlock(gpu, &model->vectors);
}

void economy_training(const struct gpu *gpu, unsigned int steps)
{
	struct model model;
	unsigned int step, i;

	create(gpu, &model);
	economy_begin();
	for (step = 1; step <= steps; step++) {
		upload(gpu, &model, step);
		for (i = 0; i < LAYERS; i++)
			work_submit(model.context, &model.commands,
				    i * sizeof(struct layer),
				    sizeof(struct layer));
		work_signal(model.context, &model.done, step);
		work_wait(gpu, &model.done, step);
		read_back(gpu, &model, step);
	}
	economy_pause();
	destroy(gpu, &model);
	economy_resume();
}
