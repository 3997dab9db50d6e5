/* SPDX-License-Identifier: MIT */
/* What each call would cost in the plain protocol: one message, waited for. */
#ifndef ECONOMY_PLAIN_H
#define ECONOMY_PLAIN_H

#include <stdint.h>

#include <dxg/uapi.h>

#include "../subprojects/dxgkrnl/wire.h"

/*
 * The rule: a call is one message. It carries the extended header, the header
 * of the command and the arguments; the lengths are those of the wire headers,
 * where a comment over each command says what is sent and what comes back. n:
 * number of handles, bytes: of data of the caller.
 *
 * A call for which the protocol has no command would carry the structure of its
 * ioctl behind the headers; back would come a status, the structure, and the
 * bytes of the array that it fills.
 */
struct economy_plain {
	uint64_t to_host;
	uint64_t to_guest;
};

#define PLAIN(sent, reply)						\
	((struct economy_plain){					\
		sizeof(struct dxgk_wire_extended_header) + (sent), (reply) })

#define SENT(command)	sizeof(struct dxgk_wire_##command)
#define REPLY(command)	sizeof(struct dxgk_wire_##command##_reply)
#define STATUS		sizeof(struct dxgk_wire_status_reply)

#define PLAIN_NO_COMMAND(request, bytes)				\
	PLAIN(sizeof(struct dxgk_wire_vgpu_header) + _IOC_SIZE(request),	\
	      STATUS + _IOC_SIZE(request) + (bytes))

/* adapter */
#define PLAIN_OPENADAPTER		PLAIN(SENT(openadapter), REPLY(openadapter))
#define PLAIN_CLOSEADAPTER		PLAIN(SENT(closeadapter), 0)
#define PLAIN_QUERYADAPTERINFO(bytes)	PLAIN(39 + (bytes), STATUS + (bytes))
#define PLAIN_QUERYSTATISTICS		PLAIN(SENT(querystatistics), REPLY(querystatistics))
#define PLAIN_QUERYCLOCKCALIBRATION					\
	PLAIN(SENT(queryclockcalibration), REPLY(queryclockcalibration))
#define PLAIN_ISFEATUREENABLED		PLAIN(SENT(isfeatureenabled), REPLY(isfeatureenabled))
#define PLAIN_QUERYVIDEOMEMORYINFO	PLAIN(SENT(queryvideomemoryinfo), REPLY(queryvideomemoryinfo))
#define PLAIN_CHANGEVIDEOMEMORYRESERVATION				\
	PLAIN(SENT(changevideomemoryreservation), STATUS)

/* device */
#define PLAIN_CREATEDEVICE		PLAIN(SENT(createdevice), REPLY(createdevice))
#define PLAIN_DESTROYDEVICE		PLAIN(SENT(destroydevice), STATUS)
#define PLAIN_GETDEVICESTATE		PLAIN(SENT(getdevicestate), REPLY(getdevicestate))
#define PLAIN_MARKDEVICEASERROR		PLAIN(SENT(markdeviceaserror), STATUS)
#define PLAIN_ESCAPE(bytes)		PLAIN(55 + (bytes), (bytes))
#define PLAIN_FLUSHHEAPTRANSITIONS	PLAIN(SENT(flushheaptransitions), STATUS)

/* context */
#define PLAIN_CREATECONTEXTVIRTUAL	PLAIN(55, 55)
#define PLAIN_DESTROYCONTEXT		PLAIN(SENT(destroycontext), STATUS)
#define PLAIN_SETCONTEXTSCHEDULINGPRIORITY				\
	PLAIN(SENT(setcontextschedulingpriority), STATUS)
#define PLAIN_GETCONTEXTSCHEDULINGPRIORITY				\
	PLAIN(SENT(getcontextschedulingpriority), REPLY(getcontextschedulingpriority))
#define PLAIN_SUBMITCOMMAND		PLAIN(SENT(submitcommand), STATUS)

/* hwqueue */
#define PLAIN_CREATEHWQUEUE		PLAIN(72, 72)
#define PLAIN_DESTROYHWQUEUE		PLAIN(SENT(destroyhwqueue), STATUS)
#define PLAIN_SUBMITCOMMANDTOHWQUEUE	PLAIN(SENT(submitcommandtohwqueue), STATUS)

/* allocation */
#define PLAIN_CREATEALLOCATION(n, bytes)				\
	PLAIN(SENT(createallocation) +					\
	      (n) * SENT(createallocation_info) + (bytes),		\
	      REPLY(createallocation) +					\
	      (n) * sizeof(struct dxgk_wire_createallocation_result) + (bytes))
/* Of one allocation; its kind and size go along. */
#define PLAIN_CREATESTANDARD						\
	PLAIN(SENT(createallocation) + SENT(createallocation_info) +	\
	      SENT(standard_allocation),				\
	      REPLY(createallocation) +					\
	      sizeof(struct dxgk_wire_createallocation_result))
#define PLAIN_DESTROYALLOCATION(n)	PLAIN(48 + 4 * (n), STATUS)
#define PLAIN_LOCK2			PLAIN(SENT(lock2), REPLY(lock2))
#define PLAIN_UNLOCK2			PLAIN(SENT(unlock2), STATUS)
#define PLAIN_GETALLOCATIONPRIORITY(n)	PLAIN(SENT(getallocationpriority) + 4 * (n), STATUS + 4 * (n))
#define PLAIN_SETALLOCATIONPRIORITY(n)	PLAIN(SENT(setallocationpriority) + 8 * (n), STATUS)
#define PLAIN_UPDATEALLOCATIONPROPERTY					\
	PLAIN(SENT(updateallocationproperty), REPLY(updateallocationproperty))
#define PLAIN_INVALIDATECACHE		PLAIN(SENT(invalidatecache), STATUS)

/* residency */
#define PLAIN_MAKERESIDENT(n)		PLAIN(44 + 4 * (n), REPLY(makeresident))
#define PLAIN_EVICT(n)			PLAIN(SENT(evict) + 4 * (n), REPLY(evict))
#define PLAIN_OFFERALLOCATIONS(n)	PLAIN(SENT(offerallocations) + 4 * (n), STATUS)
#define PLAIN_RECLAIMALLOCATIONS(n)	PLAIN(44 + 4 * (n), REPLY(reclaimallocations) + 4 * (n))
#define PLAIN_QUERYALLOCATIONRESIDENCY(n)				\
	PLAIN(SENT(queryallocationresidency) + 4 * (n), STATUS + 4 * (n))

/* gpuva */
#define PLAIN_CREATEPAGINGQUEUE		PLAIN(SENT(createpagingqueue), REPLY(createpagingqueue))
#define PLAIN_DESTROYPAGINGQUEUE	PLAIN(SENT(destroypagingqueue), 0)
#define PLAIN_RESERVEGPUVIRTUALADDRESS					\
	PLAIN(SENT(reservegpuvirtualaddress), REPLY(reservegpuvirtualaddress))
#define PLAIN_MAPGPUVIRTUALADDRESS					\
	PLAIN(SENT(mapgpuvirtualaddress), REPLY(mapgpuvirtualaddress))
#define PLAIN_UPDATEGPUVIRTUALADDRESS(n)				\
	PLAIN(SENT(updategpuvirtualaddress) +				\
	      (n) * SENT(updategpuva_operation), STATUS)
#define PLAIN_FREEGPUVIRTUALADDRESS	PLAIN(SENT(freegpuvirtualaddress), STATUS)

/* sync: a signal names objects, contexts and, of monitored fences, values */
#define PLAIN_CREATESYNCOBJECT		PLAIN(SENT(createsyncobject), REPLY(createsyncobject))
#define PLAIN_DESTROYSYNCOBJECT		PLAIN(SENT(destroysyncobject), STATUS)
#define PLAIN_SIGNALSYNCOBJECT(objects, contexts, values)		\
	PLAIN(SENT(signalsyncobject) + 4 * ((objects) + (contexts)) +	\
	      8 * (values), STATUS)
#define PLAIN_WAITFROMCPU(n)		PLAIN(SENT(waitforsyncobjectfromcpu) + 12 * (n), STATUS)
#define PLAIN_WAITFROMGPU(n)		PLAIN(SENT(waitforsyncobjectfromgpu) + 12 * (n), STATUS)

/* share */
#define PLAIN_CREATENTSHAREDOBJECT					\
	PLAIN(SENT(createntsharedobject), REPLY(createntsharedobject))
#define PLAIN_OPENSYNCOBJECT		PLAIN(SENT(opensyncobject), REPLY(opensyncobject))
#define PLAIN_OPENRESOURCE(n)		PLAIN(SENT(openresource), REPLY(openresource) + 4 * (n))
#define PLAIN_SHAREOBJECTWITHHOST	PLAIN(SENT(shareobjectwithhost), REPLY(shareobjectwithhost))

#endif
