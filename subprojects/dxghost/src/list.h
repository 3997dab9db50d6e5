/* SPDX-License-Identifier: MIT */
/* Intrusive doubly linked lists. */
#ifndef DXGHOST_LIST_H
#define DXGHOST_LIST_H

#include <stdbool.h>
#include <stddef.h>

/* A head, or a link inside an element; an element out of any list points to
 * itself, so that removing it twice does no harm. */
struct dxghost_list {
	struct dxghost_list *next;
	struct dxghost_list *prev;
};

#define list_entry(link, type, member) \
	((type *)((char *)(link) - offsetof(type, member)))
#define list_first(head, type, member) \
	list_entry((head)->next, type, member)
#define list_for_each(it, head) \
	for (it = (head)->next; it != (head); it = it->next)
/* The current element may be removed. */
#define list_for_each_safe(it, tmp, head) \
	for (it = (head)->next, tmp = it->next; it != (head); \
	     it = tmp, tmp = it->next)

static inline void list_init(struct dxghost_list *head)
{
	head->next = head;
	head->prev = head;
}

static inline bool list_empty(const struct dxghost_list *head)
{
	return head->next == head;
}

/* Before @head: at the tail of the list that @head heads. */
static inline void list_add_tail(struct dxghost_list *link,
				 struct dxghost_list *head)
{
	link->prev = head->prev;
	link->next = head;
	head->prev->next = link;
	head->prev = link;
}

static inline void list_del(struct dxghost_list *link)
{
	link->prev->next = link->next;
	link->next->prev = link->prev;
	list_init(link);
}

/* Moves all elements of @from to the empty list @to. */
static inline void list_take(struct dxghost_list *to, struct dxghost_list *from)
{
	if (list_empty(from)) {
		list_init(to);
		return;
	}
	*to = *from;
	to->next->prev = to;
	to->prev->next = to;
	list_init(from);
}

#endif
