/* SPDX-License-Identifier: MIT */
/* Machines of one adapter, of whatever kind. */
#ifndef FAKE_MACHINE_H
#define FAKE_MACHINE_H

#include "fake-driver.h"
#include "t-dxcore.h"

/* Bits of D3DKMT_ADAPTERTYPE. */
#define RENDER			(1 << 0)
#define SOFTWARE		(1 << 2)
#define HYBRID_DISCRETE		(1 << 4)
#define HYBRID_INTEGRATED	(1 << 5)
#define ACG			(1 << 8)
#define DETACHABLE		(1 << 10)
#define COMPUTE_ONLY		(1 << 11)

/* One more adapter: with a name, 8 GiB of its own and one engine for 3D. */
struct fake_adapter *fake_add(uint32_t type_bits);

/* Fixtures: no adapter yet; everything released and closed. */
int fake_setup(void **state);
int fake_teardown(void **state);

/* The first adapter, and with it the factory. */
IDXCoreAdapter1 *fake_only_adapter(void);

/* A property of up to eight bytes. */
uint64_t fake_number(IDXCoreAdapter1 *adapter, DXCoreAdapterProperty property);

#endif
