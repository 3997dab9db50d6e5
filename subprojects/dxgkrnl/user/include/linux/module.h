/* SPDX-License-Identifier: MIT */
/* What is said about a module; nobody asks here. */
#ifndef DXGK_USER_MODULE_H
#define DXGK_USER_MODULE_H

#include <linux/export.h>
#include <linux/kernel.h>

#define THIS_MODULE	((struct module *)NULL)

struct module;

#define MODULE_INFO_(text)	_Static_assert(sizeof(text) > 0, "module info")
#define MODULE_LICENSE(text)		MODULE_INFO_(text)
#define MODULE_AUTHOR(text)		MODULE_INFO_(text)
#define MODULE_DESCRIPTION(text)	MODULE_INFO_(text)
#define MODULE_VERSION(text)		MODULE_INFO_(text)

#endif
