/* SPDX-License-Identifier: MIT */
/* Adapter queries whose answer is text. */
#include <stdio.h>
#include <string.h>

#include "query-info.h"

#define UMD_VERSION_DX12	3u
#define NAME_LENGTH		260u
#define DESCRIPTION_LENGTH	4096u
#define GUID_LENGTH		40u

/* Fields need not be aligned. */
void dxghost_put_text(uint16_t *field, uint32_t max, const char *text)
{
	uint8_t *out = (uint8_t *)field;
	uint32_t i;

	memset(out, 0, 2 * max);
	for (i = 0; text[i] && i < max - 1; i++)
		out[2 * i] = (uint8_t)text[i];
}

static uint16_t *field_at(struct dxghost_query *query, uint32_t offset)
{
	return (uint16_t *)((uint8_t *)query->payload + offset);
}

/* There is a user-mode driver for Direct3D 12 only. */
dxghost_status dxghost_query_umd_name(struct dxghost_query *query)
{
	char path[NAME_LENGTH];
	uint32_t version;

	memcpy(&version, query->payload, sizeof(version));
	if (version != UMD_VERSION_DX12)
		return ST_INVALID_PARAMETER;
	snprintf(path, sizeof(path), "%s\\%s", query->profile->driver_store,
		 query->profile->umd_file);
	dxghost_put_text(field_at(query, 4), NAME_LENGTH, path);
	return ST_SUCCESS;
}

dxghost_status dxghost_query_registry_info(struct dxghost_query *query)
{
	const struct dxghost_adapter_profile *profile = query->profile;

	dxghost_put_text(field_at(query, 0), NAME_LENGTH, profile->description);
	dxghost_put_text(field_at(query, 520), NAME_LENGTH,
			 profile->bios_version);
	dxghost_put_text(field_at(query, 1040), NAME_LENGTH, profile->dac_type);
	dxghost_put_text(field_at(query, 1560), NAME_LENGTH,
			 profile->chip_type);
	return ST_SUCCESS;
}

dxghost_status dxghost_query_unique_guid(struct dxghost_query *query)
{
	char text[GUID_LENGTH];

	snprintf(text, sizeof(text), "{%08X-%04X-%04X-8447-64786768%04X}",
		 query->profile->luid.low, query->profile->luid.high >> 16,
		 query->profile->luid.high & 0xffff, 0x6f73);
	dxghost_put_text(field_at(query, 0), GUID_LENGTH, text);
	return ST_SUCCESS;
}

dxghost_status dxghost_query_driver_description(struct dxghost_query *query)
{
	dxghost_put_text(field_at(query, 0), DESCRIPTION_LENGTH,
			 query->profile->description);
	return ST_SUCCESS;
}

void dxghost_fill_gpu_version(const struct dxghost_adapter_profile *profile,
			      struct dxghost_gpu_version *version)
{
	dxghost_put_text(version->bios, 32, profile->bios_version);
	dxghost_put_text(version->architecture, 32, profile->architecture);
}

dxghost_status dxghost_query_gpu_version(struct dxghost_query *query)
{
	struct dxghost_gpu_version version;

	memcpy(&version, query->payload, sizeof(version));
	if (version.physical_adapter)
		return ST_INVALID_PARAMETER;
	dxghost_fill_gpu_version(query->profile, &version);
	memcpy(query->payload, &version, sizeof(version));
	return ST_SUCCESS;
}
