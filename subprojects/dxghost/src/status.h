/* SPDX-License-Identifier: MIT */
/* The NTSTATUS values that the host answers with. */
#ifndef DXGHOST_STATUS_H
#define DXGHOST_STATUS_H

#include <stdint.h>

typedef int32_t dxghost_status;

#define ST(value)	((dxghost_status)(value))

#define ST_SUCCESS			ST(0x00000000u)
#define ST_PENDING			ST(0x00000103u)
#define ST_NOT_IMPLEMENTED		ST(0xC0000002u)
#define ST_INVALID_HANDLE		ST(0xC0000008u)
#define ST_INVALID_PARAMETER		ST(0xC000000Du)
#define ST_NO_MEMORY			ST(0xC0000017u)
#define ST_ACCESS_DENIED		ST(0xC0000022u)
#define ST_NOT_SUPPORTED		ST(0xC00000BBu)
#define ST_DEVICE_REMOVED		ST(0xC00002B6u)
#define ST_NO_VIDEO_MEMORY		ST(0xC01E0100u)
#define ST_GPU_EXCEPTION_ON_DEVICE	ST(0xC01E0200u)

#endif
