/* SPDX-License-Identifier: MIT */
/* A frame loop: 8 submissions on 2 contexts, with fences between them. */
#include "economy.h"

#include <string.h>

#define TILES		4	/* of a frame, drawn and shown one by one */
#define TILE_BYTES	4096u
#define COMMAND_BYTES	64u	/* room for one packet */
#define IN_FLIGHT	2	/* frames that may be queued */

/*
 * One context draws a tile into the back buffer, the other copies it to the
 * screen. "drawn" counts tiles, "shown" counts frames: the first keeps the copy
 * behind the drawing, the second keeps the drawing of the next frame behind the
 * copies of this one. The CPU runs two frames ahead, so it has commands for two.
 */
struct renderer {
	D3DKMT_HANDLE draw;
	D3DKMT_HANDLE show;
	struct fence drawn;
	struct fence shown;
	struct buffer commands;
	struct buffer back;
	struct buffer screen;
};

static uint32_t command_offset(unsigned int frame, unsigned int tile, bool show)
{
	return ((frame % IN_FLIGHT * TILES + tile) * 2 + show) * COMMAND_BYTES;
}

static uint32_t colour(unsigned int frame, unsigned int tile)
{
	return frame << 8 | tile;
}

static void create(const struct gpu *gpu, struct renderer *renderer)
{
	renderer->draw = gpu_create_context(gpu, 0);
	renderer->show = gpu_create_context(gpu, 0);
	renderer->drawn = fence_create(gpu);
	renderer->shown = fence_create(gpu);
	renderer->commands = buffer_create(gpu, IN_FLIGHT * TILES * 2 *
							COMMAND_BYTES);
	renderer->back = buffer_create(gpu, TILES * TILE_BYTES);
	renderer->screen = buffer_create(gpu, TILES * TILE_BYTES);
}

static void destroy(const struct gpu *gpu, struct renderer *renderer)
{
	buffer_destroy(gpu, &renderer->screen);
	buffer_destroy(gpu, &renderer->back);
	buffer_destroy(gpu, &renderer->commands);
	fence_destroy(&renderer->shown);
	fence_destroy(&renderer->drawn);
	gpu_destroy_context(renderer->show);
	gpu_destroy_context(renderer->draw);
}

static void put(const struct renderer *renderer, uint32_t offset,
		const void *packet, size_t size)
{
	memcpy((char *)renderer->commands.data + offset, packet, size);
}

static void draw_tile(const struct renderer *renderer, unsigned int frame,
		      unsigned int tile)
{
	uint32_t offset = command_offset(frame, tile, false);
	struct dxghost_packet_fill fill = {
		.header = { DXGHOST_OP_FILL, sizeof(fill) },
		.dst = renderer->back.gpu_address + tile * TILE_BYTES,
		.size = TILE_BYTES,
		.value = colour(frame, tile),
	};

	put(renderer, offset, &fill, sizeof(fill));
	work_submit(renderer->draw, &renderer->commands, offset, sizeof(fill));
}

static void show_tile(const struct renderer *renderer, unsigned int frame,
		      unsigned int tile)
{
	uint32_t offset = command_offset(frame, tile, true);
	struct dxghost_packet_copy copy = {
		.header = { DXGHOST_OP_COPY, sizeof(copy) },
		.dst = renderer->screen.gpu_address + tile * TILE_BYTES,
		.src = renderer->back.gpu_address + tile * TILE_BYTES,
		.size = TILE_BYTES,
	};

	put(renderer, offset, &copy, sizeof(copy));
	work_submit(renderer->show, &renderer->commands, offset, sizeof(copy));
}

/* @frame counts from 1, and so does what "shown" is at its end. */
static void queue_frame(const struct renderer *renderer, unsigned int frame)
{
	unsigned int tile;

	work_wait_on_gpu(renderer->draw, &renderer->shown, frame - 1);
	for (tile = 0; tile < TILES; tile++) {
		uint64_t count = (uint64_t)(frame - 1) * TILES + tile + 1;

		draw_tile(renderer, frame, tile);
		work_signal(renderer->draw, &renderer->drawn, count);
		work_wait_on_gpu(renderer->show, &renderer->drawn, count);
		show_tile(renderer, frame, tile);
	}
	work_signal(renderer->show, &renderer->shown, frame);
}

static void check_screen(const struct renderer *renderer, unsigned int frame)
{
	const uint32_t *pixels = renderer->screen.data;
	unsigned int i;

	for (i = 0; i < TILES * TILE_BYTES / sizeof(*pixels); i++) {
		unsigned int tile = i * sizeof(*pixels) / TILE_BYTES;

		if (pixels[i] != colour(frame, tile))
			common_die("frames: a wrong pixel");
	}
}

void economy_frames(const struct gpu *gpu, unsigned int frames)
{
	struct renderer renderer;
	unsigned int frame;

	create(gpu, &renderer);
	economy_begin();
	for (frame = 1; frame <= frames; frame++) {
		/* the commands of the frame before the last are free again */
		if (frame > IN_FLIGHT)
			work_wait(gpu, &renderer.shown, frame - IN_FLIGHT);
		queue_frame(&renderer, frame);
	}
	work_wait(gpu, &renderer.shown, frames);
	economy_pause();
	check_screen(&renderer, frames);
	destroy(gpu, &renderer);
	economy_resume();
}
