/* SPDX-License-Identifier: MIT */
/* Flags of descriptors: the system's own. */
#ifndef DXGK_USER_FCNTL_H
#define DXGK_USER_FCNTL_H

#include <fcntl.h>

#endif
