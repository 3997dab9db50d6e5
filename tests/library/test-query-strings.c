/* SPDX-License-Identifier: MIT */
/* D3DKMTQueryAdapterInfo: payloads whose strings differ in width. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <uchar.h>
#include <wchar.h>

#include <sys/mman.h>

#include <cmocka.h>

#include <dxg/d3dkmthk.h>
#include <dxg/uapi.h>

#include "fake-device.h"

#define ADAPTER 0x40000000

/* What the host was asked. */
static D3DKMT_QUERYADAPTERINFO asked;
static unsigned char asked_payload[65536];

/* What it answers: texts at offsets of the wire's payload. */
struct text {
	size_t offset;
	const char16_t *text;
};

static const struct text *texts;
static int answer_error;

static void put_text(unsigned char *payload, const struct text *text)
{
	size_t length = 0;

	while (text->text[length])
		length++;
	memcpy(payload + text->offset, text->text, (length + 1) * 2);
}

static int answer_texts(unsigned long request, void *args)
{
	const struct text *text;

	assert_int_equal(request, LX_DXQUERYADAPTERINFO);
	memcpy(&asked, args, sizeof(asked));
	assert_true(asked.PrivateDriverDataSize <= sizeof(asked_payload));
	memcpy(asked_payload, asked.pPrivateDriverData, asked.PrivateDriverDataSize);
	errno = answer_error;
	if (answer_error)
		return -1;
	for (text = texts; text && text->text; text++)
		put_text(asked.pPrivateDriverData, text);
	return 0;
}

static int reset(void **state)
{
	(void)state;
	fake_reset();
	fake.answer = answer_texts;
	texts = NULL;
	answer_error = 0;
	memset(&asked, 0, sizeof(asked));
	return 0;
}

static NTSTATUS query(unsigned int type, void *payload, size_t size)
{
	D3DKMT_QUERYADAPTERINFO args = { 0 };
	D3DKMT_QUERYADAPTERINFO before;
	NTSTATUS status;

	args.hAdapter = ADAPTER;
	args.Type = type;
	args.pPrivateDriverData = payload;
	args.PrivateDriverDataSize = (UINT)size;
	before = args;
	status = D3DKMTQueryAdapterInfo(&args);
	assert_memory_equal(&args, &before, sizeof(args));
	return status;
}

/* Also that the caller's own buffer was not sent, and the rest was. */
static void assert_asked(unsigned int type, size_t size)
{
	assert_int_equal(fake.ioctls, 1);
	assert_int_equal(asked.hAdapter, ADAPTER);
	assert_int_equal(asked.Type, type);
	assert_int_equal(asked.PrivateDriverDataSize, size);
}

static void assert_zero(const void *memory, size_t size)
{
	const unsigned char *bytes = memory;

	while (size--)
		assert_int_equal(*bytes++, 0);
}

static void assert_wide(const void *string, const wchar_t *expected)
{
	assert_memory_equal(string, expected, (wcslen(expected) + 1) * sizeof(*expected));
}

#define STORE u"C:\\Windows\\System32\\DriverStore\\FileRepository\\"

static void umd_file_name_is_converted(void **state)
{
	static const struct text answer[] = { { 4, STORE u"a.inf\\b.dll" }, { 0, NULL } };
	D3DKMT_UMDFILENAMEINFO payload;

	(void)state;
	memset(&payload, 0xee, sizeof(payload));
	payload.Version = KMTUMDVERSION_DX12;
	texts = answer;
	assert_int_equal(query(KMTQAITYPE_UMDRIVERNAME, &payload, sizeof(payload)), STATUS_SUCCESS);
	assert_asked(KMTQAITYPE_UMDRIVERNAME, 524);
	assert_int_equal(asked_payload[0], KMTUMDVERSION_DX12);
	assert_zero(asked_payload + 4, 520);
	assert_int_equal(payload.Version, KMTUMDVERSION_DX12);
	assert_wide(payload.UmdFileName, L"/usr/lib/wsl/drivers/a.inf/b.dll");
}

static void opengl_file_name_is_converted(void **state)
{
	static const struct text answer[] = { { 0, STORE u"a.inf\\gl.dll" }, { 0, NULL } };
	D3DKMT_OPENGLINFO payload = { 0 };
	uint32_t numbers[2];

	(void)state;
	payload.Version = 7;
	payload.Flags = 9;
	texts = answer;
	assert_int_equal(query(KMTQAITYPE_UMOPENGLINFO, &payload, sizeof(payload)), STATUS_SUCCESS);
	assert_asked(KMTQAITYPE_UMOPENGLINFO, 528);
	memcpy(numbers, asked_payload + 520, sizeof(numbers));
	assert_int_equal(numbers[0], 7);
	assert_int_equal(numbers[1], 9);
	assert_int_equal(payload.Version, 7);
	assert_int_equal(payload.Flags, 9);
	assert_wide(payload.UmdOpenGlIcdFileName, L"/usr/lib/wsl/drivers/a.inf/gl.dll");
}

static void adapter_registry_strings_are_converted(void **state)
{
	static const struct text answer[] = {
		{ 0, u"Adapter" }, { 520, u"Bios \u00e9" }, { 1040, u"Dac" },
		{ 1560, STORE u"chip" }, { 0, NULL },
	};
	static const unsigned int types[] = {
		KMTQAITYPE_ADAPTERREGISTRYINFO, KMTQAITYPE_ADAPTERREGISTRYINFO_RENDER,
	};
	D3DKMT_ADAPTERREGISTRYINFO payload;
	int i;

	(void)state;
	for (i = 0; i < 2; i++) {
		memset(&payload, 0xee, sizeof(payload));
		texts = answer;
		fake.ioctls = 0;
		assert_int_equal(query(types[i], &payload, sizeof(payload)), STATUS_SUCCESS);
		assert_asked(types[i], 2080);
		assert_zero(asked_payload, 2080);
		assert_wide(payload.AdapterString, L"Adapter");
		assert_wide(payload.BiosString, L"Bios \u00e9");
		assert_wide(payload.DacType, L"Dac");
		assert_wide(payload.ChipType, L"/usr/lib/wsl/drivers/chip");
	}
}

static int answer_node(unsigned long request, void *args)
{
	const struct text name = { 8, u"3D\U0001F600" };
	unsigned char *payload;

	assert_int_equal(answer_texts(request, args), 0);
	payload = asked.pPrivateDriverData;
	payload[4] = 1;		/* EngineType */
	put_text(payload, &name);
	payload[72] = 0x5;	/* Flags */
	payload[76] = 1;	/* GpuMmuSupported */
	payload[77] = 0;	/* IoMmuSupported */
	return 0;
}

static void node_metadata_is_converted_unit_by_unit(void **state)
{
	unsigned char payload[142];
	uint32_t node = 0x00010002;
	wchar_t name[32];

	(void)state;
	memset(payload, 0xee, sizeof(payload));
	memcpy(payload, &node, sizeof(node));
	fake.answer = answer_node;
	assert_int_equal(query(KMTQAITYPE_NODEMETADATA, payload, sizeof(payload)), STATUS_SUCCESS);
	assert_asked(KMTQAITYPE_NODEMETADATA, 78);
	assert_memory_equal(asked_payload, &node, sizeof(node));
	assert_zero(asked_payload + 4, 74);
	assert_memory_equal(payload, &node, sizeof(node));
	assert_memory_equal(payload + 4, "\1\0\0\0", 4);
	memcpy(name, payload + 8, sizeof(name));
	assert_int_equal(name[0], '3');
	assert_int_equal(name[2], 0xd83d);
	assert_int_equal(name[3], 0xde00);
	assert_int_equal(name[4], 0);
	assert_memory_equal(payload + 136, "\5\0\0\0\1\0", 6);
}

static void unique_guid_is_converted(void **state)
{
	static const struct text answer[] = {
		{ 0, u"{01234567-89ab-cdef-0123-456789abcdef}" }, { 0, NULL },
	};
	D3DKMT_QUERY_ADAPTER_UNIQUE_GUID payload;

	(void)state;
	texts = answer;
	assert_int_equal(query(KMTQAITYPE_QUERY_ADAPTER_UNIQUE_GUID, &payload, sizeof(payload)),
			 STATUS_SUCCESS);
	assert_asked(KMTQAITYPE_QUERY_ADAPTER_UNIQUE_GUID, 80);
	assert_wide(payload.AdapterUniqueGUID, L"{01234567-89ab-cdef-0123-456789abcdef}");
}

static void driver_description_is_converted(void **state)
{
	static const struct text answer[] = { { 0, u"A driver" }, { 0, NULL } };
	static D3DKMT_DRIVER_DESCRIPTION payload;

	(void)state;
	texts = answer;
	assert_int_equal(query(KMTQAITYPE_DRIVER_DESCRIPTION, &payload, sizeof(payload)),
			 STATUS_SUCCESS);
	assert_asked(KMTQAITYPE_DRIVER_DESCRIPTION, 8192);
	assert_wide(payload.DriverDescription, L"A driver");
	assert_int_equal(query(KMTQAITYPE_DRIVER_DESCRIPTION_RENDER, &payload, sizeof(payload)),
			 STATUS_SUCCESS);
	assert_wide(payload.DriverDescription, L"A driver");
}

static int answer_full(unsigned long request, void *args)
{
	D3DKMT_QUERYADAPTERINFO *info = args;
	uint16_t *units = info->pPrivateDriverData;
	UINT i;

	(void)request;
	for (i = 0; i < info->PrivateDriverDataSize / 2; i++)
		units[i] = 'x';
	return 0;
}

static void a_string_that_fills_its_field_is_terminated(void **state)
{
	static D3DKMT_DRIVER_DESCRIPTION payload;

	(void)state;
	fake.answer = answer_full;
	assert_int_equal(query(KMTQAITYPE_DRIVER_DESCRIPTION, &payload, sizeof(payload)),
			 STATUS_SUCCESS);
	assert_int_equal(payload.DriverDescription[4094], 'x');
	assert_int_equal(payload.DriverDescription[4095], 0);
}

static void the_file_names_others_leave_are_converted_too(void **state)
{
	static const unsigned int types[] = {
		KMTQAITYPE_DLIST_DRIVER_NAME, KMTQAITYPE_CPDRIVERNAME,
		KMTQAITYPE_MIRACASTCOMPANIONDRIVERNAME,
	};
	static const struct text answer[] = { { 0, STORE u"p\\f.dll" }, { 0, NULL } };
	wchar_t payload[260];
	int i;

	(void)state;
	texts = answer;
	for (i = 0; i < 3; i++) {
		fake.ioctls = 0;
		assert_int_equal(query(types[i], payload, sizeof(payload)), STATUS_SUCCESS);
		assert_asked(types[i], 520);
		assert_wide(payload, L"/usr/lib/wsl/drivers/p/f.dll");
	}
}

static void display_umd_and_gpu_version_are_converted(void **state)
{
	static const struct text umd_answer[] = { { 4, u"d.dll" }, { 0, NULL } };
	static const struct text gpu_answer[] = { { 4, u"bios" }, { 68, u"arch" }, { 0, NULL } };
	D3DKMT_DISPLAY_UMD_FILENAMEINFO umd = { 0 };
	D3DKMT_GPUVERSION gpu = { 0 };

	(void)state;
	texts = umd_answer;
	assert_int_equal(query(KMTQAITYPE_DISPLAY_UMDRIVERNAME, &umd, sizeof(umd)), STATUS_SUCCESS);
	assert_asked(KMTQAITYPE_DISPLAY_UMDRIVERNAME, 524);
	assert_wide(umd.UmdFileName, L"d.dll");
	texts = gpu_answer;
	fake.ioctls = 0;
	gpu.PhysicalAdapterIndex = 3;
	assert_int_equal(query(KMTQUITYPE_GPUVERSION, &gpu, sizeof(gpu)), STATUS_SUCCESS);
	assert_asked(KMTQUITYPE_GPUVERSION, 132);
	assert_int_equal(asked_payload[0], 3);
	assert_wide(gpu.BiosVersion, L"bios");
	assert_wide(gpu.GpuArchitecture, L"arch");
}

static void programs_that_expect_utf16_there_get_it(void **state)
{
	static const struct text answer[] = { { 0, u"f.dll" }, { 0, NULL } };
	uint16_t payload[260] = { 0 };

	(void)state;
	texts = answer;
	assert_int_equal(query(KMTQAITYPE_CPDRIVERNAME, payload, sizeof(payload)), STATUS_SUCCESS);
	assert_asked(KMTQAITYPE_CPDRIVERNAME, 520);
	assert_memory_equal(payload, u"f.dll", 12);
}

static void block_list_text_is_converted(void **state)
{
	static const struct text answer[] = { { 4, u"one two" }, { 0, NULL } };
	unsigned char payload[4 + 8 * 4] = { 0 };
	uint32_t size = sizeof(payload);

	(void)state;
	memcpy(payload, &size, sizeof(size));
	texts = answer;
	assert_int_equal(query(KMTQAITYPE_BLOCKLIST_RUNTIME, payload, sizeof(payload)),
			 STATUS_SUCCESS);
	assert_asked(KMTQAITYPE_BLOCKLIST_RUNTIME, 4 + 8 * 2);
	assert_int_equal(asked_payload[0], 4 + 8 * 2);
	assert_memory_equal(payload, &size, sizeof(size));
	assert_wide(payload + 4, L"one two");
}

static void types_without_strings_go_as_they_are(void **state)
{
	unsigned char payload[100];

	(void)state;
	memset(payload, 0x5a, sizeof(payload));
	assert_int_equal(query(KMTQAITYPE_UMDRIVERPRIVATE, payload, sizeof(payload)),
			 STATUS_SUCCESS);
	assert_asked(KMTQAITYPE_UMDRIVERPRIVATE, sizeof(payload));
	assert_ptr_equal(asked.pPrivateDriverData, payload);
}

static void another_size_is_refused_without_asking(void **state)
{
	static const struct { unsigned int type; size_t size; } types[] = {
		{ KMTQAITYPE_UMDRIVERNAME, 1044 }, { KMTQAITYPE_UMOPENGLINFO, 1048 },
		{ KMTQAITYPE_ADAPTERREGISTRYINFO, 4160 },
		{ KMTQAITYPE_ADAPTERREGISTRYINFO_RENDER, 4160 },
		{ KMTQAITYPE_NODEMETADATA, 142 }, { KMTQAITYPE_QUERY_ADAPTER_UNIQUE_GUID, 160 },
		{ KMTQAITYPE_DRIVER_DESCRIPTION, 16384 },
		{ KMTQAITYPE_DRIVER_DESCRIPTION_RENDER, 16384 },
	};
	static unsigned char payload[16385];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		assert_int_equal(query(types[i].type, payload, types[i].size - 1),
				 STATUS_INVALID_PARAMETER);
		assert_int_equal(query(types[i].type, payload, types[i].size + 1),
				 STATUS_INVALID_PARAMETER);
		assert_int_equal(query(types[i].type, payload, 0), STATUS_INVALID_PARAMETER);
		assert_int_equal(query(types[i].type, NULL, types[i].size),
				 STATUS_INVALID_PARAMETER);
	}
	assert_int_equal(query(KMTQAITYPE_QUERYREGISTRY, payload, 1071), STATUS_INVALID_PARAMETER);
	assert_int_equal(fake.ioctls, 0);
}

static void a_failed_query_writes_nothing(void **state)
{
	D3DKMT_UMDFILENAMEINFO payload;
	D3DKMT_UMDFILENAMEINFO before;

	(void)state;
	memset(&payload, 0xee, sizeof(payload));
	before = payload;
	answer_error = ENODEV;
	assert_int_equal(query(KMTQAITYPE_UMDRIVERNAME, &payload, sizeof(payload)),
			 STATUS_DEVICE_REMOVED);
	assert_memory_equal(&payload, &before, sizeof(payload));
}

static void a_payload_out_of_reach_is_unsuccessful(void **state)
{
	void *page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)state;
	assert_ptr_not_equal(page, MAP_FAILED);
	assert_int_equal(query(KMTQAITYPE_UMDRIVERNAME, page, 1044), STATUS_UNSUCCESSFUL);
	assert_int_equal(query(KMTQAITYPE_QUERYREGISTRY, page, 1072), STATUS_UNSUCCESSFUL);
	assert_int_equal(mprotect(page, 4096, PROT_NONE), 0);
	assert_int_equal(query(KMTQAITYPE_UMDRIVERNAME, page, 1044), STATUS_UNSUCCESSFUL);
	assert_int_equal(query(KMTQAITYPE_QUERYREGISTRY, page, 1072), STATUS_UNSUCCESSFUL);
	munmap(page, 4096);
}

static int answer_gpu_version(unsigned long request, void *args)
{
	const struct text bios = { 24 + 108, u"bios 1" };
	const struct text architecture = { 24 + 172, u"arch\U0001F600" };

	assert_int_equal(request, LX_DXQUERYSTATISTICS);
	put_text(args, &bios);
	put_text(args, &architecture);
	return 0;
}

static void statistics_of_a_physical_adapter_are_converted(void **state)
{
	D3DKMT_QUERYSTATISTICS args = { 0 };

	(void)state;
	fake.answer = answer_gpu_version;
	args.Type = D3DKMT_QUERYSTATISTICS_PHYSICAL_ADAPTER;
	assert_int_equal(D3DKMTQueryStatistics(&args), STATUS_SUCCESS);
	assert_wide(args.QueryResult.PhysAdapterInformation.GpuVersion.BiosVersion, L"bios 1");
	assert_wide(args.QueryResult.PhysAdapterInformation.GpuVersion.GpuArchitecture,
		    L"arch\U0001F600");
}

static void other_statistics_are_left_alone(void **state)
{
	D3DKMT_QUERYSTATISTICS args = { 0 };
	char *result = (char *)&args.QueryResult;

	(void)state;
	fake.answer = answer_gpu_version;
	args.Type = D3DKMT_QUERYSTATISTICS_NODE;
	assert_int_equal(D3DKMTQueryStatistics(&args), STATUS_SUCCESS);
	assert_memory_equal(result + 108, u"bios 1", 14);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(umd_file_name_is_converted, reset),
		cmocka_unit_test_setup(opengl_file_name_is_converted, reset),
		cmocka_unit_test_setup(adapter_registry_strings_are_converted, reset),
		cmocka_unit_test_setup(node_metadata_is_converted_unit_by_unit, reset),
		cmocka_unit_test_setup(unique_guid_is_converted, reset),
		cmocka_unit_test_setup(driver_description_is_converted, reset),
		cmocka_unit_test_setup(a_string_that_fills_its_field_is_terminated, reset),
		cmocka_unit_test_setup(the_file_names_others_leave_are_converted_too, reset),
		cmocka_unit_test_setup(display_umd_and_gpu_version_are_converted, reset),
		cmocka_unit_test_setup(programs_that_expect_utf16_there_get_it, reset),
		cmocka_unit_test_setup(block_list_text_is_converted, reset),
		cmocka_unit_test_setup(types_without_strings_go_as_they_are, reset),
		cmocka_unit_test_setup(another_size_is_refused_without_asking, reset),
		cmocka_unit_test_setup(a_failed_query_writes_nothing, reset),
		cmocka_unit_test_setup(a_payload_out_of_reach_is_unsuccessful, reset),
		cmocka_unit_test_setup(statistics_of_a_physical_adapter_are_converted, reset),
		cmocka_unit_test_setup(other_statistics_are_left_alone, reset),
	};

	return cmocka_run_group_tests_name("query-strings", tests, NULL, NULL);
}
