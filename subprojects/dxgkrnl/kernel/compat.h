/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Where kernels differ in what only the kernel's home uses. See ../compat.h. */
#ifndef DXGK_KERNEL_COMPAT_H
#define DXGK_KERNEL_COMPAT_H

#include <linux/device.h>
#include <linux/dma-fence.h>
#include <linux/hyperv.h>
#include <linux/mm.h>
#include <linux/timer.h>

/* remove() of a VMBus driver used to return an int, which nobody looked at. */
#define DXGK_HV_REMOVE(returns_int, returns_void)			\
	__builtin_choose_expr(						\
		__builtin_types_compatible_p(				\
			typeof(((struct hv_driver *)0)->remove),	\
			int (*)(struct hv_device *)),			\
		returns_int, returns_void)

/* dev_uevent() of a class used to take the device as one that it may change. */
#define DXGK_CLASS_UEVENT(takes_plain, takes_const)			\
	__builtin_choose_expr(						\
		__builtin_types_compatible_p(				\
			typeof(((struct class *)0)->dev_uevent),	\
			int (*)(struct device *, struct kobj_uevent_env *)), \
		takes_plain, takes_const)

/* DXGK_HAS_...: Kbuild has found it in the kernel's headers. */
static inline void dxgk_vm_flags_set(struct vm_area_struct *area,
				     unsigned long flags)
{
#ifdef DXGK_HAS_VM_FLAGS_SET
	vm_flags_set(area, flags);
#else
	area->vm_flags |= flags;
#endif
}

/* Newer kernels guard the pointer by RCU; that it is ours does not change. */
static inline bool dxgk_fence_has_ops(const struct dma_fence *fence,
				      const struct dma_fence_ops *ops)
{
	return (const void __force *)READ_ONCE(fence->ops) == ops;
}

/* Timers were deleted under other names; 5.10 has been given the second one alone. */
static inline void dxgk_timer_delete(struct timer_list *timer)
{
#ifdef DXGK_HAS_TIMER_DELETE
	timer_delete(timer);
#else
	del_timer(timer);
#endif
}

static inline void dxgk_timer_delete_sync(struct timer_list *timer)
{
#ifdef DXGK_HAS_TIMER_DELETE_SYNC
	timer_delete_sync(timer);
#else
	del_timer_sync(timer);
#endif
}

/* Asked before an area is split; under its older name it was as late as that. */
#ifdef DXGK_HAS_MAY_SPLIT
#define DXGK_MAY_SPLIT	may_split
#else
#define DXGK_MAY_SPLIT	split
#endif

/*
 * The bus copies a packet out of the ring before the driver sees it, if it is no
 * larger than this. Older kernels show it in the ring, where the host can still
 * write: so everything is read once, whichever kernel it is.
 */
static inline void dxgk_vmbus_limit_packets(struct vmbus_channel *channel,
					    u32 size)
{
#ifdef DXGK_HAS_MAX_PKT_SIZE
	channel->max_pkt_size = size;
#endif
}

/* Buffer lists were known by their number alone. */
#ifndef DXGK_HAS_VMBUS_GPADL
struct vmbus_gpadl {
	u32 gpadl_handle;
};
#endif

static inline int dxgk_vmbus_establish_gpadl(struct vmbus_channel *channel,
					     void *buffer, u32 size,
					     struct vmbus_gpadl *gpadl)
{
#ifdef DXGK_HAS_VMBUS_GPADL
	return vmbus_establish_gpadl(channel, buffer, size, gpadl);
#else
	return vmbus_establish_gpadl(channel, buffer, size,
				     &gpadl->gpadl_handle);
#endif
}

static inline int dxgk_vmbus_teardown_gpadl(struct vmbus_channel *channel,
					    struct vmbus_gpadl *gpadl)
{
#ifdef DXGK_HAS_VMBUS_GPADL
	return vmbus_teardown_gpadl(channel, gpadl);
#else
	return vmbus_teardown_gpadl(channel, gpadl->gpadl_handle);
#endif
}

#endif /* DXGK_KERNEL_COMPAT_H */
