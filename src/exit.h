/* SPDX-License-Identifier: MIT */
/* Whether a destructor of this library runs because the process ends. */
#ifndef DXG_SRC_EXIT_H
#define DXG_SRC_EXIT_H

#include <stdbool.h>

/* false: the library is being unloaded, and the process goes on. */
bool dxg_is_exiting(void);

#endif
