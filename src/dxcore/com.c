/* SPDX-License-Identifier: MIT */
/* What all objects have in common: interfaces by GUID, and reference counts. */
#include "com.h"

#include <string.h>

#include "lock.h"

bool dxcore_guid_equal(const GUID *one, const GUID *other)
{
	return !memcmp(one, other, sizeof(*one));
}

HRESULT dxcore_com_check(const IID *const *iids, const IID *riid, void **place)
{
	if (!place)
		return E_POINTER;
	*place = NULL;
	for (; riid && *iids; iids++)
		if (dxcore_guid_equal(*iids, riid))
			return S_OK;
	return E_NOINTERFACE;
}

uint32_t dxcore_refs_get(atomic_uint *refs)
{
	return atomic_fetch_add_explicit(refs, 1, memory_order_relaxed) + 1;
}

/*
 * The last reference goes under the lock: who looks an object up finds it there,
 * and takes a reference, under the same lock.
 */
bool dxcore_refs_put(atomic_uint *refs, uint32_t *ret_left)
{
	uint32_t count = atomic_load_explicit(refs, memory_order_relaxed);

	while (count > 1) {
		if (atomic_compare_exchange_weak_explicit(refs, &count, count - 1,
							  memory_order_release,
							  memory_order_relaxed)) {
			*ret_left = count - 1;
			return false;
		}
	}
	dxcore_lock();
	count = atomic_load_explicit(refs, memory_order_relaxed);
	while (count && !atomic_compare_exchange_weak_explicit(refs, &count, count - 1,
							       memory_order_acq_rel,
							       memory_order_relaxed))
		;
	*ret_left = count ? count - 1 : 0;
	if (count == 1)
		return true;
	dxcore_unlock();
	return false;
}
