/* SPDX-License-Identifier: MIT */
/* What is said about a module, and who keeps it: the embedded device. */
#ifndef DXGK_USER_MODULE_H
#define DXGK_USER_MODULE_H

#include <linux/export.h>
#include <linux/kernel.h>

/*
 * Files that the driver has made keep the module, which here is the running
 * machine: whoever has one defines dxgk_user_module with these two functions.
 */
struct module {
	void (*get)(void);
	void (*put)(void);
};

extern struct module dxgk_user_module;

#define THIS_MODULE	(&dxgk_user_module)

#define MODULE_INFO_(text)	_Static_assert(sizeof(text) > 0, "module info")
#define MODULE_LICENSE(text)		MODULE_INFO_(text)
#define MODULE_AUTHOR(text)		MODULE_INFO_(text)
#define MODULE_DESCRIPTION(text)	MODULE_INFO_(text)
#define MODULE_VERSION(text)		MODULE_INFO_(text)

#endif
