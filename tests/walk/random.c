/* SPDX-License-Identifier: MIT */
/* The walkers' random numbers. */
#include "walk.h"

uint64_t walk_mix(uint64_t a, uint64_t b)
{
	uint64_t z = a + b * 0x9e3779b97f4a7c15ull;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ull;
	z = (z ^ z >> 27) * 0x94d049bb133111ebull;
	return z ^ z >> 31;
}

uint64_t walk_random(struct walk *w)
{
	w->random += 0x9e3779b97f4a7c15ull;
	return walk_mix(w->random, 0);
}

unsigned int walk_below(struct walk *w, unsigned int n)
{
	return (unsigned int)((walk_random(w) >> 32) * n >> 32);
}

bool walk_chance(struct walk *w, unsigned int n)
{
	return !walk_below(w, n);
}
