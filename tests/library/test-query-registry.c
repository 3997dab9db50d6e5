/* SPDX-License-Identifier: MIT */
/* D3DKMTQueryAdapterInfo: registry values of any type and length. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <uchar.h>
#include <wchar.h>

#include <cmocka.h>

#include <dxg/d3dkmthk.h>

#include "fake-device.h"

#define INFO_SIZE 1072
#define VALUE 1064
#define WIRE_INFO_SIZE 552
#define WIRE_VALUE 544

enum { SZ = 1, EXPAND_SZ = 2, BINARY = 3, DWORD_VALUE = 4, MULTI_SZ = 7, QWORD_VALUE = 11 };

/* The host's value, and what it was asked. */
static const void *value;
static uint32_t value_size;
static unsigned char asked[262144];
static uint32_t asked_size;

static void put32(unsigned char *at, uint32_t number)
{
	memcpy(at, &number, sizeof(number));
}

static uint32_t get32(const unsigned char *at)
{
	uint32_t number;

	memcpy(&number, at, sizeof(number));
	return number;
}

static int answer_value(unsigned long request, void *args)
{
	D3DKMT_QUERYADAPTERINFO *info = args;
	unsigned char *payload = info->pPrivateDriverData;
	uint32_t room = info->PrivateDriverDataSize - WIRE_VALUE;

	(void)request;
	asked_size = info->PrivateDriverDataSize;
	assert_true(asked_size <= sizeof(asked));
	memcpy(asked, payload, asked_size);
	put32(payload + 536, value_size);
	if (value_size > room) {
		put32(payload + 540, D3DDDI_QUERYREGISTRY_STATUS_BUFFER_OVERFLOW);
		memset(payload + WIRE_VALUE, 0x77, room);
		return 0;
	}
	put32(payload + 540, D3DDDI_QUERYREGISTRY_STATUS_SUCCESS);
	memcpy(payload + WIRE_VALUE, value, value_size);
	return 0;
}

static int reset(void **state)
{
	(void)state;
	fake_reset();
	fake.answer = answer_value;
	return 0;
}

/* A payload of the structure and @extra bytes, filled with 0xee behind it. */
static unsigned char *make(unsigned int query_type, unsigned int value_type, size_t extra)
{
	unsigned char *payload = malloc(INFO_SIZE + extra);
	D3DDDI_QUERYREGISTRY_INFO *info = (D3DDDI_QUERYREGISTRY_INFO *)payload;

	assert_non_null(payload);
	memset(payload, 0xee, INFO_SIZE + extra);
	memset(payload, 0, VALUE);
	info->QueryType = query_type;
	info->ValueType = value_type;
	wcscpy((wchar_t *)info->ValueName, L"Name");
	return payload;
}

static NTSTATUS query(void *payload, size_t size)
{
	D3DKMT_QUERYADAPTERINFO args = { 0 };

	args.Type = KMTQAITYPE_QUERYREGISTRY;
	args.pPrivateDriverData = payload;
	args.PrivateDriverDataSize = (UINT)size;
	return D3DKMTQueryAdapterInfo(&args);
}

static void answer_with_text(const char16_t *text, size_t units)
{
	value = text;
	value_size = (uint32_t)(units * 2);
}

static void assert_sent(unsigned int value_type, size_t size, uint32_t expected)
{
	unsigned char *payload = make(D3DDDI_QUERYREGISTRY_ADAPTERKEY, value_type, size);

	assert_int_equal(query(payload, size), STATUS_SUCCESS);
	assert_int_equal(asked_size, expected);
	free(payload);
}

static void sizes_are_those_of_the_wire(void **state)
{
	(void)state;
	answer_with_text(u"", 0);
	assert_sent(SZ, 1072, 552);
	assert_sent(BINARY, 1072, 552);
	assert_sent(BINARY, 1072 + 4, 556);
	assert_sent(SZ, 1072 + 400, 752);
	assert_sent(EXPAND_SZ, 1072 + 402, 752);
	assert_sent(MULTI_SZ, 1072 + 403, 752);
	assert_sent(QWORD_VALUE, 1072 + 401, 953);
}

static void the_question_goes_over_whole(void **state)
{
	unsigned char *payload = make(D3DDDI_QUERYREGISTRY_SERVICEKEY, SZ, 0);
	D3DDDI_QUERYREGISTRY_INFO *info = (D3DDDI_QUERYREGISTRY_INFO *)payload;

	(void)state;
	answer_with_text(u"", 0);
	put32(payload + 4, 3);
	info->PhysicalAdapterIndex = 2;
	info->OutputValueSize = 99;
	info->ValueName[10] = 'x'; /* behind the NUL: no business of the host */
	assert_int_equal(query(payload, INFO_SIZE), STATUS_SUCCESS);
	assert_int_equal(get32(asked), D3DDDI_QUERYREGISTRY_SERVICEKEY);
	assert_int_equal(get32(asked + 4), 3);
	assert_memory_equal(asked + 8, u"Name", 10);
	assert_int_equal(asked[8 + 20], 0);
	assert_int_equal(get32(asked + 528), SZ);
	assert_int_equal(get32(asked + 532), 2);
	assert_int_equal(get32(asked + 536), 0);
	assert_int_equal(get32(asked + 540), D3DDDI_QUERYREGISTRY_STATUS_FAIL);
	free(payload);
}

static void a_path_query_sends_no_name(void **state)
{
	unsigned char *payload = make(D3DDDI_QUERYREGISTRY_DRIVERSTOREPATH, 0, 0);
	unsigned char zeros[520] = { 0 };

	(void)state;
	answer_with_text(u"", 1);
	assert_int_equal(query(payload, INFO_SIZE), STATUS_SUCCESS);
	assert_memory_equal(asked + 8, zeros, sizeof(zeros));
	free(payload);
}

static void a_name_that_utf16_units_cannot_hold_is_refused(void **state)
{
	unsigned char *payload = make(D3DDDI_QUERYREGISTRY_ADAPTERKEY, SZ, 0);
	D3DDDI_QUERYREGISTRY_INFO *info = (D3DDDI_QUERYREGISTRY_INFO *)payload;
	int i;

	(void)state;
	info->ValueName[2] = 0x10000;
	assert_int_equal(query(payload, INFO_SIZE), STATUS_INVALID_PARAMETER);
	for (i = 0; i < 260; i++)
		info->ValueName[i] = 'n';
	assert_int_equal(query(payload, INFO_SIZE), STATUS_INVALID_PARAMETER);
	assert_int_equal(fake.ioctls, 0);
	free(payload);
}

#define PACKAGE u"\\windows\\system32\\HostDriverStore\\FileRepository\\a.inf_amd64_1"

static void the_size_asked_for_first_fits_the_second_call(void **state)
{
	unsigned char *payload = make(D3DDDI_QUERYREGISTRY_DRIVERSTOREPATH, 0, 0);
	D3DDDI_QUERYREGISTRY_INFO *info = (D3DDDI_QUERYREGISTRY_INFO *)payload;
	size_t extra;

	(void)state;
	answer_with_text(PACKAGE, sizeof(PACKAGE) / 2);
	assert_int_equal(query(payload, INFO_SIZE), STATUS_SUCCESS);
	assert_int_equal(info->Status, D3DDDI_QUERYREGISTRY_STATUS_BUFFER_OVERFLOW);
	extra = info->OutputValueSize;
	assert_int_equal(extra, sizeof(PACKAGE) * 2);
	assert_int_equal(get32(payload + VALUE), 0xeeeeeeee);
	free(payload);

	payload = make(D3DDDI_QUERYREGISTRY_DRIVERSTOREPATH, 0, extra);
	info = (D3DDDI_QUERYREGISTRY_INFO *)payload;
	assert_int_equal(query(payload, INFO_SIZE + extra), STATUS_SUCCESS);
	assert_int_equal(info->Status, D3DDDI_QUERYREGISTRY_STATUS_SUCCESS);
	assert_int_equal(info->OutputValueSize, extra);
	assert_int_equal(wcscmp((wchar_t *)(payload + VALUE), L"/usr/lib/wsl/drivers/a.inf_amd64_1"),
			 0);
	free(payload);
}

static void numbers_fit_at_once(void **state)
{
	unsigned char *payload = make(D3DDDI_QUERYREGISTRY_ADAPTERKEY, QWORD_VALUE, 0);
	D3DDDI_QUERYREGISTRY_INFO *info = (D3DDDI_QUERYREGISTRY_INFO *)payload;
	uint64_t number = 0x1122334455667788;

	(void)state;
	value = &number;
	value_size = 8;
	assert_int_equal(query(payload, INFO_SIZE), STATUS_SUCCESS);
	assert_int_equal(info->OutputValueSize, 8);
	assert_int_equal(info->OutputQword, number);
	value_size = 4;
	info->ValueType = DWORD_VALUE;
	assert_int_equal(query(payload, INFO_SIZE), STATUS_SUCCESS);
	assert_int_equal(info->OutputValueSize, 4);
	assert_int_equal(info->OutputDword, 0x55667788);
	free(payload);
}

static void binary_values_of_any_length_are_copied(void **state)
{
	static const size_t lengths[] = { 1, 7, 8, 9, 100, 3000, 100000 };
	unsigned char *bytes = malloc(100000);
	unsigned char *payload;
	size_t i;

	(void)state;
	assert_non_null(bytes);
	for (i = 0; i < 100000; i++)
		bytes[i] = (unsigned char)(i * 7);
	value = bytes;
	for (i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		payload = make(D3DDDI_QUERYREGISTRY_ADAPTERKEY, BINARY, lengths[i]);
		value_size = (uint32_t)lengths[i];
		assert_int_equal(query(payload, INFO_SIZE + lengths[i]), STATUS_SUCCESS);
		assert_memory_equal(payload + VALUE, bytes, lengths[i]);
		assert_int_equal(payload[VALUE + lengths[i]], 0xee);
		free(payload);
	}
	free(bytes);
}

static void long_text_is_converted(void **state)
{
	size_t length = 20000;
	char16_t *text = malloc((length + 1) * 2);
	unsigned char *payload = make(D3DDDI_QUERYREGISTRY_ADAPTERKEY, SZ, (length + 1) * 4);
	const wchar_t *converted = (const wchar_t *)(payload + VALUE);
	size_t i;

	(void)state;
	assert_non_null(text);
	for (i = 0; i < length; i++)
		text[i] = (char16_t)(0x4e00 + i % 1000);
	text[length] = 0;
	answer_with_text(text, length + 1);
	assert_int_equal(query(payload, INFO_SIZE + (length + 1) * 4), STATUS_SUCCESS);
	for (i = 0; i <= length; i++)
		assert_int_equal(converted[i], text[i]);
	free(payload);
	free(text);
}

static void each_string_of_a_list_is_a_path_of_its_own(void **state)
{
	static const char16_t list[] = u"X\\FileRepository\\a\0C:\\b\0Y\\filerepository\\c\\d\0";
	static const wchar_t expected[] =
		L"/usr/lib/wsl/drivers/a\0C:\\b\0/usr/lib/wsl/drivers/c/d\0";
	unsigned char *payload = make(D3DDDI_QUERYREGISTRY_ADAPTERKEY, MULTI_SZ, sizeof(expected));

	(void)state;
	answer_with_text(list, sizeof(list) / 2);
	assert_int_equal(query(payload, INFO_SIZE + sizeof(expected)), STATUS_SUCCESS);
	assert_memory_equal(payload + VALUE, expected, sizeof(expected));
	free(payload);
}

static void a_list_ends_with_its_first_empty_string(void **state)
{
	static const char16_t list[] = u"a\0b\0\0c\0";
	unsigned char *payload = make(D3DDDI_QUERYREGISTRY_ADAPTERKEY, MULTI_SZ, 64);

	(void)state;
	answer_with_text(list, sizeof(list) / 2);
	assert_int_equal(query(payload, INFO_SIZE + 64), STATUS_SUCCESS);
	assert_memory_equal(payload + VALUE, L"a\0b\0\0\0", 7 * 4);
	free(payload);
}

/* Four units fit the union on the wire; two characters fit the caller's. */
static void text_that_outgrows_the_caller_is_cut(void **state)
{
	unsigned char *payload = make(D3DDDI_QUERYREGISTRY_ADAPTERKEY, SZ, 4);

	(void)state;
	answer_with_text(u"abc", 4);
	assert_int_equal(query(payload, INFO_SIZE), STATUS_SUCCESS);
	assert_memory_equal(payload + VALUE, L"a", 8);
	assert_int_equal(get32(payload + INFO_SIZE), 0xeeeeeeee);
	free(payload);
}

static int answer_lying(unsigned long request, void *args)
{
	D3DKMT_QUERYADAPTERINFO *info = args;
	unsigned char *payload = info->pPrivateDriverData;

	(void)request;
	memset(payload + WIRE_VALUE, 'x', info->PrivateDriverDataSize - WIRE_VALUE);
	put32(payload + 536, 0xfffffffe);
	put32(payload + 540, D3DDDI_QUERYREGISTRY_STATUS_SUCCESS);
	return 0;
}

static void a_size_beyond_the_payload_is_not_believed(void **state)
{
	static const unsigned int types[] = { SZ, MULTI_SZ, BINARY };
	static const size_t sizes[] = { 64, 8192 }; /* on the stack; on the heap */
	unsigned char *payload;
	int i;

	(void)state;
	fake.answer = answer_lying;
	for (i = 0; i < 6; i++) {
		payload = make(D3DDDI_QUERYREGISTRY_ADAPTERKEY, types[i % 3], sizes[i / 3] + 4);
		assert_int_equal(query(payload, INFO_SIZE + sizes[i / 3]), STATUS_SUCCESS);
		assert_int_equal(get32(payload + INFO_SIZE + sizes[i / 3]), 0xeeeeeeee);
		free(payload);
	}
}

static void a_value_that_is_not_there_is_told(void **state)
{
	unsigned char *payload = make(D3DDDI_QUERYREGISTRY_ADAPTERKEY, SZ, 64);
	D3DDDI_QUERYREGISTRY_INFO *info = (D3DDDI_QUERYREGISTRY_INFO *)payload;

	(void)state;
	fake.answer = NULL; /* success, and the payload as it was: Status FAIL */
	assert_int_equal(query(payload, INFO_SIZE + 64), STATUS_SUCCESS);
	assert_int_equal(info->Status, D3DDDI_QUERYREGISTRY_STATUS_FAIL);
	assert_int_equal(info->OutputValueSize, 0);
	assert_int_equal(get32(payload + VALUE), 0xeeeeeeee);
	free(payload);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(sizes_are_those_of_the_wire, reset),
		cmocka_unit_test_setup(the_question_goes_over_whole, reset),
		cmocka_unit_test_setup(a_path_query_sends_no_name, reset),
		cmocka_unit_test_setup(a_name_that_utf16_units_cannot_hold_is_refused, reset),
		cmocka_unit_test_setup(the_size_asked_for_first_fits_the_second_call, reset),
		cmocka_unit_test_setup(numbers_fit_at_once, reset),
		cmocka_unit_test_setup(binary_values_of_any_length_are_copied, reset),
		cmocka_unit_test_setup(long_text_is_converted, reset),
		cmocka_unit_test_setup(each_string_of_a_list_is_a_path_of_its_own, reset),
		cmocka_unit_test_setup(a_list_ends_with_its_first_empty_string, reset),
		cmocka_unit_test_setup(text_that_outgrows_the_caller_is_cut, reset),
		cmocka_unit_test_setup(a_size_beyond_the_payload_is_not_believed, reset),
		cmocka_unit_test_setup(a_value_that_is_not_there_is_told, reset),
	};

	return cmocka_run_group_tests_name("query-registry", tests, NULL, NULL);
}
