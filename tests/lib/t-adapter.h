/* SPDX-License-Identifier: MIT */
/* Adapters that are there, listed and set to work. */
#ifndef T_ADAPTER_H
#define T_ADAPTER_H

#include <stdbool.h>

#include <dxg/d3dkmthk.h>

#define T_ADAPTERS_MAX 64

/* All of them, opened, and how many; those only for computing if asked for. */
unsigned int t_enumerate(bool compute_only, D3DKMT_ADAPTERINFO adapters[T_ADAPTERS_MAX]);

/* Create, map, submit to that node, wait, read back. */
void t_check_that_it_works(const D3DKMT_ADAPTERINFO *adapter, unsigned int node);

#endif
