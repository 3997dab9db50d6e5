/* SPDX-License-Identifier: MIT */
/* Where a kernel shows virtual GPUs: /sys/class/dxg, and what it says of them. */
#include "lib/t.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <unistd.h>

#include <linux/netlink.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <dxg/dxg.h>
#include <dxghostd/control.h>

#include "lib/t-text.h"

#define GPU	"/sys/class/dxg/dxg0"

static const char two_gpus[] =
	"[adapter]\nlocal_memory = 128M\nnonlocal_memory = 64M\n"
	"[adapter]\nlocal_memory = 128M\nnonlocal_memory = 64M\n";

#define NVIDIA	"PCI\\VEN_10DE&DEV_2684&SUBSYS_889D1043&REV_A1\\4&0&0&0008"
#define AMD	"PCI\\VEN_1002&DEV_744C&SUBSYS_E4711DA2&REV_C8\\6&0&0&0008"

/* The third one's host is up to no good: no line of its own, no id. */
static const char others[] =
	"[adapter]\nlocal_memory = 64M\nnonlocal_memory = 32M\n"
	"description = NVIDIA GeForce RTX 4090\ninstance_id = " NVIDIA "\n"
	"vendor_id = 0x10de\ndevice_id = 0x2684\n"
	"[adapter]\nlocal_memory = 64M\nnonlocal_memory = 32M\n"
	"description = AMD Radeon\xae\ninstance_id = " AMD "\n"
	"vendor_id = 0x1002\ndevice_id = 0x744c\n"
	"[adapter]\nlocal_memory = 64M\nnonlocal_memory = 32M\n"
	"description = A\rDXG_GPU_ID=DEAD:BEEF\x7f.\n"
	"instance_id = PCI\\VEN_8086&DEV_46\x0b" "A8\x85\x1b[2J\n";

static const char *node(void)
{
	const char *path = getenv("DXG_DEVICE");

	return path ? path : "/dev/dxg";
}

static void expect_line(const char *path, const char *want)
{
	char *line = t_read_line(path);

	assert_string_equal(line, want);
	free(line);
}

/* What a link's target is called. */
static void expect_link(const char *path, const char *want)
{
	char target[PATH_MAX] = "";

	assert_true(readlink(path, target, sizeof(target) - 1) > 0);
	assert_non_null(strrchr(target, '/'));
	assert_string_equal(strrchr(target, '/') + 1, want);
}

static void gpu_is_below_its_pci_function(void **state)
{
	char device[PATH_MAX], parent[PATH_MAX], below[PATH_MAX + 10];

	(void)state;
	expect_line(GPU "/device/vendor", "0x1414");
	expect_line(GPU "/device/device", "0x008e");
	expect_link(GPU "/device/driver", "dxgkrnl");
	expect_link(GPU "/device/subsystem", "pci");
	expect_link(GPU "/subsystem", "dxg");
	assert_non_null(realpath(GPU, device));
	assert_non_null(realpath(GPU "/device", parent));
	snprintf(below, sizeof(below), "%s/dxg/dxg0", parent);
	assert_string_equal(device, below);
}

static void luid_is_that_of_the_calls(void **state)
{
	D3DKMT_ADAPTERINFO info[4] = { 0 };
	D3DKMT_ENUMADAPTERS2 args = { .NumAdapters = 4, .pAdapters = info };
	char want[20];

	(void)state;
	assert_status(D3DKMTEnumAdapters2(&args), STATUS_SUCCESS);
	assert_int_equal(args.NumAdapters, 1);
	snprintf(want, sizeof(want), "%08x:%08x",
		 (unsigned int)info[0].AdapterLuid.HighPart,
		 (unsigned int)info[0].AdapterLuid.LowPart);
	expect_line(GPU "/luid", want);
	t_close_adapter(info[0].hAdapter);
}

static void gpu_has_the_name_that_its_host_gives_it(void **state)
{
	(void)state;
	expect_line(GPU "/gpu_name", "DXG Software GPU");
	expect_line(GPU "/gpu_instance", "ROOT\\DXGHOST\\0000");
	expect_line(GPU "/kind", "render");
	expect_line(GPU "/interface_version", "40");
	/* it is no PCI function there, so it has no such ids */
	assert_false(t_path_exists(GPU "/gpu_vendor"));
	assert_false(t_path_exists(GPU "/gpu_device"));
}

/* Attributes are for everybody to read, and for nobody to write. */
static void everybody_may_look(void **state)
{
	static const char *const names[] = { "luid", "kind", "gpu_name",
					     "gpu_instance",
					     "interface_version" };
	struct stat attribute;
	char path[100];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
		snprintf(path, sizeof(path), GPU "/%s", names[i]);
		assert_int_equal(stat(path, &attribute), 0);
		assert_int_equal(attribute.st_mode & 07777, 0444);
	}
}

static void link_leads_to_the_node(void **state)
{
	struct stat device;
	char want[32];

	(void)state;
	assert_int_equal(stat(node(), &device), 0);
	assert_true(S_ISCHR(device.st_mode));
	snprintf(want, sizeof(want), "%u:%u", major(device.st_rdev),
		 minor(device.st_rdev));
	expect_line(GPU "/node/dev", want);
	expect_link(GPU "/node/subsystem", "misc");
	/* whose parent is the global channel */
	expect_link(GPU "/node/device/driver", "dxgkrnl");
}

/* One message of the kernel: lines that end with a zero each. */
struct uevent {
	char text[8192];
	ssize_t size;
};

static int listen_to_uevents(void)
{
	struct sockaddr_nl name = { .nl_family = AF_NETLINK, .nl_groups = 1 };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC,
			NETLINK_KOBJECT_UEVENT);

	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&name, sizeof(name)), 0);
	return fd;
}

/* NULL if there is no such line. */
static const char *uevent_value(const struct uevent *event, const char *key)
{
	size_t length = strlen(key);
	const char *line;

	for (line = event->text; line < event->text + event->size;
	     line += strlen(line) + 1)
		if (!strncmp(line, key, length) && line[length] == '=')
			return line + length + 1;
	return NULL;
}

/* The next of the class; others, such as those of the bus, are passed over. */
static struct uevent next_uevent(int fd)
{
	struct pollfd ready = { .fd = fd, .events = POLLIN };
	struct uevent event;
	const char *subsystem;

	for (;;) {
		assert_int_equal(poll(&ready, 1, T_TIMEOUT_MS), 1);
		event.size = recv(fd, event.text, sizeof(event.text) - 1, 0);
		assert_true(event.size > 0);
		event.text[event.size] = '\0';
		subsystem = uevent_value(&event, "SUBSYSTEM");
		if (subsystem && !strcmp(subsystem, "dxg"))
			return event;
	}
}

static void expect_uevent(int fd, const char *action, const char *luid)
{
	struct uevent event = next_uevent(fd);
	char path[PATH_MAX + 5], device[PATH_MAX];
	LUID first;

	assert_non_null(uevent_value(&event, "ACTION"));
	assert_string_equal(uevent_value(&event, "ACTION"), action);
	assert_non_null(uevent_value(&event, "DXG_LUID"));
	assert_string_equal(uevent_value(&event, "DXG_LUID"), luid);
	assert_null(uevent_value(&event, "DXG_GPU_ID"));
	if (strcmp(action, "add"))
		return;
	/* all of it is there for who hears of it */
	snprintf(path, sizeof(path), "/sys%s",
		 uevent_value(&event, "DEVPATH"));
	assert_non_null(realpath(GPU, device));
	assert_string_equal(path, device);
	assert_true(t_path_exists(GPU "/node/dev"));
	t_close_adapter(t_open_adapter(&first));
}

static unsigned int count_adapters(void)
{
	D3DKMT_ENUMADAPTERS2 args = { 0 };

	assert_status(D3DKMTEnumAdapters2(&args), STATUS_SUCCESS);
	return args.NumAdapters;
}

/* @argument: what takes it away and what brings it back, for dxghostd */
static void come_and_go(void *argument)
{
	const uint32_t *questions = argument;
	char *luid = t_read_line(GPU "/luid");
	int fd = listen_to_uevents();
	int i;

	for (i = 0; i < 3; i++) {
		assert_int_equal(t_host_daemon_bus(questions[0]), 0);
		expect_uevent(fd, "remove", luid);
		assert_false(t_path_exists(GPU));
		assert_int_equal(t_host_daemon_bus(questions[1]), 0);
		expect_uevent(fd, "add", luid);
		assert_int_equal(count_adapters(), 1);
	}
	close(fd);
	free(luid);
}

static void function_that_comes_and_goes_is_told(void **state)
{
	static uint32_t questions[] = { DXGHOSTD_UNPLUG, DXGHOSTD_PLUG };

	(void)state;
	t_run_child(come_and_go, questions);
}

static void channel_that_comes_and_goes_is_told(void **state)
{
	static uint32_t questions[] = { DXGHOSTD_RESCIND, DXGHOSTD_OFFER };

	(void)state;
	t_run_child(come_and_go, questions);
}

/* An open attribute says that its device has gone, and keeps nothing. */
static void open_attribute_does_not_hold_the_gpu(void **state)
{
	FILE *luid = fopen(GPU "/luid", "re");
	char text[40];

	(void)state;
	assert_non_null(luid);
	setvbuf(luid, NULL, _IONBF, 0);
	assert_int_equal(t_host_daemon_bus(DXGHOSTD_UNPLUG), 0);
	errno = 0;
	assert_null(fgets(text, sizeof(text), luid));
	assert_int_equal(errno, ENODEV);
	assert_int_equal(t_host_daemon_bus(DXGHOSTD_PLUG), 0);
	assert_eventually(t_path_exists(GPU));
	fclose(luid);
}

static void lose_the_host(void *argument)
{
	char *luids[2];

	(void)argument;
	t_host_use_profile(two_gpus);
	assert_eventually(t_path_exists("/sys/class/dxg/dxg1"));
	assert_true(t_path_exists(GPU));
	assert_false(t_path_exists("/sys/class/dxg/dxg2"));
	luids[0] = t_read_line(GPU "/luid");
	luids[1] = t_read_line("/sys/class/dxg/dxg1/luid");
	assert_string_not_equal(luids[0], luids[1]);
	free(luids[0]);
	free(luids[1]);
}

/* Numbers are used again: they are those of the GPUs that are there. */
static void each_gpu_has_a_device(void **state)
{
	(void)state;
	t_run_child(lose_the_host, NULL);
}

/* What is to be seen of one; NULL: it is not there. */
struct shown {
	const char *luid;
	const char *name;
	const char *instance;
	const char *vendor;
	const char *device;
	const char *id;		/* in uevents */
};

static const struct shown shown[] = {
	{ "00000000:00010000", "NVIDIA GeForce RTX 4090", NVIDIA, "0x10de",
	  "0x2684", "10DE:2684" },
	{ "00000000:00010001", "AMD Radeon\xc2\xae", AMD, "0x1002", "0x744c",
	  "1002:744C" },
	{ "00000000:00010002", "A?DXG_GPU_ID=DEAD:BEEF?.",
	  "PCI\\VEN_8086&DEV_46?A8??[2J", NULL, NULL, NULL },
};
#define SHOWN (sizeof(shown) / sizeof(shown[0]))

static void expect_attribute(const char *gpu, const char *name,
			     const char *want)
{
	char path[100];

	snprintf(path, sizeof(path), "%s/%s", gpu, name);
	if (want)
		expect_line(path, want);
	else
		assert_false(t_path_exists(path));
}

static const struct shown *shown_with(const char *luid)
{
	size_t i;

	for (i = 0; i < SHOWN; i++)
		if (!strcmp(shown[i].luid, luid))
			return &shown[i];
	fail_msg("no GPU has LUID %s", luid);
	return NULL;
}

/* Which of them it is says its LUID. */
static void expect_shown(const char *gpu)
{
	const struct shown *want;
	char path[100], *luid;

	snprintf(path, sizeof(path), "%s/luid", gpu);
	luid = t_read_line(path);
	want = shown_with(luid);
	free(luid);
	expect_attribute(gpu, "gpu_name", want->name);
	expect_attribute(gpu, "gpu_instance", want->instance);
	expect_attribute(gpu, "gpu_vendor", want->vendor);
	expect_attribute(gpu, "gpu_device", want->device);
}

/* How many lines begin with that. */
static unsigned int count_lines(const struct uevent *event, const char *key)
{
	size_t length = strlen(key);
	unsigned int count = 0;
	const char *line;

	for (line = event->text; line < event->text + event->size;
	     line += strlen(line) + 1)
		count += !strncmp(line, key, length);
	return count;
}

/* That of each GPU, once; in whatever order. */
static void expect_added(int fd)
{
	unsigned int added = 0;
	size_t i;

	for (i = 0; i < SHOWN; i++) {
		struct uevent event = next_uevent(fd);
		const char *action = uevent_value(&event, "ACTION");
		const struct shown *want;

		/* of the GPU that the host before had */
		while (action && !strcmp(action, "remove")) {
			event = next_uevent(fd);
			action = uevent_value(&event, "ACTION");
		}
		assert_non_null(action);
		assert_string_equal(action, "add");
		assert_non_null(uevent_value(&event, "DXG_LUID"));
		want = shown_with(uevent_value(&event, "DXG_LUID"));
		added |= 1u << (want - shown);
		assert_int_equal(count_lines(&event, "DXG_GPU_ID"), !!want->id);
		if (want->id)
			assert_string_equal(uevent_value(&event, "DXG_GPU_ID"),
					    want->id);
	}
	assert_int_equal(added, (1u << SHOWN) - 1);
}

/* The ids are also those that a call tells, if host and path agree. */
static void expect_ids_of_call(const struct shown *want)
{
	D3DKMT_QUERY_DEVICE_IDS ids = { 0 };
	LUID luid = { .LowPart = 0 };
	D3DKMT_HANDLE adapter;
	char text[20];

	luid.LowPart = (DWORD)strtoul(want->luid + 9, NULL, 16);
	adapter = t_open_adapter_by_luid(luid);
	assert_status(t_query_adapter(adapter, KMTQAITYPE_PHYSICALADAPTERDEVICEIDS,
				      &ids, sizeof(ids)), STATUS_SUCCESS);
	snprintf(text, sizeof(text), "0x%04x", (unsigned int)ids.DeviceIds.VendorID);
	assert_string_equal(text, want->vendor);
	snprintf(text, sizeof(text), "0x%04x", (unsigned int)ids.DeviceIds.DeviceID);
	assert_string_equal(text, want->device);
	t_close_adapter(adapter);
}

static void look_at_others(void *unused)
{
	int fd = listen_to_uevents();
	char gpu[40];
	size_t i;

	(void)unused;
	t_host_use_machine(others);
	expect_added(fd);
	close(fd);
	for (i = 0; i < SHOWN; i++) {
		snprintf(gpu, sizeof(gpu), "/sys/class/dxg/dxg%zu", i);
		expect_shown(gpu);
	}
	expect_ids_of_call(&shown[0]);
	expect_ids_of_call(&shown[1]);
}

/* Another name and other ids each, and none of a host that writes nonsense. */
static void each_gpu_has_its_own_identity(void **state)
{
	(void)state;
	t_run_child(look_at_others, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		t_bare_test(gpu_is_below_its_pci_function),
		t_bare_test(luid_is_that_of_the_calls),
		t_bare_test(gpu_has_the_name_that_its_host_gives_it),
		t_bare_test(everybody_may_look),
		t_bare_test(link_leads_to_the_node),
		t_bare_test(function_that_comes_and_goes_is_told),
		t_bare_test(channel_that_comes_and_goes_is_told),
		t_bare_test(open_attribute_does_not_hold_the_gpu),
		/* last: they leave another host */
		cmocka_unit_test(each_gpu_has_a_device),
		cmocka_unit_test(each_gpu_has_its_own_identity),
	};

	if (t_device_is_soft() || !t_host_if_any()) {
		puts("skipped: needs a node, and the software host behind it");
		return 77;
	}
	return cmocka_run_group_tests_name("visible", tests, NULL, NULL);
}
