/* SPDX-License-Identifier: MIT */
/* What every behaviour test includes: cmocka, the library, the helpers. */
#ifndef T_H
#define T_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dxg/d3dkmthk.h>
#include <dxg/status.h>
#include <dxghost/gpu.h>

#include "t-check.h"
#include "t-commands.h"
#include "t-gpu.h"
#include "t-host.h"
#include "t-memory.h"
#include "t-process.h"
#include "t-soft.h"

#endif
