/* SPDX-License-Identifier: MIT */
/* The version of the library that runs, which may not be the headers'. */
#include <dxg/dxg.h>

const char *dxg_version(void)
{
	return DXG_VERSION;
}
