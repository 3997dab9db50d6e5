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
		/* last: it leaves another host */
		cmocka_unit_test(each_gpu_has_a_device),
	};

	if (t_device_is_soft() || !t_host_if_any()) {
		puts("skipped: needs a node, and the software host behind it");
		return 77;
	}
	return cmocka_run_group_tests_name("visible", tests, NULL, NULL);
}
