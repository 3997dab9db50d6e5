/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * hvloop: stands in for Hyper-V inside of a test machine. It has the functions
 * of hv_vmbus.ko that dxgkrnl.ko calls, a PCI root, an IO space, and the node
 * /dev/hvloop, on which a program plays the host. For tests only: that program
 * can read and write all of the machine's memory.
 */

#include <linux/bitops.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/poll.h>
#include <linux/uaccess.h>

#include "internal.h"

/* Held while the host comes, goes, or makes something. */
static DEFINE_MUTEX(hvloop_lock);
static unsigned long hvloop_has_host;

/* Under the lock of all misc devices, which the guest's driver takes as well. */
static int hvloop_open(struct inode *inode, struct file *file)
{
	return test_and_set_bit_lock(0, &hvloop_has_host) ? -EBUSY : 0;
}

/*
 * The host has gone, whatever the reason: as when a machine's host resets it.
 * A driver that waits for it, in what is under way, sees that first.
 */
static int hvloop_release(struct inode *inode, struct file *file)
{
	unsigned int i;

	mutex_lock(&hvloop_lock);
	for (i = 0; i < HVLOOP_CHANNELS; i++)
		WRITE_ONCE(hvloop_channels[i].vmbus.rescind, true);
	hvloop_change_stop();
	for (i = 0; i < HVLOOP_CHANNELS; i++)
		hvloop_rescind(&hvloop_channels[i]);
	for (i = 0; i < HVLOOP_CHANNELS; i++) {
		hvloop_unplug(&hvloop_channels[i]);
		hvloop_channels[i].exists = false;
	}
	hvloop_window_clear();
	hvloop_queue_clear();
	hvloop_change_allow();
	mutex_unlock(&hvloop_lock);
	clear_bit_unlock(0, &hvloop_has_host);
	return 0;
}

static ssize_t hvloop_read(struct file *file, char __user *buffer, size_t size,
			   loff_t *position)
{
	return hvloop_queue_read(buffer, size, file->f_flags & O_NONBLOCK);
}

static ssize_t hvloop_write(struct file *file, const char __user *buffer,
			    size_t size, loff_t *position)
{
	struct hvloop_packet packet;
	int ret;

	if (size < sizeof(packet))
		return -EINVAL;
	if (copy_from_user(&packet, buffer, sizeof(packet)))
		return -EFAULT;
	if (packet.channel >= HVLOOP_CHANNELS ||
	    packet.size != size - sizeof(packet) ||
	    packet.size > HVLOOP_MAX_PAYLOAD)
		return -EINVAL;
	ret = hvloop_ring_put(&hvloop_channels[packet.channel], &packet,
			      buffer + sizeof(packet));
	return ret ? ret : size;
}

static __poll_t hvloop_poll(struct file *file, poll_table *table)
{
	poll_wait(file, &hvloop_queue_wait, table);
	return EPOLLOUT | EPOLLWRNORM |
	       (hvloop_queue_ready() ? EPOLLIN | EPOLLRDNORM : 0);
}

static int hvloop_mmap(struct file *file, struct vm_area_struct *area)
{
	return hvloop_window_mmap(area);
}

static int hvloop_set_io_space(u32 megabytes)
{
	int ret = hvloop_window_set(megabytes);

	if (!ret)
		hvloop_channels[HVLOOP_CHANNEL_GLOBAL].exists = true;
	return ret;
}

static int hvloop_add_function(struct hvloop_function __user *user)
{
	struct hvloop_channel *channel;
	unsigned int i;

	for (i = 1; i < HVLOOP_CHANNELS; i++) {
		channel = &hvloop_channels[i];
		if (channel->exists)
			continue;
		if (copy_from_user(channel->config, user->config,
				   sizeof(channel->config)) ||
		    put_user(i, &user->channel))
			return -EFAULT;
		channel->exists = true;
		return 0;
	}
	return -ENOSPC;
}

static long hvloop_make(unsigned int request, void __user *user)
{
	u32 megabytes;

	if (request == HVLOOP_ADD_FUNCTION)
		return hvloop_add_function(user);
	if (get_user(megabytes, (u32 __user *)user))
		return -EFAULT;
	return hvloop_set_io_space(megabytes);
}

static int hvloop_tell_pages(struct hvloop_pages __user *user)
{
	struct hvloop_pages pages;
	int ret;

	if (copy_from_user(&pages, user, sizeof(pages)))
		return -EFAULT;
	ret = hvloop_gpadl_pages(&pages);
	return !ret && put_user(pages.total, &user->total) ? -EFAULT : ret;
}

static long hvloop_ioctl(struct file *file, unsigned int request,
			 unsigned long arg)
{
	void __user *user = (void __user *)arg;
	struct hvloop_memory memory;
	u32 number;
	long ret;

	switch (request) {
	case HVLOOP_MEMORY:
		return copy_from_user(&memory, user, sizeof(memory)) ?
		       -EFAULT : hvloop_memory_copy(&memory);
	case HVLOOP_PAGES:
		return hvloop_tell_pages(user);
	case HVLOOP_SET_IO_SPACE:
	case HVLOOP_ADD_FUNCTION:
		mutex_lock(&hvloop_lock);
		ret = hvloop_make(request, user);
		mutex_unlock(&hvloop_lock);
		return ret;
	default:
		return get_user(number, (u32 __user *)user) ?
		       -EFAULT : hvloop_change(request, number);
	}
}

static const struct file_operations hvloop_fops = {
	.owner = THIS_MODULE,
	.open = hvloop_open,
	.release = hvloop_release,
	.read = hvloop_read,
	.write = hvloop_write,
	.poll = hvloop_poll,
	.mmap = hvloop_mmap,
	.unlocked_ioctl = hvloop_ioctl,
	.llseek = noop_llseek,
};

static struct miscdevice hvloop_node = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "hvloop",
	.mode = 0600,
	.fops = &hvloop_fops,
};

static int __init hvloop_init(void)
{
	int ret;

	ret = hvloop_window_init();
	if (ret)
		return ret;
	ret = hvloop_change_init();
	if (ret)
		return ret;
	ret = hvloop_ring_init();
	if (ret)
		goto err_change;
	ret = hvloop_bus_init();
	if (ret)
		goto err_ring;
	ret = hvloop_pci_init();
	if (ret)
		goto err_bus;
	ret = misc_register(&hvloop_node);
	if (ret)
		goto err_pci;
	return 0;

err_pci:
	hvloop_pci_exit();
err_bus:
	hvloop_bus_exit();
err_ring:
	hvloop_ring_exit();
err_change:
	hvloop_change_exit();
	return ret;
}

static void __exit hvloop_exit(void)
{
	misc_deregister(&hvloop_node);
	hvloop_pci_exit();
	hvloop_bus_exit();
	hvloop_ring_exit();
	hvloop_change_exit();
}

module_init(hvloop_init);
module_exit(hvloop_exit);

MODULE_DESCRIPTION("Stand-in for Hyper-V's bus, for tests");
MODULE_AUTHOR("libdxg maintainers");
MODULE_LICENSE("Dual MIT/GPL");
