/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* /proc/PID/fdinfo/N of the device node. */
#ifndef DXGK_FDINFO_H
#define DXGK_FDINFO_H

struct dxgk_process;
struct seq_file;

/*
 * In the format of Documentation/gpu/drm-usage-stats.rst. Asks the host, and waits a
 * little; not for one that is silent.
 */
void dxgk_fdinfo_show(struct seq_file *out, struct dxgk_process *process);

#endif /* DXGK_FDINFO_H */
