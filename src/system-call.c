/* SPDX-License-Identifier: MIT */
/* Tells whether the program has an ioctl() of its own. */
#include "system-call.h"

#include <dlfcn.h>

#include <sys/auxv.h>

/*
 * getauxval() stands for libc: hardly anything replaces that. Where no answer
 * is to be had, as in a static program, libc's name is the safe way.
 */
bool dxg_system_call_is_ours(void)
{
	Dl_info of_ioctl;
	Dl_info of_libc;

	return dladdr((void *)ioctl, &of_ioctl) && dladdr((void *)getauxval, &of_libc) &&
	       of_ioctl.dli_fbase == of_libc.dli_fbase;
}
