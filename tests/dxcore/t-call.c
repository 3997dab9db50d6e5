/* SPDX-License-Identifier: MIT */
/* Methods of objects: what they answer, and the end of a reference. No library is needed. */
#include "t-dxcore.h"

void t_assert_result(HRESULT result, HRESULT expected, const char *call, const char *file,
		     int line)
{
	if (result == expected)
		return;
	print_error("%s:%d: %s: %08x, not %08x\n", file, line, call, (unsigned int)result,
		    (unsigned int)expected);
	_fail(file, line);
}

uint32_t t_release(void *object)
{
	IUnknown *unknown = object;

	return unknown->lpVtbl->Release(unknown);
}
