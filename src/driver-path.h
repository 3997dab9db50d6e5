/* SPDX-License-Identifier: MIT */
/* The host's driver-store paths, as paths of this machine. */
#ifndef DXG_SRC_DRIVER_PATH_H
#define DXG_SRC_DRIVER_PATH_H

#include <stddef.h>
#include <stdint.h>
#include <wchar.h>

/*
 * As dxg_wchar_from_utf16(), and a path into the host's FileRepository becomes
 * the one below /usr/lib/wsl/drivers/, where WSL mounts that directory. Any
 * other string stays as it is. Returns the characters before the NUL.
 */
size_t dxg_driver_path_from_utf16(wchar_t *to, size_t room, const uint16_t *from, size_t count);

#endif
