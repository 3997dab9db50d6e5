/* SPDX-License-Identifier: MIT */
/* Finds the way to the host, which depends on the device. */
#include "t.h"

static const struct t_host *embedded_host(void)
{
	static struct t_host host;
	const struct t_soft *soft = t_soft_if_any();

	host = (struct t_host){
		.objects = soft->host_objects,
		.message_stats = soft->message_stats,
		.message_stats_reset = soft->message_stats_reset,
	};
	return &host;
}

const struct t_host *t_host_if_any(void)
{
	return t_device_is_soft() ? embedded_host() : t_host_daemon();
}

const struct t_host *t_host_or_skip(void)
{
	const struct t_host *host = t_host_if_any();

	if (!host) {
		print_message("skipped: needs the software host\n");
		skip();
	}
	return host;
}

uint64_t t_host_messages(uint32_t command)
{
	return t_count_messages(t_host_or_skip()->message_stats, command);
}

void t_host_use_profile(const char *text)
{
	char device[4096];

	if (t_device_is_soft()) {
		snprintf(device, sizeof(device), "soft:%s", text);
		setenv("DXG_DEVICE", device, 1);
	} else if (!t_host_daemon()) {
		puts("skipped: needs the software host");
		exit(77);
	} else if (t_host_daemon_use_profile(text)) {
		puts("the host does not start anew");
		exit(1);
	}
}

void t_host_use_machine(const char *text)
{
	t_host_use_profile(text);
	if (!t_device_is_soft() && t_host_daemon_wait_for_adapters(text)) {
		puts("not every adapter is there");
		exit(1);
	}
}
