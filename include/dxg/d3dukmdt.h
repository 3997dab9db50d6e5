/* SPDX-License-Identifier: MIT */
/* Windows name: the types that user-mode and kernel-mode drivers share. */
#ifndef DXG_D3DUKMDT_H
#define DXG_D3DUKMDT_H

#include <dxg/base.h>
#include <dxg/display.h>
#include <dxg/allocation.h>
#include <dxg/context.h>
#include <dxg/escape.h>
#include <dxg/gpuva.h>
#include <dxg/hwqueue.h>
#include <dxg/residency.h>
#include <dxg/sync.h>
#include <dxg/query-info.h>
#include <dxg/performance.h>

#endif /* DXG_D3DUKMDT_H */
