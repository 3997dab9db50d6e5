/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Waits that a signal has cut short. */
#ifndef DXGK_WAIT_H
#define DXGK_WAIT_H

struct dxgk_process;

/* At the end of a process: none of its threads comes back for its wait. */
void dxgk_waits_forget(struct dxgk_process *process);

#endif /* DXGK_WAIT_H */
