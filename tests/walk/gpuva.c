/* SPDX-License-Identifier: MIT */
/* GPU addresses: reserve, map, free. */
#include <string.h>

#include "world.h"

#define RESERVE_UNIT 0x10000u

unsigned int walk_pick_range(struct walk *w, uint64_t pages)
{
	unsigned int index = walk_pick(w, w->world->ranges);

	if (index == WALK_NONE || w->world->ranges[index].used ||
	    w->world->ranges[index].size < pages * WALK_PAGE)
		return WALK_NONE;
	return index;
}

struct walk_map *walk_map_room(struct walk_allocation *allocation)
{
	unsigned int i;

	for (i = 0; i < WALK_MAPS; i++)
		if (!allocation->maps[i].live)
			return &allocation->maps[i];
	return NULL;
}

static void place(struct walk *w, D3DDDI_MAPGPUVIRTUALADDRESS *args,
		  struct walk_map *map)
{
	map->range = walk_chance(w, 4) ? walk_pick_range(w, args->SizeInPages) :
					 WALK_NONE;
	/* Work under way may use what was there, or read zeros. */
	if (map->range != WALK_NONE)
		walk_finish_all(w);
	if (map->range != WALK_NONE)
		args->BaseAddress = w->world->ranges[map->range].address;
	else if (walk_chance(w, 4))
		args->MaximumAddress = 1ull << (34 + walk_below(w, 8));
}

struct walk_map *walk_map(struct walk *w, struct walk_allocation *allocation,
			  uint64_t offset, uint64_t pages, bool write)
{
	unsigned int paging = walk_paging_for(w, allocation->device);
	struct walk_map *map = walk_map_room(allocation);
	D3DDDI_MAPGPUVIRTUALADDRESS args = {
		.hAllocation = allocation->handle,
		.OffsetInPages = offset,
		.SizeInPages = pages,
	};

	if (!map || paging == WALK_NONE)
		return NULL;
	place(w, &args, map);
	args.hPagingQueue = w->world->pagings[paging].handle;
	args.Protection.Write = write;
	if (!walk_call(w, D3DKMTMapGpuVirtualAddress(&args),
		       WALK_OK | WALK_PENDING,
		       "map allocation %u, page %llu, %llu pages%s",
		       allocation->id, (unsigned long long)offset,
		       (unsigned long long)pages, write ? "" : ", read only"))
		return NULL;
	walk_detail(w, ", at %llx", (unsigned long long)args.VirtualAddress);
	if (!args.VirtualAddress || args.VirtualAddress % WALK_PAGE ||
	    (args.BaseAddress && args.BaseAddress != args.VirtualAddress) ||
	    (args.MaximumAddress && args.VirtualAddress + pages * WALK_PAGE >
				    args.MaximumAddress))
		walk_fail(w, "mapped at %llx",
			  (unsigned long long)args.VirtualAddress);
	/* What is there after the mapping is nobody's promise. */
	if (map->range != WALK_NONE) {
		w->world->ranges[map->range].used = true;
		w->world->ranges[map->range].zero = false;
	}
	map->live = true;
	map->write = write;
	map->address = args.VirtualAddress;
	map->offset = offset * WALK_PAGE;
	map->pages = pages;
	map->paging = w->world->pagings[paging].id;
	map->value = args.PagingFenceValue;
	walk_promise(&w->world->pagings[paging], map->value);
	return map;
}

void walk_maps_gone(struct walk *w, struct walk_allocation *allocation)
{
	unsigned int i;

	for (i = 0; i < WALK_MAPS; i++) {
		struct walk_map *map = &allocation->maps[i];

		if (map->live && map->range != WALK_NONE)
			w->world->ranges[map->range].used = false;
		map->live = false;
	}
}

void walk_gpuva_map(struct walk *w)
{
	unsigned int index = walk_pick(w, w->world->allocations);
	struct walk_allocation *allocation;
	uint64_t offset, pages;

	if (index == WALK_NONE)
		return;
	allocation = &w->world->allocations[index];
	if (w->world->devices[allocation->device].lost)
		return;
	pages = allocation->memory->size / WALK_PAGE;
	offset = walk_chance(w, 2) ? 0 : walk_below(w, (unsigned int)pages);
	pages = 1 + walk_below(w, (unsigned int)(pages - offset));
	walk_map(w, allocation, offset, pages, !walk_chance(w, 4));
}

static void free_addresses(struct walk *w, uint64_t address, uint64_t size)
{
	D3DKMT_FREEGPUVIRTUALADDRESS args = {
		.hAdapter = w->world->adapter,
		.BaseAddress = address,
		.Size = size,
	};

	walk_call(w, D3DKMTFreeGpuVirtualAddress(&args), WALK_OK,
		  "free addresses, %llu bytes", (unsigned long long)size);
	/* Another thread may have got them by now. */
	if (w->world->alone && walk_chance(w, 4))
		walk_call(w, D3DKMTFreeGpuVirtualAddress(&args),
			  WALK_PARAMETER, "free them again");
}

void walk_gpuva_free(struct walk *w)
{
	unsigned int index = walk_pick(w, w->world->allocations);
	struct walk_allocation *allocation;
	struct walk_range *range;
	struct walk_map *map;

	if (index == WALK_NONE)
		return;
	allocation = &w->world->allocations[index];
	map = &allocation->maps[walk_below(w, WALK_MAPS)];
	if (!map->live)
		return;
	walk_memory_idle(w, allocation->memory);
	map->live = false;
	if (map->range == WALK_NONE) {
		free_addresses(w, map->address, map->pages * WALK_PAGE);
		return;
	}
	range = &w->world->ranges[map->range];
	free_addresses(w, range->address, range->size);
	range->live = false;
}

void walk_gpuva_reserve(struct walk *w)
{
	unsigned int index = walk_room(w, w->world->ranges);
	unsigned int paging = walk_pick(w, w->world->pagings);
	struct walk_range *range;
	D3DDDI_RESERVEGPUVIRTUALADDRESS args = { 0 };

	if (index == WALK_NONE)
		return;
	range = &w->world->ranges[index];
	args.hAdapter = w->world->adapter;
	if (paging != WALK_NONE && walk_chance(w, 2))
		args.hPagingQueue = w->world->pagings[paging].handle;
	args.Size = (1 + walk_below(w, 8)) * RESERVE_UNIT;
	args.ReservationType = (D3DDDIGPUVIRTUALADDRESS_RESERVATION_TYPE)
			       walk_below(w, 3);
	walk_call(w, D3DKMTReserveGpuVirtualAddress(&args),
		  WALK_OK | WALK_PENDING, "reserve %llu bytes, type %d",
		  (unsigned long long)args.Size, (int)args.ReservationType);
	walk_detail(w, ", at %llx", (unsigned long long)args.VirtualAddress);
	if (!args.VirtualAddress || args.VirtualAddress % RESERVE_UNIT)
		walk_fail(w, "reserved at %llx",
			  (unsigned long long)args.VirtualAddress);
	range->live = true;
	range->used = false;
	range->zero = args.ReservationType ==
		      D3DDDIGPUVIRTUALADDRESS_RESERVE_ZERO;
	range->address = args.VirtualAddress;
	range->size = args.Size;
}

void walk_gpuva_unreserve(struct walk *w)
{
	unsigned int index = walk_pick(w, w->world->ranges);

	if (index == WALK_NONE || w->world->ranges[index].used)
		return;
	/* Something may be reading zeros from there. */
	walk_finish_all(w);
	w->world->ranges[index].live = false;
	free_addresses(w, w->world->ranges[index].address,
		       w->world->ranges[index].size);
}
