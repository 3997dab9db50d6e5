/* SPDX-License-Identifier: MIT */
/* What a user-mode driver of the software GPU needs: packets, private data. */
#ifndef DXGHOST_GPU_H
#define DXGHOST_GPU_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A command buffer is a run of packets in GPU memory, back to back, without
 * gaps; its length is the one given at submission. Each packet begins with a
 * struct dxghost_packet. Addresses are GPU virtual addresses and, except for
 * those of COPY, naturally aligned. Every packet reads and writes through the
 * GPU page tables: what is not mapped, not resident or not writable is a page
 * fault, which puts the device into D3DKMT_DEVICEEXECUTION_ERROR_DMAPAGEFAULT.
 * An unknown opcode or a wrong size acts as DXGHOST_OP_TRAP.
 */

/** enum dxghost_opcode - value of dxghost_packet.opcode */
enum dxghost_opcode {
	DXGHOST_OP_NOP = 0,		/* any size: skipped */
	DXGHOST_OP_FILL = 1,		/* struct dxghost_packet_fill */
	DXGHOST_OP_COPY = 2,		/* struct dxghost_packet_copy */
	DXGHOST_OP_WRITE = 3,		/* struct dxghost_packet_write */
	DXGHOST_OP_ADD = 4,		/* struct dxghost_packet_add */
	DXGHOST_OP_TIMESTAMP = 5,	/* struct dxghost_packet_timestamp */
	DXGHOST_OP_WAIT = 6,		/* struct dxghost_packet_wait */
	DXGHOST_OP_SPIN = 7,		/* struct dxghost_packet_spin */
	DXGHOST_OP_TRAP = 8,		/* header only: bad instruction */
	DXGHOST_OP_HANG = 9		/* header only: never ends */
};

/**
 * struct dxghost_packet - begins every packet
 * @opcode: enum dxghost_opcode
 * @size:   bytes of the packet with this header, a multiple of 8
 */
struct dxghost_packet {
	uint32_t opcode;
	uint32_t size;
};

/** struct dxghost_packet_fill - store @value in all dwords of a range */
struct dxghost_packet_fill {
	struct dxghost_packet header;
	uint64_t dst;		/* multiple of 4 */
	uint64_t size;		/* bytes, multiple of 4 */
	uint32_t value;
	uint32_t pad;		/* ignored */
};

/** struct dxghost_packet_copy - copy bytes; overlapping ranges: undefined */
struct dxghost_packet_copy {
	struct dxghost_packet header;
	uint64_t dst;
	uint64_t src;
	uint64_t size;		/* bytes */
};

/** struct dxghost_packet_write - store a 64-bit value (as a release) */
struct dxghost_packet_write {
	struct dxghost_packet header;
	uint64_t dst;		/* multiple of 8 */
	uint64_t value;
};

/** struct dxghost_packet_add - add to a 64-bit value, atomically */
struct dxghost_packet_add {
	struct dxghost_packet header;
	uint64_t dst;		/* multiple of 8 */
	uint64_t value;
};

/** struct dxghost_packet_timestamp - store the node's GPU clock, 64 bits */
struct dxghost_packet_timestamp {
	struct dxghost_packet header;
	uint64_t dst;		/* multiple of 8 */
};

/**
 * struct dxghost_packet_wait - go on when the value at @address is >= @value
 *
 * The engine runs other contexts meanwhile.
 */
struct dxghost_packet_wait {
	struct dxghost_packet header;
	uint64_t address;	/* multiple of 8 */
	uint64_t value;
};

/** struct dxghost_packet_spin - keep the engine busy */
struct dxghost_packet_spin {
	struct dxghost_packet header;
	uint64_t ns;
};

/** First dword of struct dxghost_allocation_data: "DXGA" in memory. */
#define DXGHOST_ALLOCATION_MAGIC	0x41475844u
#define DXGHOST_ALLOCATION_VERSION	1u

/** In the system memory segment instead of the local one, if there are two. */
#define DXGHOST_ALLOCATION_NON_LOCAL		(1u << 0)
/** Lock2 fails on it. */
#define DXGHOST_ALLOCATION_CPU_INVISIBLE	(1u << 1)
/** The CPU maps it cached. */
#define DXGHOST_ALLOCATION_CACHED		(1u << 2)

/**
 * struct dxghost_allocation_data - private driver data of one allocation
 *
 * D3DDDI_ALLOCATIONINFO2.pPrivateDriverData points to one of these, also for an
 * allocation on existing system memory: the host takes the size from here and
 * writes it back rounded up to whole pages. Only standard allocations have none.
 */
struct dxghost_allocation_data {
	uint32_t magic;		/* DXGHOST_ALLOCATION_MAGIC */
	uint32_t version;	/* DXGHOST_ALLOCATION_VERSION */
	uint64_t size;		/* bytes, not 0 */
	uint32_t flags;		/* DXGHOST_ALLOCATION_*; other bits: 0 */
	uint32_t reserved;	/* 0 */
};

/** First dword of struct dxghost_gpu_info: "DXGG" in memory. */
#define DXGHOST_GPU_INFO_MAGIC		0x47475844u
#define DXGHOST_GPU_INFO_VERSION	1u

/** struct dxghost_gpu_info - answer to KMTQAITYPE_UMDRIVERPRIVATE */
struct dxghost_gpu_info {
	uint32_t magic;			/* DXGHOST_GPU_INFO_MAGIC */
	uint32_t version;		/* DXGHOST_GPU_INFO_VERSION */
	uint64_t timestamp_frequency;	/* ticks a second of TIMESTAMP */
	uint32_t node_count;
	uint32_t adapter_index;
};

/** First dword of struct dxghost_submission_data: "DXGS" in memory. */
#define DXGHOST_SUBMISSION_MAGIC	0x53475844u
#define DXGHOST_SUBMISSION_VERSION	1u

/**
 * struct dxghost_submission_data - private driver data of a submission
 *
 * When the command buffer has ended the engine stores @value at @address, as
 * WRITE does, also with NullRendering: so a driver whose commands this GPU does
 * not know has its monitored fence signalled. A submission need not have it, and
 * data that begin otherwise are ignored.
 */
struct dxghost_submission_data {
	uint32_t magic;		/* DXGHOST_SUBMISSION_MAGIC */
	uint32_t version;	/* DXGHOST_SUBMISSION_VERSION */
	uint64_t address;	/* multiple of 8, not 0 */
	uint64_t value;
};

/*
 * Private data of contexts and hardware queues, and the data of escapes, mean
 * nothing to the software GPU and are ignored.
 */

#ifdef __cplusplus
}
#endif

#endif
