/* SPDX-License-Identifier: MIT */
/* Arrays by number: a tree of nodes, changed under a lock, read without. */
#include <linux/bits.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/xarray.h>

#define SLOT_BITS	6
#define SLOTS		(1u << SLOT_BITS)

/*
 * A slot of a node with @shift 0 holds an entry, of any other a node whose
 * shift is smaller by SLOT_BITS. @full tells where nothing more fits in: bit n
 * for slot n. A node without entries is taken out and freed after a grace
 * period; readers see its slots, which are cleared before that.
 */
struct dxgk_user_xa_node {
	struct rcu_head rcu;
	struct dxgk_user_xa_node *parent;	/* for the writer */
	u64 used;
	u64 full;
	unsigned int shift;
	unsigned int slot;			/* in the parent */
	void *slots[SLOTS];
};

typedef struct dxgk_user_xa_node node_t;

static unsigned int slot_of(const node_t *node, unsigned long index)
{
	return (index >> node->shift) % SLOTS;
}

/* Largest index of the node or slot that @index is in, which is 2^bits wide. */
static unsigned long last_of(unsigned long index, unsigned int bits)
{
	return bits >= (unsigned int)BITS_PER_LONG ? ULONG_MAX :
						      index | (BIT(bits) - 1);
}

static bool covers(const node_t *root, unsigned long index)
{
	return root && index <= last_of(0, root->shift + SLOT_BITS);
}

static void *visible(void *entry)
{
	return entry == XA_ZERO_ENTRY ? NULL : entry;
}

void xa_init_flags(struct xarray *xa, gfp_t flags)
{
	spin_lock_init(&xa->xa_lock);
	xa->xa_flags = flags;
	WRITE_ONCE(xa->root, NULL);
}

/* Reading */

static node_t *load_root(struct xarray *xa)
{
	return rcu_dereference(xa->root);
}

static void *load_slot(node_t *node, unsigned int slot)
{
	return rcu_dereference(node->slots[slot]);
}

/* The entry as it stands there, XA_ZERO_ENTRY too. */
static void *lookup(struct xarray *xa, unsigned long index)
{
	node_t *node = load_root(xa);
	unsigned int shift;
	void *entry;

	if (!covers(node, index))
		return NULL;
	do {
		shift = node->shift;
		entry = load_slot(node, slot_of(node, index));
		node = entry;
	} while (shift && entry);
	return entry;
}

void *xa_load(struct xarray *xa, unsigned long index)
{
	void *entry;

	rcu_read_lock();
	entry = visible(lookup(xa, index));
	rcu_read_unlock();
	return entry;
}

/*
 * From the root to the first used slot at *index or behind. NULL with *ret_again:
 * *index has moved on into another node; NULL without: there is none.
 */
static void *find_down(node_t *node, unsigned long *index, bool *ret_again)
{
	unsigned long last;
	void *entry;

	for (;;) {
		last = last_of(*index, node->shift + SLOT_BITS);
		while (!(entry = load_slot(node, slot_of(node, *index)))) {
			*index = last_of(*index, node->shift);
			*ret_again = *index == last && last != ULONG_MAX;
			if (*index == last) {
				*index += *ret_again;
				return NULL;
			}
			++*index;
		}
		*ret_again = false;
		if (!node->shift)
			return entry;
		node = entry;
	}
}

void *dxgk_user_xa_find(struct xarray *xa, unsigned long *index,
			unsigned long max)
{
	unsigned long at = *index;
	void *entry = NULL;
	bool again = true;

	rcu_read_lock();
	while (again && at <= max) {
		node_t *root = load_root(xa);

		if (!covers(root, at))
			break;
		entry = find_down(root, &at, &again);
		if (entry == XA_ZERO_ENTRY) {
			entry = NULL;
			again = at++ != ULONG_MAX;
		}
	}
	rcu_read_unlock();
	if (!entry || at > max)
		return NULL;
	*index = at;
	return entry;
}

void *dxgk_user_xa_find_after(struct xarray *xa, unsigned long *index,
			      unsigned long max)
{
	unsigned long next = *index + 1;
	void *entry;

	if (!next)
		return NULL;
	entry = dxgk_user_xa_find(xa, &next, max);
	if (entry)
		*index = next;
	return entry;
}

/* Writing, under the lock */

/* Nodes of all arrays that have not been given up. */
static u64 nodes;

u64 dxgk_user_xa_nodes(void)
{
	return READ_ONCE(nodes);
}

static node_t *new_node(unsigned int shift)
{
	node_t *node = kzalloc(sizeof(*node), GFP_KERNEL);

	if (!node)
		return NULL;
	node->shift = shift;
	__atomic_fetch_add(&nodes, 1, __ATOMIC_RELAXED);
	return node;
}

static void free_node(node_t *node)
{
	__atomic_fetch_sub(&nodes, 1, __ATOMIC_RELAXED);
	kfree_rcu(node, rcu);
}

static void attach(node_t *parent, unsigned int slot, node_t *node)
{
	node->parent = parent;
	node->slot = slot;
	parent->used |= BIT_ULL(slot);
	if (!~node->full)
		parent->full |= BIT_ULL(slot);
	rcu_assign_pointer(parent->slots[slot], (void *)node);
}

/* Take out @node and those above it, as far as they are empty. */
static void prune(struct xarray *xa, node_t *node)
{
	while (node && !node->used) {
		node_t *parent = node->parent;

		if (parent) {
			parent->used &= ~BIT_ULL(node->slot);
			parent->full &= ~BIT_ULL(node->slot);
			rcu_assign_pointer(parent->slots[node->slot], NULL);
		} else {
			rcu_assign_pointer(xa->root, NULL);
		}
		free_node(node);
		node = parent;
	}
}

static int grow(struct xarray *xa, unsigned long index)
{
	node_t *old = xa->root;
	unsigned int shift = old ? old->shift + SLOT_BITS : 0;
	node_t *root;

	if (!old)
		while (index > last_of(0, shift + SLOT_BITS))
			shift += SLOT_BITS;
	root = new_node(shift);
	if (!root)
		return -ENOMEM;
	if (old)
		attach(root, 0, old);
	rcu_assign_pointer(xa->root, root);
	return 0;
}

/* The leaf for @index, made if there is none: NULL when there is no memory. */
static node_t *make_leaf(struct xarray *xa, unsigned long index)
{
	node_t *node, *child;

	while (!covers(xa->root, index))
		if (grow(xa, index))
			return NULL;
	for (node = xa->root; node->shift; node = child) {
		child = node->slots[slot_of(node, index)];
		if (child)
			continue;
		child = new_node(node->shift - SLOT_BITS);
		if (!child) {
			prune(xa, node);
			return NULL;
		}
		attach(node, slot_of(node, index), child);
	}
	return node;
}

static node_t *find_leaf(struct xarray *xa, unsigned long index)
{
	node_t *node = xa->root;

	if (!covers(node, index))
		return NULL;
	while (node && node->shift)
		node = node->slots[slot_of(node, index)];
	return node;
}

static int put_entry(struct xarray *xa, unsigned long index, void *entry)
{
	node_t *node = make_leaf(xa, index);
	unsigned int slot;

	if (!node)
		return -ENOMEM;
	slot = slot_of(node, index);
	rcu_assign_pointer(node->slots[slot], entry);
	node->used |= BIT_ULL(slot);
	node->full |= BIT_ULL(slot);
	for (; !~node->full && node->parent; node = node->parent)
		node->parent->full |= BIT_ULL(node->slot);
	return 0;
}

static void remove_entry(struct xarray *xa, unsigned long index)
{
	node_t *leaf = find_leaf(xa, index);
	unsigned int slot;
	node_t *node;

	if (!leaf)
		return;
	slot = slot_of(leaf, index);
	rcu_assign_pointer(leaf->slots[slot], NULL);
	leaf->used &= ~BIT_ULL(slot);
	leaf->full &= ~BIT_ULL(slot);
	for (node = leaf; node->parent; node = node->parent)
		node->parent->full &= ~BIT_ULL(node->slot);
	prune(xa, leaf);
}

/* The lowest index from *index on with nothing in it; false: none. */
static bool find_free(struct xarray *xa, unsigned long *index)
{
	node_t *node = xa->root;
	unsigned int slot;
	u64 free;

	while (covers(xa->root, *index) && node) {
		slot = slot_of(node, *index);
		free = ~node->full & (~0ULL << slot);
		if (!free) {
			*index = last_of(*index, node->shift + SLOT_BITS);
			if ((*index)++ == ULONG_MAX)
				return false;
			node = xa->root;
			continue;
		}
		if ((unsigned int)__builtin_ctzll(free) != slot) {
			*index = last_of(*index, node->shift + SLOT_BITS) -
				 last_of(0, node->shift + SLOT_BITS);
			slot = (unsigned int)__builtin_ctzll(free);
			*index += (unsigned long)slot << node->shift;
		}
		if (!node->shift)
			return true;
		node = node->slots[slot];
	}
	return true;
}

/* In arrays that give out numbers NULL still takes its place. */
static void *to_store(const struct xarray *xa, void *entry)
{
	return !entry && xa->xa_flags & XA_FLAGS_ALLOC ? XA_ZERO_ENTRY : entry;
}

void *__xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	void *former = lookup(xa, index);
	int error = 0;

	(void)gfp;
	entry = to_store(xa, entry);
	if (entry)
		error = put_entry(xa, index, entry);
	else
		remove_entry(xa, index);
	return error ? ERR_PTR(error) : visible(former);
}

void *__xa_erase(struct xarray *xa, unsigned long index)
{
	void *former = lookup(xa, index);

	remove_entry(xa, index);
	return visible(former);
}

void *__xa_cmpxchg(struct xarray *xa, unsigned long index, void *old,
		   void *entry, gfp_t gfp)
{
	void *former = lookup(xa, index);

	(void)gfp;
	if (former != old)
		return visible(former);
	if (!entry)
		remove_entry(xa, index);
	else if (put_entry(xa, index, entry))
		return ERR_PTR(-ENOMEM);
	return visible(former);
}

int __xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	(void)gfp;
	if (lookup(xa, index))
		return -EBUSY;
	return put_entry(xa, index, entry ? entry : XA_ZERO_ENTRY);
}

int __xa_alloc(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit,
	       gfp_t gfp)
{
	unsigned long index = limit.min;

	(void)gfp;
	if (WARN_ON_ONCE(!(xa->xa_flags & XA_FLAGS_ALLOC)))
		return -EINVAL;
	if (!index && (xa->xa_flags & XA_FLAGS_ALLOC1) == XA_FLAGS_ALLOC1)
		index = 1;
	if (!find_free(xa, &index) || index > limit.max)
		return -EBUSY;
	if (put_entry(xa, index, entry ? entry : XA_ZERO_ENTRY))
		return -ENOMEM;
	*id = (u32)index;
	return 0;
}

int __xa_alloc_cyclic(struct xarray *xa, u32 *id, void *entry,
		      struct xa_limit limit, u32 *next, gfp_t gfp)
{
	struct xa_limit rest = XA_LIMIT(max(limit.min, *next), limit.max);
	int wrapped = 0;
	int error;

	error = __xa_alloc(xa, id, entry, rest, gfp);
	if (error == -EBUSY && rest.min > limit.min) {
		wrapped = 1;
		error = __xa_alloc(xa, id, entry, limit, gfp);
	}
	if (error)
		return error;
	*next = *id + 1;
	return wrapped;
}

static void free_below(node_t *node)
{
	unsigned int slot;

	for (slot = 0; node->shift && slot < SLOTS; slot++)
		if (node->slots[slot])
			free_below(node->slots[slot]);
	free_node(node);
}

void xa_destroy(struct xarray *xa)
{
	node_t *root;

	xa_lock(xa);
	root = xa->root;
	rcu_assign_pointer(xa->root, NULL);
	if (root)
		free_below(root);
	xa_unlock(xa);
}

/* The same with the lock taken */

#define LOCKED(xa, type, call) ({		\
	type result_;				\
	xa_lock(xa);				\
	result_ = call;				\
	xa_unlock(xa);				\
	result_; })

void *xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	return LOCKED(xa, void *, __xa_store(xa, index, entry, gfp));
}

void *xa_erase(struct xarray *xa, unsigned long index)
{
	return LOCKED(xa, void *, __xa_erase(xa, index));
}

void *xa_cmpxchg(struct xarray *xa, unsigned long index, void *old, void *entry,
		 gfp_t gfp)
{
	return LOCKED(xa, void *, __xa_cmpxchg(xa, index, old, entry, gfp));
}

int xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	return LOCKED(xa, int, __xa_insert(xa, index, entry, gfp));
}

int xa_alloc(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit,
	     gfp_t gfp)
{
	return LOCKED(xa, int, __xa_alloc(xa, id, entry, limit, gfp));
}

int xa_alloc_cyclic(struct xarray *xa, u32 *id, void *entry,
		    struct xa_limit limit, u32 *next, gfp_t gfp)
{
	return LOCKED(xa, int,
		      __xa_alloc_cyclic(xa, id, entry, limit, next, gfp));
}

#undef LOCKED
