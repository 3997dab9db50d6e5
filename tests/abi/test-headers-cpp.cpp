/* SPDX-License-Identifier: MIT */
/*
 * Compiled once for each public header, HEADER: it stands alone, in C++17, and
 * goes together with DirectX-Headers, in either order (BEFORE, AFTER).
 */
#ifdef BEFORE
#include BEFORE
#endif
#include HEADER
#include HEADER
#ifdef AFTER
#include AFTER
#endif

#ifdef DXG_WINTYPES_H
#include <type_traits>

static_assert(std::is_same<NTSTATUS, int32_t>::value, "NTSTATUS");
static_assert(std::is_same<BOOL, uint32_t>::value, "BOOL");
static_assert(std::is_same<LONG, int32_t>::value, "LONG");
static_assert(std::is_same<WCHAR, wchar_t>::value, "WCHAR");
static_assert(std::is_same<HANDLE, void *>::value, "HANDLE");
static_assert(sizeof(LUID) == 8 && alignof(LUID) == 4, "LUID");
#endif

#ifdef DXG_D3DKMTHK_H
/* An error if the function had C++ linkage. */
extern "C" NTSTATUS D3DKMTCreateDevice(D3DKMT_CREATEDEVICE *args);
extern "C" NTSTATUS D3DKMTPinResources(D3DKMT_PINRESOURCES *args);

/* Members of unnamed structures and unions are reached as in C. */
D3DKMT_HANDLE test_headers_members(D3DKMT_CREATEALLOCATION *args);

D3DKMT_HANDLE test_headers_members(D3DKMT_CREATEALLOCATION *args)
{
	args->Flags.CreateResource = 1;
	args->pAllocationInfo2->Flags.Value = 0;
	args->pPrivateRuntimeData_Align = 0;
	return args->pAllocationInfo2->hAllocation;
}
#endif
