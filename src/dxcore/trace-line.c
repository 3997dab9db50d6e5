/* SPDX-License-Identifier: MIT */
/* What lines of DXCore's calls are made of. */
#include "trace-line.h"

#include <pthread.h>

#include "../trace/output.h"
#include "../user-memory.h"
#include "com.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Of an array, as in the calls to the driver. */
#define MAX_SHOWN 8

static bool is_on;

static void decide(void)
{
	is_on = dxg_trace_is_on();
}

bool dxcore_trace_is_on(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, decide);
	return is_on;
}

#define NAME(guid) { &guid, #guid }

static const struct {
	const GUID *guid;
	const char *name;
} guids_by_name[] = {
	NAME(IID_IUnknown),
	NAME(IID_IDXCoreAdapterFactory),
	NAME(IID_IDXCoreAdapterFactory1),
	NAME(IID_IDXCoreAdapterList),
	NAME(IID_IDXCoreAdapter),
	NAME(IID_IDXCoreAdapter1),
	NAME(DXCORE_ADAPTER_ATTRIBUTE_D3D11_GRAPHICS),
	NAME(DXCORE_ADAPTER_ATTRIBUTE_D3D12_GRAPHICS),
	NAME(DXCORE_ADAPTER_ATTRIBUTE_D3D12_CORE_COMPUTE),
	NAME(DXCORE_ADAPTER_ATTRIBUTE_D3D12_GENERIC_ML),
	NAME(DXCORE_ADAPTER_ATTRIBUTE_D3D12_GENERIC_MEDIA),
	NAME(DXCORE_HARDWARE_TYPE_ATTRIBUTE_GPU),
	NAME(DXCORE_HARDWARE_TYPE_ATTRIBUTE_COMPUTE_ACCELERATOR),
	NAME(DXCORE_HARDWARE_TYPE_ATTRIBUTE_NPU),
	NAME(DXCORE_HARDWARE_TYPE_ATTRIBUTE_MEDIA_ACCELERATOR),
};

#undef NAME
#define NAME(result) { result, #result }

static const struct {
	HRESULT result;
	const char *name;
} results_by_name[] = {
	NAME(S_OK),
	NAME(E_INVALIDARG),
	NAME(E_NOINTERFACE),
	NAME(E_OUTOFMEMORY),
	NAME(E_POINTER),
	NAME(DXGI_ERROR_INVALID_CALL),
	NAME(DXGI_ERROR_UNSUPPORTED),
	NAME(DXGI_ERROR_DEVICE_REMOVED),
};

void dxcore_line_begin(struct dxcore_line *line, uint64_t start, const char *name,
		       const void *object)
{
	line->duration = dxg_line_clock() - start;
	dxg_line_begin(&line->text, name);
	if (object)
		dxcore_line_address(line, "this", object);
}

void dxcore_line_number(struct dxcore_line *line, const char *name, uint64_t value)
{
	dxg_line_name(&line->text, name);
	dxg_line_unsigned(&line->text, value);
}

void dxcore_line_address(struct dxcore_line *line, const char *name, const void *address)
{
	dxg_line_name(&line->text, name);
	dxg_line_address(&line->text, (uintptr_t)address);
}

/* As the registry of Windows has it. */
static void put_guid(struct dxg_line *line, const GUID *guid)
{
	size_t i;

	for (i = 0; i < COUNT(guids_by_name); i++) {
		if (dxcore_guid_equal(guids_by_name[i].guid, guid)) {
			dxg_line_text(line, guids_by_name[i].name);
			return;
		}
	}
	dxg_line_text(line, "{");
	dxg_line_hex_digits(line, guid->Data1, 8);
	dxg_line_text(line, "-");
	dxg_line_hex_digits(line, guid->Data2, 4);
	dxg_line_text(line, "-");
	dxg_line_hex_digits(line, guid->Data3, 4);
	for (i = 0; i < sizeof(guid->Data4); i++) {
		if (i == 0 || i == 2)
			dxg_line_text(line, "-");
		dxg_line_hex_digits(line, guid->Data4[i], 2);
	}
	dxg_line_text(line, "}");
}

/* The start of an argument that is behind @from; false: that is all of it. */
static bool read_argument(struct dxcore_line *line, const char *name, void *to,
			  const void *from, size_t size)
{
	dxg_line_name(&line->text, name);
	if (from && (!size || dxg_copy_from_caller(to, from, size)))
		return true;
	dxg_line_address(&line->text, (uintptr_t)from);
	if (from)
		dxg_line_text(&line->text, " {unreadable}");
	return false;
}

/* The same of an array, of which @ret_shown elements are to be put. */
static bool begin_array(struct dxcore_line *line, const char *name, void *to,
			const void *from, size_t size, uint32_t count,
			uint32_t *ret_shown)
{
	*ret_shown = count < MAX_SHOWN ? count : MAX_SHOWN;
	if (!read_argument(line, name, to, from, *ret_shown * size))
		return false;
	dxg_line_text(&line->text, "[");
	return true;
}

static void end_array(struct dxcore_line *line, uint32_t left)
{
	dxg_line_more(&line->text, left);
	dxg_line_text(&line->text, "]");
}

void dxcore_line_guid(struct dxcore_line *line, const char *name, const GUID *guid)
{
	GUID copy;

	if (read_argument(line, name, &copy, guid, sizeof(copy)))
		put_guid(&line->text, &copy);
}

void dxcore_line_guids(struct dxcore_line *line, const char *name, const GUID *guids,
		       uint32_t count)
{
	GUID copy[MAX_SHOWN];
	uint32_t shown, i;

	if (!begin_array(line, name, copy, guids, sizeof(copy[0]), count, &shown))
		return;
	for (i = 0; i < shown; i++) {
		dxg_line_next(&line->text);
		put_guid(&line->text, &copy[i]);
	}
	end_array(line, count - shown);
}

void dxcore_line_luid(struct dxcore_line *line, const char *name, const LUID *luid)
{
	LUID copy;

	if (read_argument(line, name, &copy, luid, sizeof(copy)))
		dxg_line_luid(&line->text, copy);
}

static void put_enum(struct dxg_line *line, uint32_t value, const char *const *names,
		     size_t count)
{
	if (value < count)
		dxg_line_text(line, names[value]);
	else
		dxg_line_unsigned(line, value);
}

void dxcore_line_enum(struct dxcore_line *line, const char *name, uint32_t value,
		      const char *const *names, size_t count)
{
	dxg_line_name(&line->text, name);
	put_enum(&line->text, value, names, count);
}

void dxcore_line_mask(struct dxcore_line *line, const char *name, uint32_t value,
		      const char *const *names, size_t count)
{
	const char *separator = "";
	size_t i;

	dxg_line_name(&line->text, name);
	for (i = 0; i < count; i++) {
		if (!(value & 1u << i))
			continue;
		value &= ~(1u << i);
		dxg_line_text(&line->text, separator);
		dxg_line_text(&line->text, names[i]);
		separator = "|";
	}
	if (!value && *separator)
		return;
	dxg_line_text(&line->text, separator);
	dxg_line_hex(&line->text, value);
}

void dxcore_line_enums(struct dxcore_line *line, const char *name, const void *values,
		       uint32_t value_count, const char *const *names, size_t count)
{
	uint32_t copy[MAX_SHOWN];
	uint32_t shown, i;

	if (!begin_array(line, name, copy, values, sizeof(copy[0]), value_count, &shown))
		return;
	for (i = 0; i < shown; i++) {
		dxg_line_next(&line->text);
		put_enum(&line->text, copy[i], names, count);
	}
	end_array(line, value_count - shown);
}

void dxcore_line_words(struct dxcore_line *line, const char *name, const void *words,
		       uint32_t count)
{
	uint32_t copy[MAX_SHOWN];
	uint32_t shown, i;

	if (!begin_array(line, name, copy, words, sizeof(copy[0]), count, &shown))
		return;
	for (i = 0; i < shown; i++) {
		dxg_line_next(&line->text);
		dxg_line_hex(&line->text, copy[i]);
	}
	end_array(line, count - shown);
}

void dxcore_line_place(struct dxcore_line *line, const char *name, void *const *place)
{
	void *copy;

	if (!read_argument(line, name, &copy, place, sizeof(copy)))
		return;
	dxg_line_text(&line->text, "[");
	dxg_line_address(&line->text, (uintptr_t)copy);
	dxg_line_text(&line->text, "]");
}

void dxcore_line_result(struct dxcore_line *line, HRESULT result)
{
	size_t i;

	dxg_line_close(&line->text);
	for (i = 0; i < COUNT(results_by_name) && results_by_name[i].result != result; i++)
		;
	if (i < COUNT(results_by_name))
		dxg_line_text(&line->text, results_by_name[i].name);
	else
		dxg_line_hex(&line->text, (uint32_t)result);
	dxg_line_end(&line->text, line->duration);
}

void dxcore_line_bool(struct dxcore_line *line, bool result)
{
	dxg_line_close(&line->text);
	dxg_line_text(&line->text, result ? "true" : "false");
	dxg_line_end(&line->text, line->duration);
}

void dxcore_line_count(struct dxcore_line *line, uint32_t result)
{
	dxg_line_close(&line->text);
	dxg_line_unsigned(&line->text, result);
	dxg_line_end(&line->text, line->duration);
}
