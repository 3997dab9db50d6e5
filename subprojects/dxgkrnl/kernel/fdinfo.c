/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * /proc/PID/fdinfo/N of the device node, in the format that DRM drivers have
 * agreed on (Documentation/gpu/drm-usage-stats.rst). docs/dxgkrnl.md of libdxg
 * says what the lines mean here, and why there are no others.
 */

#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/seq_file.h>

#include "kernel/fdinfo.h"
#include "dxgkrnl.h"
#include "engine-time.h"
#include "usage.h"
#include "vm.h"

static void dxgk_fdinfo_size(struct seq_file *out, const char *prefix,
			     const char *key, u64 size)
{
	static const char * const units[] = { "", " KiB", " MiB" };
	unsigned int unit = 0;

	while (size && !(size % 1024) && unit < ARRAY_SIZE(units) - 1) {
		size /= 1024;
		unit++;
	}
	seq_printf(out, "%s-%s:\t%llu%s\n", prefix, key, size, units[unit]);
}

static void dxgk_fdinfo_engines(struct seq_file *out, const char *prefix,
				struct dxgk_process *process,
				const struct dxgk_adapter *adapter)
{
	struct dxgk_engine_time engine;
	u32 i;

	for (i = 0; i < DXGK_ENGINES_MAX; i++) {
		if (dxgk_engine_time_read(process, adapter, i, &engine))
			seq_printf(out, "%s-engine-%s:\t%llu ns\n", prefix,
				   engine.name, engine.ns);
	}
}

/* The adapter is in the list, so its function is there. */
static void dxgk_fdinfo_block(struct seq_file *out, const char *prefix,
			      struct dxgk_process *process,
			      const struct dxgk_adapter *adapter,
			      const struct dxgk_usage *usage)
{
	const struct dxgk_function *function = adapter->platform;

	seq_printf(out, "%s-pdev:\t%s\n", prefix, pci_name(function->pci));
	if (usage->devices)
		dxgk_fdinfo_engines(out, prefix, process, adapter);
	dxgk_fdinfo_size(out, prefix, "memory-gpu", usage->gpu);
	dxgk_fdinfo_size(out, prefix, "total-gpu", usage->gpu);
	dxgk_fdinfo_size(out, prefix, "shared-gpu", usage->gpu_shared);
	dxgk_fdinfo_size(out, prefix, "total-memory", usage->system);
	dxgk_fdinfo_size(out, prefix, "resident-memory", usage->system_pinned);
}

/*
 * The one that the standard keys are about, as they have room for one: the
 * first that the process has a device on, else the first. With the list's lock
 * held.
 */
static struct dxgk_adapter *dxgk_fdinfo_first(struct dxgk_process *process)
{
	struct dxgk_adapter *adapter, *first = NULL;
	struct dxgk_usage usage;

	list_for_each_entry(adapter, &process->global->adapters, node) {
		if (!dxgk_adapter_is_active(adapter))
			continue;
		if (!first)
			first = adapter;
		dxgk_usage_read(process, adapter, &usage);
		if (usage.devices)
			return adapter;
	}
	return first;
}

static void dxgk_fdinfo_other(struct seq_file *out,
			      struct dxgk_process *process,
			      const struct dxgk_adapter *adapter,
			      const struct dxgk_usage *usage)
{
	char prefix[48];

	/* No colon: that ends the key. */
	snprintf(prefix, sizeof(prefix), KBUILD_MODNAME "-%08x-%08x",
		 adapter->luid.high, adapter->luid.low);
	dxgk_fdinfo_block(out, prefix, process, adapter, usage);
}

void dxgk_fdinfo_show(struct seq_file *out, struct dxgk_process *process)
{
	struct dxgk_global *global = process->global;
	struct dxgk_adapter *adapter, *first;
	struct dxgk_usage usage;

	/* No lock is held that others need: the host may be silent. */
	dxgk_engine_times_refresh(process);
	seq_puts(out, "drm-driver:\t" KBUILD_MODNAME "\n");
	seq_printf(out, "drm-client-id:\t%llu\n", process->id);
	mutex_lock(&global->adapter_lock);
	first = dxgk_fdinfo_first(process);
	if (first) {
		dxgk_usage_read(process, first, &usage);
		dxgk_fdinfo_block(out, "drm", process, first, &usage);
	}
	list_for_each_entry(adapter, &global->adapters, node) {
		if (adapter == first || !dxgk_adapter_is_active(adapter))
			continue;
		dxgk_usage_read(process, adapter, &usage);
		if (usage.devices)
			dxgk_fdinfo_other(out, process, adapter, &usage);
	}
	mutex_unlock(&global->adapter_lock);
}
