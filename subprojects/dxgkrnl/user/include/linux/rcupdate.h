/* SPDX-License-Identifier: MIT */
/* Readers that take no lock, and memory that outlives them. */
#ifndef DXGK_USER_RCUPDATE_H
#define DXGK_USER_RCUPDATE_H

#include <linux/compiler.h>
#include <linux/types.h>

void rcu_read_lock(void);
void rcu_read_unlock(void);
bool rcu_read_lock_held(void);
/* Waits until all readers that are inside now have left. */
void synchronize_rcu(void);
/* As this, then frees everything that kfree_rcu() was given until now. */
void rcu_barrier(void);

/* Never sleeps. Frees @object, which @head is in, when no reader is left. */
void dxgk_user_kfree_rcu(struct rcu_head *head, void *object);

#define kfree_rcu(ptr, member) do {					\
	__typeof__(ptr) kfree_rcu_ = (ptr);				\
	if (kfree_rcu_)							\
		dxgk_user_kfree_rcu(&kfree_rcu_->member, kfree_rcu_);	\
} while (0)
#define kvfree_rcu(ptr, member)	kfree_rcu(ptr, member)

/* Not before the reader has been counted: see rcu.c. */
#define rcu_dereference(p)		__atomic_load_n(&(p), __ATOMIC_SEQ_CST)
#define rcu_dereference_protected(p, c)	((void)(c), READ_ONCE(p))
#define rcu_dereference_check(p, c)	rcu_dereference(p)
#define rcu_dereference_raw(p)		rcu_dereference(p)
#define rcu_access_pointer(p)		READ_ONCE(p)
#define rcu_assign_pointer(p, v)	__atomic_store_n(&(p), v, __ATOMIC_RELEASE)
#define RCU_INIT_POINTER(p, v)		WRITE_ONCE(p, v)
#define rcu_replace_pointer(p, v, c) ({					\
	__typeof__(p) rcu_old_ = rcu_dereference_protected(p, c);	\
	rcu_assign_pointer(p, v);					\
	rcu_old_; })

#endif
