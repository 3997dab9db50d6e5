/* SPDX-License-Identifier: MIT */
/* Windows name: the types of the kernel-mode display interface. */
#ifndef DXG_D3DKMDT_H
#define DXG_D3DKMDT_H

#include <dxg/base.h>
#include <dxg/display.h>
#include <dxg/query-caps.h>

#endif /* DXG_D3DKMDT_H */
