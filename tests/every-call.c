/* SPDX-License-Identifier: MIT */
/* Counts through the tables. */
#include "every-call.h"

static const struct bad_table *const tables[] = {
	&bad_adapter_table, &bad_device_table, &bad_context_table,
	&bad_hwqueue_table, &bad_allocation_table, &bad_residency_table,
	&bad_gpuva_table, &bad_sync_table, &bad_share_table,
};
#define TABLES (sizeof(tables) / sizeof(tables[0]))

static bool is_wanted(const struct bad_row *row)
{
	return !(row->flags & (BAD_IGNORES_ARGS | BAD_IN_A_CHILD)) &&
	       row->size <= EVERY_CALL_ARGS;
}

const struct bad_row *every_call(unsigned int index)
{
	unsigned int table, i;

	for (table = 0; table < TABLES; table++)
		for (i = 0; i < tables[table]->count; i++)
			if (is_wanted(&tables[table]->rows[i]) && !index--)
				return &tables[table]->rows[i];
	return NULL;
}

bool every_call_is_answer(const struct bad_row *row, NTSTATUS status)
{
	return status == row->answer ||
	       (row->answer == STATUS_SUCCESS && status == STATUS_PENDING);
}
