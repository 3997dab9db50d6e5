/* SPDX-License-Identifier: MIT */
/* QUERYREGISTRY: values of the driver's registry keys on the host. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "query-info.h"

#define TYPE_SERVICE_KEY	0u
#define TYPE_ADAPTER_KEY	1u
#define TYPE_DRIVER_STORE	2u
#define TYPE_DRIVER_IMAGE	3u

#define RESULT_SUCCESS		0u
#define RESULT_OVERFLOW		1u
#define RESULT_FAIL		2u

#define NAME_LENGTH		260u
#define VALUE_AT		544u

#define REG_SZ			1u
#define REG_EXPAND_SZ		2u
#define REG_BINARY		3u
#define REG_DWORD		4u
#define REG_MULTI_SZ		7u
#define REG_QWORD		11u

struct registry_query {
	uint32_t type;
	uint32_t flags;
	uint16_t name[NAME_LENGTH];
	uint32_t value_type;
	uint32_t physical_adapter;
	uint32_t value_size;
	uint32_t status;
	uint64_t value;			/* begins here, may go on */
};

_Static_assert(sizeof(struct registry_query) == DXGHOST_REGISTRY_SIZE,
	       "registry query");
_Static_assert(offsetof(struct registry_query, value) == VALUE_AT,
	       "registry value");

/* Found values, whatever they come from. */
struct found {
	uint32_t type;
	uint32_t size;
	const void *data;
	uint16_t text[2 * NAME_LENGTH];
	uint8_t number[8];
};

static void found_text(struct found *found, uint32_t type, const char *text)
{
	uint32_t length = (uint32_t)strlen(text);
	uint32_t ends = type == REG_MULTI_SZ ? 2 : 1;

	dxghost_put_text(found->text, length + ends, text);
	found->type = type;
	found->data = found->text;
	found->size = 2 * (length + ends);
}

static void found_number(struct found *found, uint32_t type, uint64_t value)
{
	memcpy(found->number, &value, sizeof(value));
	found->type = type;
	found->data = found->number;
	found->size = type == REG_DWORD ? 4 : 8;
}

static bool profile_value(const struct dxghost_adapter_profile *profile,
			  enum dxghost_registry_key key, const char *name,
			  struct found *found)
{
	uint32_t i;

	/* The last one of a name, so that it can replace one before. */
	for (i = profile->registry_count; i--;) {
		const struct dxghost_registry_value *value =
			&profile->registry[i];

		if (value->key != key || strcasecmp(value->name, name))
			continue;
		found->type = value->type;
		found->data = value->bytes.data;
		found->size = value->bytes.size;
		return true;
	}
	return false;
}

#define AT(member)	offsetof(struct dxghost_adapter_profile, member)

/* Texts of the profile; drivers may also write those of the hardware as binary. */
static bool adapter_text(const struct dxghost_adapter_profile *profile,
			 const char *name, struct found *found)
{
	static const struct {
		const char *name;
		size_t at;
	} texts[] = {
		{ "DriverDesc", AT(description) },
		{ "HardwareInformation.AdapterString", AT(description) },
		{ "HardwareInformation.BiosString", AT(bios_version) },
		{ "HardwareInformation.ChipType", AT(chip_type) },
		{ "HardwareInformation.DacType", AT(dac_type) },
	};
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if (strcasecmp(name, texts[i].name))
			continue;
		found_text(found, REG_SZ,
			   (const char *)profile + texts[i].at);
		return true;
	}
	return false;
}

/* A file of the driver's package. */
static void found_file(struct found *found, uint32_t type,
		       const struct dxghost_adapter_profile *profile,
		       const char *name)
{
	char path[NAME_LENGTH];

	snprintf(path, sizeof(path), "%s\\%s", profile->driver_store, name);
	found_text(found, type, path);
}

static bool adapter_value(const struct dxghost_adapter_profile *profile,
			  const char *name, struct found *found)
{
	uint64_t version = profile->driver_version;
	char text[NAME_LENGTH];

	if (!strcasecmp(name, "DriverVersion")) {
		snprintf(text, sizeof(text), "%u.%u.%u.%u",
			 (unsigned)(version >> 48 & 0xffff),
			 (unsigned)(version >> 32 & 0xffff),
			 (unsigned)(version >> 16 & 0xffff),
			 (unsigned)(version & 0xffff));
		found_text(found, REG_SZ, text);
	} else if (!strcasecmp(name, "UserModeDriverName")) {
		found_file(found, REG_MULTI_SZ, profile, profile->umd_file);
	} else if (!strcasecmp(name, "HardwareInformation.qwMemorySize")) {
		found_number(found, REG_QWORD, profile->dedicated_memory);
	} else if (!strcasecmp(name, "HardwareInformation.MemorySize")) {
		found_number(found, REG_BINARY, profile->dedicated_memory);
	} else {
		return adapter_text(profile, name, found);
	}
	return true;
}

static bool service_value(const struct dxghost_adapter_profile *profile,
			  const char *name, struct found *found)
{
	if (!strcasecmp(name, "ImagePath"))
		found_file(found, REG_EXPAND_SZ, profile, profile->kmd_file);
	else if (!strcasecmp(name, "Start"))
		found_number(found, REG_DWORD, 3);
	else if (!strcasecmp(name, "Type"))
		found_number(found, REG_DWORD, 1);
	else
		return false;
	return true;
}

/* False for what no value of ours is called. */
static bool narrow_name(const struct registry_query *query,
			char name[NAME_LENGTH])
{
	uint32_t i;

	for (i = 0; i < NAME_LENGTH; i++) {
		if (query->name[i] > 0x7f)
			return false;
		name[i] = (char)query->name[i];
		if (!name[i])
			return true;
	}
	return false;
}

static bool find_value(const struct dxghost_adapter_profile *profile,
		       const struct registry_query *query, struct found *found)
{
	char name[NAME_LENGTH];

	switch (query->type) {
	case TYPE_DRIVER_STORE:
		found_text(found, query->value_type, profile->driver_store);
		return query->value_type == 0;
	case TYPE_DRIVER_IMAGE:
		found_file(found, query->value_type, profile,
			   profile->kmd_file);
		return query->value_type == 0;
	case TYPE_SERVICE_KEY:
	case TYPE_ADAPTER_KEY:
		break;
	default:
		return false;
	}
	if (!narrow_name(query, name))
		return false;
	/* A profile's values come first, so that it can replace ours. */
	if (profile_value(profile, query->type == TYPE_SERVICE_KEY ?
			  DXGHOST_KEY_SERVICE : DXGHOST_KEY_ADAPTER, name,
			  found))
		return found->type == query->value_type;
	if (query->type == TYPE_SERVICE_KEY ?
	    !service_value(profile, name, found) :
	    !adapter_value(profile, name, found))
		return false;
	return found->type == query->value_type;
}

/* The call succeeds; how the look-up went stands in the payload. */
dxghost_status dxghost_query_registry(struct dxghost_query *query)
{
	struct registry_query info;
	struct found found;

	if (query->size < sizeof(info))
		return ST_INVALID_PARAMETER;
	memcpy(&info, query->payload, sizeof(info));
	if (info.physical_adapter)
		return ST_INVALID_PARAMETER;
	info.value_size = 0;
	info.value = 0;
	info.status = RESULT_FAIL;
	memset((uint8_t *)query->payload + VALUE_AT, 0,
	       query->size - VALUE_AT);
	if (find_value(query->profile, &info, &found)) {
		info.value_size = found.size;
		info.status = RESULT_OVERFLOW;
		if (found.size <= query->size - VALUE_AT) {
			info.status = RESULT_SUCCESS;
			memcpy((uint8_t *)query->payload + VALUE_AT, found.data,
			       found.size);
		}
	}
	memcpy(query->payload, &info, VALUE_AT);
	return ST_SUCCESS;
}
