/* SPDX-License-Identifier: MIT */
/*
 * Makes the calls that test-trace-members.py writes down, a line each:
 *
 *	CALL [PLACE:OFFSET:SIZE:VALUE ...]
 *
 * CALL is the number of a row of calls.h that takes a structure. The structure is
 * zero, but for the numbers that are ORed into it (PLACE a), and so is a buffer
 * (PLACE b), whose address is the VALUE b. The device answers a success and writes
 * nothing.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <dxg/d3dkmthk.h>
#include <dxg/dxg.h>

#include "fake-device.h"

#define SIZE 4096

static uint64_t args[SIZE / sizeof(uint64_t)];
static uint64_t buffer[SIZE / sizeof(uint64_t)];

#define CALL(name) \
	static NTSTATUS call_##name(void) { return name((void *)args); }
#define THUNK(name, type, request) CALL(name)
#define CUSTOM(name, type, request) CALL(name)
#define OLDER(name, type) CALL(name)
#define UNSUPPORTED(name, type) CALL(name)
#define NOOP(name, type) CALL(name)
#define OTHER(name)
#include "calls.h"

#define ROW(name) call_##name,
#define THUNK(name, type, request) ROW(name)
#define CUSTOM(name, type, request) ROW(name)
#define OLDER(name, type) ROW(name)
#define UNSUPPORTED(name, type) ROW(name)
#define NOOP(name, type) ROW(name)
#define OTHER(name)
static NTSTATUS (*const calls[])(void) = {
#include "calls.h"
};

static int put(const char *word)
{
	unsigned int offset, size;
	uint64_t value, old = 0;
	char place, digits[32];
	char *at;

	if (sscanf(word, "%c:%u:%u:%31s", &place, &offset, &size, digits) != 4 ||
	    size > sizeof(value) || offset + size > SIZE)
		return -1;
	value = *digits == 'b' ? (uintptr_t)buffer : strtoull(digits, NULL, 0);
	at = (char *)(place == 'b' ? buffer : args) + offset;
	memcpy(&old, at, size);
	value |= old;
	memcpy(at, &value, size);
	return 0;
}

int main(void)
{
	char line[512];

	dxg_set_device(FAKE_NODE);
	while (fgets(line, sizeof(line), stdin)) {
		char *word = strtok(line, " \n");
		unsigned long number = word ? strtoul(word, NULL, 10) : sizeof(calls);

		memset(args, 0, sizeof(args));
		memset(buffer, 0, sizeof(buffer));
		while (word && (word = strtok(NULL, " \n")))
			if (put(word))
				return 2;
		if (number >= sizeof(calls) / sizeof(calls[0]))
			return 2;
		calls[number]();
	}
	return 0;
}
