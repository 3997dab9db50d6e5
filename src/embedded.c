/* SPDX-License-Identifier: MIT */
/* Finds and loads libdxg-soft.so and goes through its entry points. */
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "embedded.h"
#include "error-text.h"

#define LIBRARY_NAME "libdxg-soft.so"

/* The prototypes are those of dxg/soft.h. */
static struct {
	void *library;
	int (*open)(void);
	int (*ioctl)(int fd, unsigned long request, void *args);
	int (*close)(int fd);
	int (*set_profile)(const char *profile);
	bool profile_is_ours;
} embedded;

/* Where libdxg itself lies; false: there is nothing of that name. */
static bool library_beside_us(char *path, size_t size)
{
	const char *slash;
	Dl_info info;
	int length;

	if (!dladdr(&embedded, &info) || !info.dli_fname)
		return false;
	slash = strrchr(info.dli_fname, '/');
	if (!slash)
		return false;
	length = snprintf(path, size, "%.*s/%s",
			  (int)(slash - info.dli_fname), info.dli_fname,
			  LIBRARY_NAME);
	return length > 0 && (size_t)length < size && !access(path, R_OK);
}

static void *load_library(void)
{
	const char *name = secure_getenv("DXG_SOFT_LIBRARY");
	char beside_us[PATH_MAX];

	if (!name || !*name)
		name = library_beside_us(beside_us, sizeof(beside_us)) ?
			       beside_us : LIBRARY_NAME;
	return dlopen(name, RTLD_NOW | RTLD_LOCAL);
}

/* A pointer to an object is not one to a function in C, but is in POSIX. */
static bool find(void *library, const char *name, void *ret_function)
{
	void *symbol = dlsym(library, name);

	if (symbol)
		memcpy(ret_function, &symbol, sizeof(symbol));
	return symbol;
}

static bool load(void)
{
	void *library;

	if (embedded.library)
		return true;
	library = load_library();
	if (!library) {
		dxg_error_text_set("the software device cannot be loaded (%s): install " LIBRARY_NAME
				   " beside libdxg, or let DXG_SOFT_LIBRARY name it",
				   dlerror());
		return false;
	}
	if (!find(library, "dxg_soft_open", &embedded.open) ||
	    !find(library, "dxg_soft_ioctl", &embedded.ioctl) ||
	    !find(library, "dxg_soft_close", &embedded.close) ||
	    !find(library, "dxg_soft_set_profile", &embedded.set_profile)) {
		dxg_error_text_set("the software device cannot be used (%s): " LIBRARY_NAME
				   " does not fit this libdxg", dlerror());
		dlclose(library);
		return false;
	}
	embedded.library = library;
	return true;
}

/*
 * A profile that the program gave the library itself stays in force unless the
 * device's name has one.
 */
static bool choose_profile(const char *profile)
{
	if (!profile && !embedded.profile_is_ours)
		return true;
	if (embedded.set_profile(profile)) {
		dxg_error_text_set("the software device cannot become \"%.64s\": %s", profile ?: "",
				   errno == EBUSY ? "another one is open in this process" :
						    strerror(errno));
		return false;
	}
	embedded.profile_is_ours = profile;
	return true;
}

int dxg_embedded_open(const char *profile)
{
	int fd;

	if (!load() || !choose_profile(profile))
		return -1;
	fd = embedded.open();
	if (fd >= 0)
		return fd;
	if (errno == EBADF)
		dxg_error_text_set("the software device \"%.64s\" has no adapter: choose another profile",
				   profile ?: "");
	else
		dxg_error_text_set("the software device \"%.64s\" cannot be opened: %s; if that is "
				   "a profile of yours, check it (standard error has the line)",
				   profile ?: "", strerror(errno));
	return -1;
}

int dxg_embedded_open_again(void)
{
	int fd = embedded.open();

	if (fd < 0)
		dxg_error_text_set("the software device cannot be opened again: %s", strerror(errno));
	return fd;
}

int dxg_embedded_ioctl(int fd, unsigned long request, void *args)
{
	return embedded.ioctl(fd, request, args);
}

void dxg_embedded_close(int fd)
{
	embedded.close(fd);
}

void dxg_embedded_unload(void)
{
	if (embedded.library)
		dlclose(embedded.library);
	embedded.library = NULL;
}
