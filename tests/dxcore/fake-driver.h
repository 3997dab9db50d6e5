/* SPDX-License-Identifier: MIT */
/*
 * D3DKMT functions of the test program's own: adapters such as the software host
 * has none, and answers that fail one by one. libdxcore.so calls them, because the
 * program's come first.
 */
#ifndef FAKE_DRIVER_H
#define FAKE_DRIVER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include <dxg/d3dkmthk.h>

/* Most types of D3DKMTQueryAdapterInfo(). */
#define FAKE_TYPES 82

struct fake_adapter {
	LUID luid;
	bool is_compute_only;
	/* Types that are not answered. */
	bool fails[FAKE_TYPES];
	D3DKMT_ADAPTERTYPE type;
	const wchar_t *description;
	const wchar_t *registry_string;
	uint64_t umd_version;
	uint64_t kmd_version;
	D3DKMT_DEVICE_IDS ids;
	uint64_t dedicated_memory;
	uint32_t physical_count;
	/* Of each physical adapter, up to the first DXGK_ENGINE_TYPE_OTHER. */
	DXGK_ENGINE_TYPE engines[2][4];
	/* After so many questions it has gone; 0: never. */
	uint32_t goes_after;
	uint32_t questions;
	/* D3DKMTQueryStatistics() fails. */
	bool has_no_statistics;
	/* These may change while they are watched. */
	_Atomic uint64_t budget;
	atomic_uint teardowns;
};

/* What there is. Handles that are not closed are counted. */
extern struct fake_driver {
	struct fake_adapter adapters[8];
	uint32_t count;
	bool has_no_enum3;
	bool is_closed;
	atomic_uint open_handles;
} fake_driver;

#endif
