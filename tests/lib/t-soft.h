/* SPDX-License-Identifier: MIT */
/* The knobs of the embedded device, where the device is the embedded one. */
#ifndef T_SOFT_H
#define T_SOFT_H

#include <stdbool.h>

#include <dxg/soft.h>

typedef int t_message_stats(uint32_t channel_kind, uint32_t command,
			    struct dxg_soft_message_stats *ret_stats);

/* Functions of dxg/soft.h, from the very library that libdxg has loaded. */
struct t_soft {
	t_message_stats *message_stats;
	void (*message_stats_reset)(void);
	int (*host_objects)(struct dxg_soft_object_counts *ret_counts);
	uint64_t (*fail_allocation)(uint64_t nth);
	uint64_t (*fail_message)(uint64_t nth, int how);
	uint64_t (*driver_blocks)(void);
	int (*set_profile)(const char *profile);
	/* For those who go past libdxg. */
	int (*open)(void);
	int (*ioctl)(int fd, unsigned long request, void *args);
	int (*close)(int fd);
	int (*remove_adapter)(uint32_t index);
	int (*return_adapter)(uint32_t index);
};

/* True if DXG_DEVICE names the embedded device. */
bool t_device_is_soft(void);

/* The knobs, or NULL on another device. */
const struct t_soft *t_soft_if_any(void);

/* The knobs; skips the test on another device. */
const struct t_soft *t_soft_or_skip(void);

/* Messages of a vGPU command since the last reset, of the host that @ask asks. */
uint64_t t_count_messages(t_message_stats *ask, uint32_t command);
/* The same of the embedded host; skips the test on another device. */
uint64_t t_soft_messages(uint32_t command);

/* All that was sent on both channels since the last reset. */
struct dxg_soft_message_stats t_soft_traffic(void);

#endif
