/* SPDX-License-Identifier: MIT */
/* The embedded software device: libdxg-soft.so, loaded when it is asked for. */
#ifndef DXG_SRC_EMBEDDED_H
#define DXG_SRC_EMBEDDED_H

/*
 * All but dxg_embedded_ioctl() are called with the lock of endpoint.c held. A
 * failure leaves its reason in the error text.
 */

/*
 * Loads the library if need be. A @profile is put in force first; NULL is the
 * library's own choice. The descriptor, or -1.
 */
int dxg_embedded_open(const char *profile);

/* Another descriptor beside those that are open, on the same host; or -1. */
int dxg_embedded_open_again(void);

/* ioctl(2)'s contract, for a descriptor of the above. */
int dxg_embedded_ioctl(int fd, unsigned long request, void *args);

void dxg_embedded_close(int fd);

/* With every descriptor closed; nothing to do if it was never loaded. */
void dxg_embedded_unload(void);

#endif
