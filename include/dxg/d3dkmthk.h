/* SPDX-License-Identifier: MIT */
/* Windows name: the whole D3DKMT interface. */
#ifndef DXG_D3DKMTHK_H
#define DXG_D3DKMTHK_H

#include <dxg/d3dkmdt.h>
#include <dxg/d3dukmdt.h>
#include <dxg/status.h>
#include <dxg/adapter.h>
#include <dxg/allocation.h>
#include <dxg/context.h>
#include <dxg/device.h>
#include <dxg/display.h>
#include <dxg/escape.h>
#include <dxg/escape-system.h>
#include <dxg/gpuva.h>
#include <dxg/hwqueue.h>
#include <dxg/keyed-mutex.h>
#include <dxg/memory-info.h>
#include <dxg/performance.h>
#include <dxg/present.h>
#include <dxg/protected-session.h>
#include <dxg/query-caps.h>
#include <dxg/query-display.h>
#include <dxg/query-info.h>
#include <dxg/residency.h>
#include <dxg/share.h>
#include <dxg/statistics.h>
#include <dxg/statistics-result.h>
#include <dxg/sync.h>
#include <dxg/tracked-workload.h>

#endif /* DXG_D3DKMTHK_H */
