/* SPDX-License-Identifier: MIT */
/* Bringing up and taking down the host and the driver on it. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <linux/err.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/uaccess.h>

#include "dxgkrnl.h"
#include "fault.h"
#include "slice.h"
#include "soft-counts.h"
#include "soft-machine.h"

/*
 * A guest physical address outside the IO space is one of this process. A host
 * that has gone uses nobody's memory.
 */
static int guest_read(void *guest, uint64_t gpa, void *buf, size_t size)
{
	struct soft_machine *machine = guest;

	if (READ_ONCE(machine->host_gone))
		return -EFAULT;
	return copy_from_user(buf, u64_to_user_ptr(gpa), size) ? -EFAULT : 0;
}

static int guest_write(void *guest, uint64_t gpa, const void *buf, size_t size)
{
	struct soft_machine *machine = guest;

	if (READ_ONCE(machine->host_gone))
		return -EFAULT;
	return copy_to_user(u64_to_user_ptr(gpa), buf, size) ? -EFAULT : 0;
}

static int64_t guest_gpadl(void *guest, uint32_t gpadl, uint64_t first,
			   uint64_t count, uint64_t *pfns)
{
	return soft_machine_pages(guest, gpadl, first, count,
				  (u64 *)pfns);
}

static void guest_message(void *guest, const void *packet, size_t size)
{
	struct soft_machine *machine = guest;

	if (!READ_ONCE(machine->host_gone))
		dxgk_host_message(machine->global, packet, (u32)size);
}

static const struct dxghost_guest_ops guest_ops = {
	.read = guest_read,
	.write = guest_write,
	.message = guest_message,
	.gpadl = guest_gpadl,
};

/*
 * Only address space until it is used. A child could not use it, and must not
 * keep the memory either.
 */
static int make_io_space(struct soft_machine *machine)
{
	size_t size = (size_t)dxghost_mmio_megabytes(machine->host) << 20;
	void *base;

	if (!size)
		return 0;
	machine->io_fd = memfd_create("dxg-io-space", MFD_CLOEXEC);
	if (machine->io_fd < 0)
		return -errno;
	if (ftruncate(machine->io_fd, (off_t)size))
		return -errno;
	base = mmap(NULL, size, PROT_READ | PROT_WRITE,
		    MAP_SHARED | MAP_NORESERVE, machine->io_fd, 0);
	if (base == MAP_FAILED)
		return -errno;
	machine->io_base = base;
	machine->io_size = size;
	madvise(base, size, MADV_DONTFORK);
	madvise(base, size, MADV_DONTDUMP);
	dxghost_set_io_space(machine->host, base, size);
	return 0;
}

/* Threads of the host must not get the program's signals. */
static int make_host(struct soft_machine *machine, const char *profile)
{
	char error[200] = "";
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	machine->host = dxghost_create(profile, &guest_ops, machine, error,
				       sizeof(error));
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (machine->host)
		return 0;
	pr_err("the host does not start: %s\n", error);
	return -EINVAL;
}

static int add_adapter(struct soft_machine *machine, unsigned int index)
{
	struct soft_adapter *place = &machine->adapters[index];
	struct dxgk_adapter *adapter;
	u32 id = 0;

	place->machine = machine;
	place->index = index;
	if (dxghost_pci_read(machine->host, index, 0, &id) ||
	    (id & 0xffff) != DXGK_PCI_VENDOR)
		return -ENODEV;
	adapter = dxgk_adapter_add(machine->global,
				   id >> 16 == DXGK_PCI_DEVICE_COMPUTE, place);
	if (IS_ERR(adapter))
		return (int)PTR_ERR(adapter);
	place->adapter = adapter;
	return 0;
}

/* As on a bus: the functions are found first, then the channels open. */
static int bring_up(struct soft_machine *machine)
{
	unsigned int i;
	int error;

	for (i = 0; i < machine->adapter_count; i++) {
		error = add_adapter(machine, i);
		if (error)
			return error;
	}
	/* As a node that is opened before any adapter has come. */
	if (!machine->adapter_count)
		return -EBADF;
	error = dxgk_global_start(machine->global, SOFT_IO_START,
				  machine->io_size);
	for (i = 0; !error && i < machine->adapter_count; i++)
		error = dxgk_adapter_start(machine->adapters[i].adapter);
	return error;
}

int soft_machine_start(struct soft_machine *machine, const char *profile,
		       struct dxg_soft_object_counts *ret_left)
{
	int error;

	*machine = (struct soft_machine){ .io_fd = -1 };
	mutex_init(&machine->bus);
	xa_init_flags(&machine->lists, XA_FLAGS_ALLOC);
	machine->global = dxgk_global_create(&soft_transport_ops, machine);
	if (IS_ERR(machine->global))
		return (int)PTR_ERR(machine->global);
	error = make_host(machine, profile);
	if (error)
		goto err_stop;
	error = make_io_space(machine);
	if (error)
		goto err_stop;
	machine->adapter_count = dxghost_adapter_count(machine->host);
	machine->adapters = calloc(machine->adapter_count + 1,
				   sizeof(*machine->adapters));
	if (!machine->adapters) {
		machine->adapter_count = 0;
		error = -ENOMEM;
		goto err_stop;
	}
	mutex_lock(&machine->bus);
	error = bring_up(machine);
	mutex_unlock(&machine->bus);
	if (error)
		goto err_stop;
	return 0;

err_stop:
	soft_machine_stop(machine, ret_left);
	return error;
}

int soft_machine_remove_adapter(struct soft_machine *machine,
				unsigned int index)
{
	struct soft_adapter *place;

	if (index >= machine->adapter_count ||
	    !machine->adapters[index].adapter)
		return -ENODEV;
	place = &machine->adapters[index];
	dxgk_adapter_remove(place->adapter, false);
	place->adapter = NULL;
	return 0;
}

int soft_machine_return_adapter(struct soft_machine *machine,
				unsigned int index)
{
	struct soft_adapter *place;
	int error;

	if (index >= machine->adapter_count)
		return -ENODEV;
	place = &machine->adapters[index];
	mutex_lock(&machine->bus);
	error = place->adapter ? -EBUSY : add_adapter(machine, index);
	if (error)
		goto out;
	error = dxgk_adapter_start(place->adapter);
	if (error) {
		dxgk_adapter_remove(place->adapter, false);
		place->adapter = NULL;
	}
out:
	mutex_unlock(&machine->bus);
	return error;
}

/*
 * The host may send until it has gone, so the driver's state goes after it; the
 * work that its last messages have caused comes in between.
 */
void soft_machine_stop(struct soft_machine *machine,
		       struct dxg_soft_object_counts *ret_left)
{
	unsigned int i;

	soft_fault_settle(machine);
	mutex_lock(&machine->bus);
	for (i = 0; i < machine->adapter_count; i++) {
		if (machine->adapters[i].adapter)
			dxgk_adapter_remove(machine->adapters[i].adapter, false);
		machine->adapters[i].adapter = NULL;
	}
	dxgk_global_stop(machine->global);
	mutex_unlock(&machine->bus);
	if (machine->host) {
		soft_machine_count(machine, ret_left);
		dxghost_destroy(machine->host);
	}
	dxgk_user_workqueue_end();
	dxgk_global_put(machine->global);
	mutex_destroy(&machine->bus);
	WARN_ON(!xa_empty(&machine->lists));
	rcu_barrier();
	if (machine->io_base)
		munmap(machine->io_base, machine->io_size);
	if (machine->io_fd >= 0)
		close(machine->io_fd);
	free(machine->adapters);
}

/* It was not inherited, but valgrind, which does not know that, would look. */
void soft_machine_abandon(struct soft_machine *machine)
{
	if (machine->io_base)
		munmap(machine->io_base, machine->io_size);
	if (machine->io_fd >= 0)
		close(machine->io_fd);
}

void soft_machine_count(struct soft_machine *machine,
			struct dxg_soft_object_counts *ret_counts)
{
	if (READ_ONCE(machine->host_gone))
		memset(ret_counts, 0, sizeof(*ret_counts));
	else
		soft_count_objects(machine->host, ret_counts);
}
