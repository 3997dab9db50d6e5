/* SPDX-License-Identifier: MIT */
/* identity: what becomes of the texts that a host sends with its GPU. */
#include "slice-test.h"

#include <linux/string.h>

#include "identity.h"

struct texts {
	struct dxgk_wire_getinternaladapterinfo_reply reply;
	struct dxgk_identity identity;
};

static void put(u16 *units, size_t room, const char *text)
{
	size_t i;

	for (i = 0; i < room && text[i]; i++)
		units[i] = (u8)text[i];
}

static void read_instance(struct texts *texts, const char *instance)
{
	memset(texts, 0, sizeof(*texts));
	put(texts->reply.device_instance_id, 260, instance);
	dxgk_identity_read(&texts->identity, &texts->reply);
}

static void read_name(struct texts *texts, const u16 *units, size_t count)
{
	memset(texts, 0, sizeof(*texts));
	memcpy(texts->reply.device_description, units, count * sizeof(*units));
	dxgk_identity_read(&texts->identity, &texts->reply);
}

static void instance_of_a_pci_function_has_its_ids(void **state)
{
	struct texts texts;

	(void)state;
	read_instance(&texts, "PCI\\VEN_10DE&DEV_2684&SUBSYS_889D1043&REV_A1\\4&1");
	assert_int_equal(texts.identity.vendor, 0x10de);
	assert_int_equal(texts.identity.device, 0x2684);
	assert_string_equal(texts.identity.instance,
			    "PCI\\VEN_10DE&DEV_2684&SUBSYS_889D1043&REV_A1\\4&1");
	read_instance(&texts, "PCI\\VEN_1002&DEV_744c");
	assert_int_equal(texts.identity.vendor, 0x1002);
	assert_int_equal(texts.identity.device, 0x744c);
}

static void other_instances_have_no_ids(void **state)
{
	static const char *const others[] = {
		"", "ROOT\\DXGHOST\\0000", "PCI", "PCI\\VEN_", "PCI\\VEN_10DE",
		"PCI\\VEN_10D", "PCI\\VEN_10DG&DEV_2684", "PCI\\VEN_10DE&DEV_",
		"PCI\\VEN_10DE&DEV_268", "PCI\\VEN_10DE&SUBSYS_0000&DEV_2684",
		"XPCI\\VEN_10DE&DEV_2684",
	};
	struct texts texts;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(others) / sizeof(*others); i++) {
		read_instance(&texts, others[i]);
		assert_string_equal(texts.identity.instance, others[i]);
		assert_int_equal(texts.identity.vendor, 0);
		assert_int_equal(texts.identity.device, 0);
	}
}

static void name_is_utf8(void **state)
{
	/* registered sign, a kanji, a face from beyond the first plane */
	static const u16 units[] = { 'G', 0xae, 0x6f22, 0xd83d, 0xde00, '!' };
	struct texts texts;

	(void)state;
	read_name(&texts, units, 6);
	assert_string_equal(texts.identity.name,
			    "G\xc2\xae\xe6\xbc\xa2\xf0\x9f\x98\x80!");
}

static void nothing_ends_the_line(void **state)
{
	static const u16 units[] = { 'a', '\n', 'D', '=', '\r', 0x1b, 0x7f,
				     0x85, 0x2028, 0x2029, 'z' };
	struct texts texts;

	(void)state;
	read_name(&texts, units, 11);
	assert_string_equal(texts.identity.name, "a?D=??????z");
}

static void half_a_pair_is_no_character(void **state)
{
	static const u16 units[] = { 0xd83d, 'a', 0xde00, 0xd83d, 0xd83d, 0xde00,
				     0xd83d };
	struct texts texts;

	(void)state;
	read_name(&texts, units, 7);
	assert_string_equal(texts.identity.name,
			    "?a??\xf0\x9f\x98\x80?");
}

/* Neither has a zero at its end; and the longest characters there are. */
static void full_fields_are_terminated(void **state)
{
	struct texts texts;
	size_t i;

	(void)state;
	memset(&texts, 0, sizeof(texts));
	for (i = 0; i < 80; i++)
		texts.reply.device_description[i] = 0x6f22;
	for (i = 0; i < 260; i++)
		texts.reply.device_instance_id[i] = 0x6f22;
	texts.reply.host_vgpu_luid.low = 0x41414141;
	dxgk_identity_read(&texts.identity, &texts.reply);
	assert_int_equal(strlen(texts.identity.name), 240);
	/* whole characters: what does not fit is left out */
	assert_int_equal(strlen(texts.identity.instance), 258);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(instance_of_a_pci_function_has_its_ids),
		cmocka_unit_test(other_instances_have_no_ids),
		cmocka_unit_test(name_is_utf8),
		cmocka_unit_test(nothing_ends_the_line),
		cmocka_unit_test(half_a_pair_is_no_character),
		cmocka_unit_test(full_fields_are_terminated),
	};

	return cmocka_run_group_tests_name("identity", tests, NULL, NULL);
}
