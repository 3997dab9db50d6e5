/* SPDX-License-Identifier: MIT */
/* The values of a profile's text form. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "profile.h"

int dxghost_value_bool(const char *text, bool *ret)
{
	if (!strcmp(text, "on") || !strcmp(text, "yes"))
		*ret = true;
	else if (!strcmp(text, "off") || !strcmp(text, "no"))
		*ret = false;
	else
		return -1;
	return 0;
}

static int parse_u64(const char *text, char **end, uint64_t *ret)
{
	if (!isdigit((unsigned char)*text))
		return -1;
	errno = 0;
	*ret = strtoull(text, end, 0);
	return errno ? -1 : 0;
}

int dxghost_value_number(const char *text, uint64_t max, uint64_t *ret)
{
	char *end;

	if (parse_u64(text, &end, ret) || *end || *ret > max)
		return -1;
	return 0;
}

int dxghost_value_size(const char *text, uint64_t *ret)
{
	unsigned shift = 0;
	char *end;

	if (parse_u64(text, &end, ret))
		return -1;
	if (*end == 'K')
		shift = 10;
	else if (*end == 'M')
		shift = 20;
	else if (*end == 'G')
		shift = 30;
	if (shift)
		end++;
	if (*end || *ret > UINT64_MAX >> shift)
		return -1;
	*ret <<= shift;
	return 0;
}

/* high:low */
int dxghost_value_luid(const char *text, struct dxghost_luid *ret)
{
	uint64_t high, low;
	char *end;

	if (parse_u64(text, &end, &high) || *end != ':' || high > UINT32_MAX)
		return -1;
	if (dxghost_value_number(end + 1, UINT32_MAX, &low) || !(high | low))
		return -1;
	ret->high = (uint32_t)high;
	ret->low = (uint32_t)low;
	return 0;
}

/* a.b.c.d */
int dxghost_value_version(const char *text, uint64_t *ret)
{
	uint64_t version = 0, part;
	char *end;
	int i;

	for (i = 0; i < 4; i++) {
		if (!isdigit((unsigned char)*text))
			return -1;
		errno = 0;
		part = strtoull(text, &end, 10);
		if (errno || part > UINT16_MAX || *end != (i < 3 ? '.' : '\0'))
			return -1;
		version = version << 16 | part;
		text = end + 1;
	}
	*ret = version;
	return 0;
}

/* The first has the value 0, each other one 100 more than the one before. */
static int parse_granularity(const char *text, const char *const words[6],
			     uint32_t *ret)
{
	uint32_t i;

	for (i = 0; i < 6; i++) {
		if (strcmp(text, words[i]))
			continue;
		*ret = 100 * i;
		return 0;
	}
	return -1;
}

int dxghost_value_graphics_preemption(const char *text, uint32_t *ret)
{
	static const char *const words[6] = {
		"none", "dma", "primitive", "triangle", "pixel", "shader",
	};

	return parse_granularity(text, words, ret);
}

int dxghost_value_compute_preemption(const char *text, uint32_t *ret)
{
	static const char *const words[6] = {
		"none", "dma", "dispatch", "thread_group", "thread", "shader",
	};

	return parse_granularity(text, words, ret);
}

/* One hexadecimal number of an address, and the character behind it. */
static int parse_hex(const char **text, uint32_t max, char behind,
		     uint32_t *ret)
{
	unsigned long value;
	char *end;

	if (!isxdigit((unsigned char)**text))
		return -1;
	errno = 0;
	value = strtoul(*text, &end, 16);
	if (errno || value > max || *end != behind)
		return -1;
	*ret = (uint32_t)value;
	*text = end + 1;
	return 0;
}

/* bus:device.function */
int dxghost_value_pci_address(const char *text, struct dxghost_pci_address *ret)
{
	struct dxghost_pci_address address;

	if (parse_hex(&text, 0xff, ':', &address.bus) ||
	    parse_hex(&text, 0x1f, '.', &address.device) ||
	    parse_hex(&text, 7, '\0', &address.function))
		return -1;
	*ret = address;
	return 0;
}

int dxghost_value_word(const char **text, char word[DXGHOST_WORD_MAX])
{
	size_t length;

	*text += strspn(*text, " \t");
	length = strcspn(*text, " \t");
	if (length >= DXGHOST_WORD_MAX)
		return -1;
	memcpy(word, *text, length);
	word[length] = '\0';
	*text += length;
	*text += strspn(*text, " \t");
	return (int)length;
}

/* n, n+ or /n */
static int injection_turn(char *word, struct dxghost_injection *injection)
{
	size_t last = strlen(word) - 1;
	uint64_t nth;

	injection->mode = DXGHOST_INJECT_ONCE;
	if (*word == '/') {
		injection->mode = DXGHOST_INJECT_EVERY;
		word++;
	} else if (word[last] == '+') {
		injection->mode = DXGHOST_INJECT_FROM;
		word[last] = '\0';
	}
	if (dxghost_value_number(word, UINT32_MAX, &nth) || !nth)
		return -1;
	injection->nth = (uint32_t)nth;
	return 0;
}

/* NUMBER TURN STATUS */
int dxghost_value_injection(const char *text, struct dxghost_profile *profile)
{
	struct dxghost_injection injection = { .command = 0 };
	char command[DXGHOST_WORD_MAX], turn[DXGHOST_WORD_MAX];
	char status[DXGHOST_WORD_MAX];
	uint64_t number, value;

	if (profile->injection_count == DXGHOST_MAX_INJECTIONS ||
	    dxghost_value_word(&text, command) <= 0 ||
	    dxghost_value_word(&text, turn) <= 0 ||
	    dxghost_value_word(&text, status) <= 0 || *text ||
	    dxghost_value_number(command, UINT32_MAX, &number) ||
	    dxghost_value_number(status, UINT32_MAX, &value) ||
	    value <= INT32_MAX || injection_turn(turn, &injection))
		return -1;
	injection.command = (uint32_t)number;
	injection.status = (uint32_t)value;
	profile->injections[profile->injection_count++] = injection;
	return 0;
}
