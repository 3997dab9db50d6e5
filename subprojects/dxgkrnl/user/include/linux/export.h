/* SPDX-License-Identifier: MIT */
/* Symbols for other modules; there are none here. */
#ifndef DXGK_USER_EXPORT_H
#define DXGK_USER_EXPORT_H

#define EXPORT_SYMBOL(name)	extern typeof(name) name
#define EXPORT_SYMBOL_GPL(name)	extern typeof(name) name

#endif
