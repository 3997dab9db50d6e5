/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* What the driver's two homes do differently; each implements all of it. */
#ifndef DXGK_PLATFORM_H
#define DXGK_PLATFORM_H

#include <linux/types.h>

struct dxgk_adapter;
struct dxgk_global;

/**
 * struct dxgk_mapping - a piece of the IO space, seen by the process that made it
 * @user: its address there, page aligned
 * @kernel: the same memory for the driver, or NULL: readable until the unmap
 * @size: bytes, a multiple of PAGE_SIZE
 *
 * A home embeds this in a structure of its own.
 */
struct dxgk_mapping {
	u64 user;
	const void *kernel;
	u64 size;
};

#define DXGK_MAP_CACHED		(1u << 0)	/* else write-combined */
#define DXGK_MAP_KERNEL		(1u << 1)	/* @kernel is wanted as well */
#define DXGK_MAP_READ_ONLY	(1u << 2)	/* the caller must not write */

/**
 * dxgk_platform_map() - map a piece of the IO space into the calling process
 * @global: whose IO space
 * @address: guest physical, page aligned; the driver has checked the range
 * @size: bytes, page aligned, not 0
 * @flags: DXGK_MAP_...
 *
 * Readable, writable unless the flags say otherwise, shared, at an address of
 * the home's choice, not inherited by fork. Returns an ERR_PTR on failure
 * (-ENOMEM, -EINTR).
 */
struct dxgk_mapping *dxgk_platform_map(struct dxgk_global *global, u64 address,
				       u64 size, unsigned int flags);

/**
 * dxgk_platform_unmap() - revoke a mapping and free it
 * @mapping: from dxgk_platform_map()
 *
 * The caller may be any process; the one that has the mapping may be dying or
 * gone, or may have put something else at the address, which stays. When this
 * returns, nobody reaches the memory through the mapping any more.
 */
void dxgk_platform_unmap(struct dxgk_mapping *mapping);

struct dxgk_pinned;

/**
 * dxgk_platform_pin() - pin pages of the calling process for the host
 * @address: user address, page aligned
 * @count: pages, not 0
 * @writable: false: the host only reads
 *
 * Long-term, counted against the caller's locked-memory limit. Returns an
 * ERR_PTR: -EFAULT, -ENOMEM.
 */
struct dxgk_pinned *dxgk_platform_pin(u64 address, u64 count, bool writable);

/* Frame numbers (of 4 KiB) of @count pages from @first on; inside the range. */
void dxgk_platform_pinned_pfns(const struct dxgk_pinned *pinned, u64 first,
			       u32 count, u64 *ret_pfns);

/*
 * Let the pages go; those the host may have written are marked dirty. Pages that it
 * may still write, as it was not possible to unshare them, are kept from everybody.
 */
void dxgk_platform_unpin(struct dxgk_pinned *pinned);

/**
 * dxgk_platform_share() - describe pinned pages to the host by a buffer list
 * @global: on whose global channel
 * @pinned: the pages
 * @ret_gpadl: the host's name for them
 *
 * For hosts that cannot take frame numbers; until dxgk_platform_unshare(), which
 * comes before they are unpinned.
 */
int dxgk_platform_share(struct dxgk_global *global, struct dxgk_pinned *pinned,
			u32 *ret_gpadl);
void dxgk_platform_unshare(struct dxgk_global *global,
			   struct dxgk_pinned *pinned);

/* A dword of the configuration space of the adapter's PCI function. */
int dxgk_platform_config_read(struct dxgk_adapter *adapter, u32 offset,
			      u32 *ret_value);
int dxgk_platform_config_write(struct dxgk_adapter *adapter, u32 offset,
			       u32 value);

#endif /* DXGK_PLATFORM_H */
