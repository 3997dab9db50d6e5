/* SPDX-License-Identifier: MIT */
/*
 * What the stand-in for Intel's helper library takes for the structures of Intel's
 * driver on Windows. They are what the software host understands: Intel's own are not
 * public, and nothing above or below the helper looks into them.
 */
#ifndef INTEL_STRUCTS_H
#define INTEL_STRUCTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <dxghost/gpu.h>

/** First word of struct intel_adapter: "INTL" in memory. */
#define INTEL_ADAPTER_MAGIC 0x4c544e49u

/** struct intel_adapter - umd_private of a profile, which UMDRIVERPRIVATE answers */
struct intel_adapter {
	uint32_t magic;
	uint32_t product;		/* as Intel's driver on Windows counts them */
	uint32_t core;			/* generation, likewise */
	uint32_t device_id;
	uint32_t slices;
	uint32_t dual_subslices;	/* of all slices; two subslices each */
	uint32_t eus_per_subslice;
	uint32_t threads_per_eu;
	uint32_t l3_kib;
	uint32_t max_mhz;
	uint32_t timestamp_hz;
	uint32_t shared_mib;		/* memory that it shares with the CPU */
	uint32_t address_bits;		/* 48, or 47: then no range above the program's */
};

#define INTEL_MEMORY_WORDS 2040

/** struct intel_memory - private data of an allocation */
struct intel_memory {
	struct dxghost_allocation_data data;	/* all that the host looks at */
	uint32_t words;
	uint32_t reserved;
	uint32_t tokens[INTEL_MEMORY_WORDS];	/* for who opens it */
};

#define INTEL_PARTITION_WORDS 510

/** struct intel_partition - in the escapes about a process's GPU addresses */
struct intel_partition {
	uint32_t words;		/* 0: nobody has said yet */
	uint32_t reserved;
	uint32_t tokens[INTEL_PARTITION_WORDS];
};

/* The content of tokens for @adapter; false if it is none, or they have no room. */
bool intel_adapter_to_tokens(const struct intel_adapter *adapter, void *tokens,
			     size_t size);
bool intel_memory_from_tokens(struct intel_memory *memory, const uint32_t *begin,
			      const uint32_t *end);
bool intel_memory_to_tokens(const struct intel_memory *memory, void *tokens,
			    size_t size);
bool intel_partition_from_tokens(struct intel_partition *partition,
				 const uint32_t *begin, const uint32_t *end);
bool intel_partition_to_tokens(const struct intel_partition *partition, void *tokens,
			       size_t size);
bool intel_commands_from_tokens(struct dxghost_submission_data *data,
				const uint32_t *begin, const uint32_t *end);

#endif
