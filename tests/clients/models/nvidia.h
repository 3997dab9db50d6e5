/* SPDX-License-Identifier: MIT */
/* What programs of NVIDIA that look for its driver have in common. */
#ifndef NVIDIA_H
#define NVIDIA_H

#include "client.h"

#define NVIDIA_LIBCUDA "libcuda.so.1.1"

#define NVIDIA_ADAPTERS 3

/*
 * Three adapters: of a vendor whose driver store is not on this machine, one with a driver
 * that is too old, and one whose store is a folder with @files. For the time of the program;
 * before its first call. The folder, which client_remove_store() takes away.
 */
const char *nvidia_use_machine(const char *const *files);

/* Handles are never closed. */
struct nvidia_adapters {
	D3DKMT_ADAPTERINFO *list;
	ULONG count;
};

/*
 * How many, then as many; each has to answer exactly 0. With those for computing alone, it
 * may fail: then there is no list. @between is called between the two, if it is there.
 */
struct nvidia_adapters nvidia_enum_adapters2(void);
struct nvidia_adapters nvidia_enum_adapters3(void (*between)(void));

/* Whether its driver is for this model of drivers, or a later one. */
bool nvidia_has_driver_model(D3DKMT_HANDLE adapter, D3DKMT_DRIVERVERSION model);

/* Its size, then itself: no longer than MAX_PATH, and of the locale's characters. */
const char *nvidia_driver_store(D3DKMT_HANDLE adapter);

bool nvidia_store_has(const char *store, const char *file);

#endif
