/* SPDX-License-Identifier: MIT */
/* Tracepoints that nobody can enable: their calls are compiled to nothing. */
#ifndef DXGK_USER_TRACEPOINT_H
#define DXGK_USER_TRACEPOINT_H

#define TP_PROTO(...)	__VA_ARGS__
#define TP_ARGS(...)	__VA_ARGS__

/* Arguments are used, so that who calls it keeps no variable for nothing. */
static inline void dxgk_user_trace_nothing(int first, ...)
{
	(void)first;
}

/* What follows the arguments is about the record, which is not made. */
#define TRACE_EVENT(name, proto, args, ...)				\
	static inline void trace_##name(proto)				\
	{								\
		if (0)							\
			dxgk_user_trace_nothing(0, args);		\
	}								\
	_Static_assert(1, #name)

#define TRACE_DEFINE_ENUM(number)	_Static_assert(1, #number)

#endif
