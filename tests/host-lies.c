/* SPDX-License-Identifier: MIT */
/* Makes the host lie, for the time of a call. */
#include "host-lies.h"

uint64_t lie(const struct dxghostd_lie *how)
{
	static const struct dxghostd_lie honest;
	uint64_t told = 0;

	assert_int_equal(t_host_daemon_lie(how ? how : &honest, &told), 0);
	return told;
}

uint64_t lie_about(uint32_t command, uint32_t kind, uint64_t value)
{
	struct dxghostd_lie how = {
		.kind = kind, .command = command, .value = value,
	};

	return lie(&how);
}

void lied_call(struct lied_call *call, const struct bad_row *row,
	       const struct dxghostd_lie *how)
{
	lie(how);
	call->status = row->call(call->args);
	call->told = lie(NULL);
}
