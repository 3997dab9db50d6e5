/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* What the host says about the GPU behind a virtual one: its name, its ids. */

#include <linux/kernel.h>
#include <linux/string.h>

#include "identity.h"

/* How the instance path of a PCI function begins; four digits follow each. */
#define DXGK_INSTANCE_VENDOR	"PCI\\VEN_"
#define DXGK_INSTANCE_DEVICE	"&DEV_"

#define DXGK_IS_SURROGATE(c)	((c) >= 0xd800 && (c) < 0xe000)
#define DXGK_IS_HIGH(c)		((c) >= 0xd800 && (c) < 0xdc00)
#define DXGK_IS_LOW(c)		((c) >= 0xdc00 && (c) < 0xe000)

/* A line break would let the host write lines of its own into uevents. */
static u32 dxgk_printable(u32 character)
{
	if (character < 0x20 || (character >= 0x7f && character < 0xa0) ||
	    character == 0x2028 || character == 0x2029 ||
	    DXGK_IS_SURROGATE(character))
		return '?';
	return character;
}

/* The character at *@place, which moves on behind it. */
static u32 dxgk_utf16_next(const u16 *units, u32 count, u32 *place)
{
	u32 unit = units[(*place)++];

	if (!DXGK_IS_HIGH(unit) || *place == count ||
	    !DXGK_IS_LOW(units[*place]))
		return dxgk_printable(unit);
	return 0x10000 + ((unit - 0xd800) << 10) + units[(*place)++] - 0xdc00;
}

static u32 dxgk_utf8_put(u8 bytes[4], u32 character)
{
	if (character < 0x80) {
		bytes[0] = character;
		return 1;
	}
	if (character < 0x800) {
		bytes[0] = 0xc0 | character >> 6;
		bytes[1] = 0x80 | (character & 0x3f);
		return 2;
	}
	if (character < 0x10000) {
		bytes[0] = 0xe0 | character >> 12;
		bytes[1] = 0x80 | (character >> 6 & 0x3f);
		bytes[2] = 0x80 | (character & 0x3f);
		return 3;
	}
	bytes[0] = 0xf0 | character >> 18;
	bytes[1] = 0x80 | (character >> 12 & 0x3f);
	bytes[2] = 0x80 | (character >> 6 & 0x3f);
	bytes[3] = 0x80 | (character & 0x3f);
	return 4;
}

/* Up to a zero, or to what does not fit: never a part of a character. */
static void dxgk_text_read(char *text, u32 room, const u16 *units, u32 count)
{
	u32 place = 0, length = 0, size;
	u8 bytes[4];

	while (place < count && units[place]) {
		size = dxgk_utf8_put(bytes,
				     dxgk_utf16_next(units, count, &place));
		if (length + size >= room)
			break;
		memcpy(text + length, bytes, size);
		length += size;
	}
	text[length] = '\0';
}

static int dxgk_hex_digit(char character)
{
	if (character >= '0' && character <= '9')
		return character - '0';
	if (character >= 'A' && character <= 'F')
		return character - 'A' + 10;
	if (character >= 'a' && character <= 'f')
		return character - 'a' + 10;
	return -1;
}

/* @prefix and four digits: what is behind them, or NULL. */
static const char *dxgk_read_id(const char *text, const char *prefix,
				u32 *ret_id)
{
	size_t length = strlen(prefix);
	u32 id = 0;
	int digit;
	u32 i;

	if (strncmp(text, prefix, length))
		return NULL;
	for (i = 0; i < 4; i++) {
		digit = dxgk_hex_digit(text[length + i]);
		if (digit < 0)
			return NULL;
		id = id << 4 | digit;
	}
	*ret_id = id;
	return text + length + i;
}

void dxgk_identity_read(struct dxgk_identity *identity,
			const struct dxgk_wire_getinternaladapterinfo_reply *reply)
{
	const char *rest;
	u32 vendor, device;

	memset(identity, 0, sizeof(*identity));
	dxgk_text_read(identity->name, sizeof(identity->name),
		       reply->device_description,
		       ARRAY_SIZE(reply->device_description));
	dxgk_text_read(identity->instance, sizeof(identity->instance),
		       reply->device_instance_id,
		       ARRAY_SIZE(reply->device_instance_id));
	rest = dxgk_read_id(identity->instance, DXGK_INSTANCE_VENDOR, &vendor);
	if (rest && dxgk_read_id(rest, DXGK_INSTANCE_DEVICE, &device)) {
		identity->vendor = vendor;
		identity->device = device;
	}
}
