/* SPDX-License-Identifier: MIT */
/* A static program loads nothing, and libdxg-soft.so is no library of 32 bits. */
#include <dlfcn.h>
#include <stddef.h>

void *dlopen(const char *name, int flags)
{
	(void)name;
	(void)flags;
	return NULL;
}

char *dlerror(void)
{
	static char text[] = "no libraries in a program of 32 bits";

	return text;
}
