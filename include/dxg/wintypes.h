/* SPDX-License-Identifier: MIT */
/*
 * The Windows types that the D3DKMT interface is made of.
 *
 * A client that has DirectX-Headers in its include path gets them from there,
 * whichever header it includes first: <wsl/winadapter.h> has no guard that
 * could be tested, and would define the structures again. A client with types
 * of its own defines DXG_HAVE_WINTYPES; they must have the sizes of these.
 */
#ifndef DXG_WINTYPES_H
#define DXG_WINTYPES_H

#include <stddef.h>
#include <stdint.h>

/* A function that the library exports. */
#define DXG_API __attribute__((visibility("default")))

#if !defined(DXG_HAVE_WINTYPES) && defined(__has_include)
#if __has_include(<wsl/winadapter.h>) && __has_include(<basetsd.h>)
#include <basetsd.h>
#define DXG_HAVE_WINTYPES
#endif
#endif

#ifndef DXG_HAVE_WINTYPES
#define DXG_HAVE_WINTYPES

/* LONG and its like have 32 bits, as on Windows. BOOL is unsigned. */
typedef void VOID, *PVOID, *LPVOID, *HANDLE;
typedef char CHAR, BOOLEAN;
typedef unsigned char BYTE;
typedef int8_t INT8;
typedef uint8_t UINT8, UCHAR;
typedef int16_t INT16;
typedef uint16_t UINT16, USHORT, WORD;
typedef int32_t INT32, INT, LONG;
typedef uint32_t UINT32, UINT, ULONG, DWORD, BOOL;
typedef int64_t INT64, LONGLONG, LONG64, LONG_PTR, INT_PTR;
typedef uint64_t UINT64, ULONGLONG, ULONG64, ULONG_PTR, UINT_PTR;
typedef size_t SIZE_T;
typedef float FLOAT;
typedef double DOUBLE;

/* Four bytes; UTF-16 is only what travels to the host. */
typedef wchar_t WCHAR;

typedef int HWND;
typedef int HDC;

#ifndef TRUE
#define TRUE 1u
#endif
#ifndef FALSE
#define FALSE 0u
#endif
#ifndef MAX_PATH
#define MAX_PATH 260
#endif

/* Locally unique id, of an adapter. Changes when the host restarts. */
typedef struct _LUID {
	ULONG LowPart;
	LONG HighPart;
} LUID;

typedef struct _GUID {
	uint32_t Data1;
	uint16_t Data2;
	uint16_t Data3;
	uint8_t Data4[8];
} GUID;

typedef struct tagPOINT {
	int x;
	int y;
} POINT;

typedef struct _RECT {
	int left;
	int top;
	int right;
	int bottom;
} RECT;

typedef union _LARGE_INTEGER {
	struct {
		uint32_t LowPart;
		uint32_t HighPart;
	} u;
	int64_t QuadPart;
} LARGE_INTEGER, *PLARGE_INTEGER;

#endif /* DXG_HAVE_WINTYPES */

/* Result of a call: negative is an error, 0 and above a success. */
typedef int32_t NTSTATUS;

#ifndef NT_SUCCESS
#define NT_SUCCESS(status) ((NTSTATUS)(status) >= 0)
#endif

#endif /* DXG_WINTYPES_H */
