/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* What the host says about the GPU behind a virtual one: its name, its ids. */
#ifndef DXGK_IDENTITY_H
#define DXGK_IDENTITY_H

#include <linux/types.h>

#include "wire.h"

#define DXGK_IDENTITY_NAME_MAX		241	/* 80 characters of 3 bytes */
#define DXGK_IDENTITY_INSTANCE_MAX	261

/**
 * struct dxgk_identity - a GPU, as its host calls it
 * @name: for people to read; UTF-8 on one line, perhaps empty
 * @instance: the GPU's instance path on the host, the same way
 * @vendor: PCI vendor of the GPU itself; 0 if it is none, or not known
 * @device: with it
 */
struct dxgk_identity {
	char name[DXGK_IDENTITY_NAME_MAX];
	char instance[DXGK_IDENTITY_INSTANCE_MAX];
	u32 vendor;
	u32 device;
};

/* The host is not trusted: whatever it sends, the texts are as said above. */
void dxgk_identity_read(struct dxgk_identity *identity,
			const struct dxgk_wire_getinternaladapterinfo_reply *reply);

#endif /* DXGK_IDENTITY_H */
