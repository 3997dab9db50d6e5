/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Tracepoints. Scripts rely on their names and fields: docs/dxgkrnl/events of
 * libdxg describes them. In user space they are nothing.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM dxgkrnl

#if !defined(DXGK_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define DXGK_TRACE_H

#include <linux/ioctl.h>
#include <linux/minmax.h>
#include <linux/tracepoint.h>

#include "command-names.h"
#include "dxgkrnl.h"
#include "message.h"

/* perf and others print the names as well, which they know by number. */
#undef DXGK_TRACE_ROW
#define DXGK_TRACE_ROW(number, name) TRACE_DEFINE_ENUM(number);
DXGK_COMMAND_NAMES(DXGK_TRACE_ROW, DXGK_TRACE_ROW)

#undef DXGK_TRACE_ROW
#undef DXGK_TRACE_LAST
#define DXGK_TRACE_ROW(number, name) { number, name },
#define DXGK_TRACE_LAST(number, name) { number, name }
#define dxgk_trace_command(number)					\
	__print_symbolic(number, DXGK_COMMAND_NAMES(DXGK_TRACE_ROW,	\
						    DXGK_TRACE_LAST))

/* Once, where the events are made: this header is read many times there. */
#ifdef CREATE_TRACE_POINTS
static inline u64 dxgk_trace_luid(const struct dxgk_adapter *adapter)
{
	return adapter ? (u64)adapter->luid.high << 32 | adapter->luid.low : 0;
}
#endif

/* A call begins: of which process, and which one. */
TRACE_EVENT(dxgk_ioctl_enter,
	TP_PROTO(const struct dxgk_process *process, unsigned int request),
	TP_ARGS(process, request),
	TP_STRUCT__entry(
		__field(u64, client)
		__field(u32, request)
		__field(u32, nr)
	),
	TP_fast_assign(
		__entry->client = process->id;
		__entry->request = request;
		__entry->nr = _IOC_NR(request);
	),
	TP_printk("client=%llu nr=0x%02x request=0x%08x",
		  __entry->client, __entry->nr, __entry->request)
);

/* It ends, with a status >= 0 or -errno. */
TRACE_EVENT(dxgk_ioctl_exit,
	TP_PROTO(const struct dxgk_process *process, unsigned int request,
		 long ret),
	TP_ARGS(process, request, ret),
	TP_STRUCT__entry(
		__field(u64, client)
		__field(s64, ret)
		__field(u32, request)
		__field(u32, nr)
	),
	TP_fast_assign(
		__entry->client = process->id;
		__entry->ret = ret;
		__entry->request = request;
		__entry->nr = _IOC_NR(request);
	),
	TP_printk("client=%llu nr=0x%02x request=0x%08x ret=%lld",
		  __entry->client, __entry->nr, __entry->request, __entry->ret)
);

/* A message goes to the host. */
TRACE_EVENT(dxgk_message_send,
	TP_PROTO(const struct dxgk_message *message, bool is_global,
		 bool is_async),
	TP_ARGS(message, is_global, is_async),
	TP_STRUCT__entry(
		__field(u64, luid)
		__field(u32, command)
		__field(u32, size)
		__field(u8, global)
		__field(u8, async)
	),
	TP_fast_assign(
		const struct dxgk_wire_vgpu_header *header = message->request;

		__entry->luid = dxgk_trace_luid(message->adapter);
		__entry->command = header->command_type;
		__entry->size = message->size;
		__entry->global = is_global;
		__entry->async = is_async;
	),
	TP_printk("luid=0x%016llx command=%s size=%u global=%u async=%u",
		  __entry->luid, dxgk_trace_command(__entry->command),
		  __entry->size, __entry->global, __entry->async)
);

/* Its sender goes on: with the answer, or without. */
TRACE_EVENT(dxgk_message_done,
	TP_PROTO(const struct dxgk_message *message, int ret, bool has_status),
	TP_ARGS(message, ret, has_status),
	TP_STRUCT__entry(
		__field(u64, luid)
		__field(u32, command)
		__field(s32, ret)
		__field(u32, status)
	),
	TP_fast_assign(
		const struct dxgk_wire_vgpu_header *header = message->request;
		int known = min_t(int, ret, message->reply_size);

		__entry->luid = dxgk_trace_luid(message->adapter);
		__entry->command = header->command_type;
		__entry->ret = ret;
		__entry->status = has_status && known >= (int)sizeof(u32) ?
				  *(const u32 *)message->reply : 0;
	),
	TP_printk("luid=0x%016llx command=%s ret=%d status=0x%08x",
		  __entry->luid, dxgk_trace_command(__entry->command),
		  __entry->ret, __entry->status)
);

/* The answer to a sender that was killed meanwhile. */
TRACE_EVENT(dxgk_message_late,
	TP_PROTO(const struct dxgk_adapter *adapter, u32 command, u32 size),
	TP_ARGS(adapter, command, size),
	TP_STRUCT__entry(
		__field(u64, luid)
		__field(u32, command)
		__field(u32, size)
	),
	TP_fast_assign(
		__entry->luid = dxgk_trace_luid(adapter);
		__entry->command = command;
		__entry->size = size;
	),
	TP_printk("luid=0x%016llx command=%s size=%u", __entry->luid,
		  dxgk_trace_command(__entry->command), __entry->size)
);

/* The host signals an event: a fence that somebody waits for, or an eventfd. */
TRACE_EVENT(dxgk_host_event,
	TP_PROTO(u64 event, bool is_known),
	TP_ARGS(event, is_known),
	TP_STRUCT__entry(
		__field(u64, event)
		__field(u8, known)
	),
	TP_fast_assign(
		__entry->event = event;
		__entry->known = is_known;
	),
	TP_printk("event=%llu known=%u", __entry->event, __entry->known)
);

/* A thread waits for fences that it has not found signalled. */
TRACE_EVENT(dxgk_wait_begin,
	TP_PROTO(const struct dxgk_process *process, u64 event, u32 count,
		 bool is_any),
	TP_ARGS(process, event, count, is_any),
	TP_STRUCT__entry(
		__field(u64, client)
		__field(u64, event)
		__field(u32, count)
		__field(u8, any)
	),
	TP_fast_assign(
		__entry->client = process->id;
		__entry->event = event;
		__entry->count = count;
		__entry->any = is_any;
	),
	TP_printk("client=%llu event=%llu count=%u any=%u", __entry->client,
		  __entry->event, __entry->count, __entry->any)
);

/* It has waited; -ERESTARTSYS: a signal, it may come back. */
TRACE_EVENT(dxgk_wait_end,
	TP_PROTO(const struct dxgk_process *process, u64 event, int ret),
	TP_ARGS(process, event, ret),
	TP_STRUCT__entry(
		__field(u64, client)
		__field(u64, event)
		__field(s32, ret)
	),
	TP_fast_assign(
		__entry->client = process->id;
		__entry->event = event;
		__entry->ret = ret;
	),
	TP_printk("client=%llu event=%llu ret=%d", __entry->client,
		  __entry->event, __entry->ret)
);

/* A virtual GPU can be used. */
TRACE_EVENT(dxgk_adapter_arrival,
	TP_PROTO(const struct dxgk_adapter *adapter),
	TP_ARGS(adapter),
	TP_STRUCT__entry(
		__field(u64, luid)
		__field(u32, version)
		__field(u8, compute_only)
	),
	TP_fast_assign(
		__entry->luid = dxgk_trace_luid(adapter);
		__entry->version = adapter->version;
		__entry->compute_only = adapter->compute_only;
	),
	TP_printk("luid=0x%016llx version=%u compute_only=%u", __entry->luid,
		  __entry->version, __entry->compute_only)
);

/* It cannot any more. */
TRACE_EVENT(dxgk_adapter_removal,
	TP_PROTO(const struct dxgk_adapter *adapter, bool is_lost),
	TP_ARGS(adapter, is_lost),
	TP_STRUCT__entry(
		__field(u64, luid)
		__field(u8, lost)
	),
	TP_fast_assign(
		__entry->luid = dxgk_trace_luid(adapter);
		__entry->lost = is_lost;
	),
	TP_printk("luid=0x%016llx lost=%u", __entry->luid, __entry->lost)
);

#endif /* DXGK_TRACE_H */

#undef TRACE_INCLUDE_PATH
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_PATH .
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
