/* SPDX-License-Identifier: MIT */
/* Packets of dxghost/gpu.h, one each. */
#include "t-packet.h"

#include <string.h>

#include <dxghost/gpu.h>

_Static_assert(sizeof(struct dxghost_packet_fill) <= T_PACKET_MAX &&
		       sizeof(struct dxghost_packet_copy) <= T_PACKET_MAX,
	       "the largest packets fit");

static size_t put(void *at, uint32_t opcode, void *packet, size_t size)
{
	struct dxghost_packet header = { .opcode = opcode, .size = (uint32_t)size };

	memcpy(packet, &header, sizeof(header));
	memcpy(at, packet, size);
	return size;
}

size_t t_put_fill(void *at, uint64_t dst, uint64_t size, uint32_t value)
{
	struct dxghost_packet_fill packet = {
		.dst = dst, .size = size, .value = value,
	};

	return put(at, DXGHOST_OP_FILL, &packet, sizeof(packet));
}

size_t t_put_copy(void *at, uint64_t dst, uint64_t src, uint64_t size)
{
	struct dxghost_packet_copy packet = {
		.dst = dst, .src = src, .size = size,
	};

	return put(at, DXGHOST_OP_COPY, &packet, sizeof(packet));
}

size_t t_put_write(void *at, uint64_t dst, uint64_t value)
{
	struct dxghost_packet_write packet = { .dst = dst, .value = value };

	return put(at, DXGHOST_OP_WRITE, &packet, sizeof(packet));
}

size_t t_put_add(void *at, uint64_t dst, uint64_t value)
{
	struct dxghost_packet_add packet = { .dst = dst, .value = value };

	return put(at, DXGHOST_OP_ADD, &packet, sizeof(packet));
}

size_t t_put_timestamp(void *at, uint64_t dst)
{
	struct dxghost_packet_timestamp packet = { .dst = dst };

	return put(at, DXGHOST_OP_TIMESTAMP, &packet, sizeof(packet));
}

size_t t_put_wait(void *at, uint64_t address, uint64_t value)
{
	struct dxghost_packet_wait packet = {
		.address = address, .value = value,
	};

	return put(at, DXGHOST_OP_WAIT, &packet, sizeof(packet));
}

size_t t_put_spin(void *at, uint64_t ns)
{
	struct dxghost_packet_spin packet = { .ns = ns };

	return put(at, DXGHOST_OP_SPIN, &packet, sizeof(packet));
}

size_t t_put_opcode(void *at, uint32_t opcode)
{
	struct dxghost_packet packet;

	return put(at, opcode, &packet, sizeof(packet));
}
