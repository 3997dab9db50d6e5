/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* /sys/kernel/debug/dxgkrnl: for developers; nothing there is an interface. */
#ifndef DXGK_DEBUGFS_H
#define DXGK_DEBUGFS_H

struct dxgk_vm;

/* Without debugfs these do nothing; a failure is nobody's concern. */
void dxgk_debugfs_add(struct dxgk_vm *vm);
/* Nobody reads it any more when this returns. */
void dxgk_debugfs_remove(struct dxgk_vm *vm);

#endif /* DXGK_DEBUGFS_H */
