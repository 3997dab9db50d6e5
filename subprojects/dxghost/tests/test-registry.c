/* SPDX-License-Identifier: MIT */
/* QUERYREGISTRY: values of the driver, and those of the profile. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#include "rig.h"
#include "status.h"

#define VALUE_AT	544u

static struct rig rig;

static int up(void **state)
{
	(void)state;
	rig_up(&rig, "[adapter]\n"
	       "registry = adapter binary Blob 0102030405060708090a\n"
	       "registry = adapter sz DriverDesc Another\n"
	       "description = A GPU\nchip_type = A chip\ndac_type = A DAC\n"
	       "bios_version = 9f\ndriver_store = C:\\s\nkmd_file = k.sys\n"
	       "registry = adapter sz Twice first\n"
	       "registry = adapter sz Twice second\n");
	return 0;
}

static int down(void **state)
{
	(void)state;
	rig_down(&rig);
	return 0;
}

static void put_name(uint8_t *payload, const char *name)
{
	uint32_t i;

	for (i = 0; name[i]; i++)
		payload[8 + 2 * i] = (uint8_t)name[i];
}

static uint32_t u32(const uint8_t *payload, uint32_t at)
{
	uint32_t value;

	memcpy(&value, payload + at, 4);
	return value;
}

static void registry_tells_the_size_that_is_needed(void **state)
{
	uint8_t payload[562] = { 1 };

	(void)state;
	put_name(payload, "Blob");
	payload[528] = 3;
	assert_int_equal(rig_query(&rig, 48, payload, 552), 0);
	assert_int_equal(u32(payload, 540), 1);
	assert_int_equal(u32(payload, 536), 10);
	assert_int_equal(rig_query(&rig, 48, payload, 552 + 2), 0);
	assert_int_equal(u32(payload, 540), 0);
	assert_memory_equal(payload + VALUE_AT, "\1\2\3\4\5\6\7\10\11\12", 10);
}

static void registry_looks_at_name_and_type(void **state)
{
	uint8_t payload[600] = { 1 };

	(void)state;
	put_name(payload, "driverdesc");
	payload[528] = 1;
	assert_int_equal(rig_query(&rig, 48, payload, sizeof(payload)), 0);
	assert_int_equal(u32(payload, 540), 0);
	assert_int_equal(u32(payload, 536), 16);
	assert_memory_equal(payload + VALUE_AT, "A\0n\0o\0t\0h\0e\0r\0\0\0", 16);
	payload[528] = 4;
	assert_int_equal(rig_query(&rig, 48, payload, sizeof(payload)), 0);
	assert_int_equal(u32(payload, 540), 2);
	memset(payload + 8, 0, 520);
	put_name(payload, "NoSuchValue");
	payload[528] = 1;
	assert_int_equal(rig_query(&rig, 48, payload, sizeof(payload)), 0);
	assert_int_equal(u32(payload, 540), 2);
	assert_int_equal(rig_query(&rig, 48, payload, 551), ST_INVALID_PARAMETER);
}

/* @text: as the value of that name in the key of that type is */
static void registry_holds(uint32_t key, const char *name, uint32_t type,
			   const char *text)
{
	uint8_t payload[1000] = { (uint8_t)key };
	uint32_t i;

	put_name(payload, name);
	payload[528] = (uint8_t)type;
	assert_int_equal(rig_query(&rig, 48, payload, sizeof(payload)), 0);
	assert_int_equal(u32(payload, 540), 0);
	assert_int_equal(u32(payload, 536), 2 * (strlen(text) + 1));
	for (i = 0; i <= strlen(text); i++)
		assert_int_equal(payload[VALUE_AT + 2 * i], text[i]);
}

static void registry_has_the_texts_of_the_profile(void **state)
{
	(void)state;
	registry_holds(1, "HardwareInformation.AdapterString", 1, "A GPU");
	registry_holds(1, "HardwareInformation.ChipType", 1, "A chip");
	registry_holds(1, "HardwareInformation.DacType", 1, "A DAC");
	registry_holds(1, "HardwareInformation.BiosString", 1, "9f");
	registry_holds(0, "ImagePath", 2, "C:\\s\\k.sys");
	registry_holds(3, "", 0, "C:\\s\\k.sys");
}

static void last_registry_value_of_a_name_counts(void **state)
{
	(void)state;
	registry_holds(1, "Twice", 1, "second");
}

static void driver_store_is_a_windows_path(void **state)
{
	uint8_t payload[1000] = { 2 };

	(void)state;
	assert_int_equal(rig_query(&rig, 48, payload, sizeof(payload)), 0);
	assert_int_equal(u32(payload, 540), 0);
	assert_memory_equal(payload + VALUE_AT, "C\0:\0\\\0s\0", 8);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, up, down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(registry_tells_the_size_that_is_needed),
		CASE(registry_looks_at_name_and_type),
		CASE(registry_has_the_texts_of_the_profile),
		CASE(last_registry_value_of_a_name_counts),
		CASE(driver_store_is_a_windows_path),
	};

	return cmocka_run_group_tests_name("registry", tests, NULL, NULL);
}
