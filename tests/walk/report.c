/* SPDX-License-Identifier: MIT */
/* The log of calls, the judgement on answers, and the watchdog. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <dxg/dxg.h>
#include <dxg/status.h>

#include "walk.h"

#define WATCH_MAX	64
/* Nothing the walk does takes so long, on a loaded machine under valgrind. */
#define PATIENCE_MS	(180000 * t_patience())
/* Of the other threads, when one fails. */
#define OTHERS_LINES	16

static const struct {
	unsigned int bit;
	NTSTATUS status;
} answers[] = {
	{ WALK_OK, STATUS_SUCCESS },
	{ WALK_PENDING, STATUS_PENDING },
	{ WALK_PARAMETER, STATUS_INVALID_PARAMETER },
	{ WALK_HANDLE, STATUS_INVALID_HANDLE },
	{ WALK_NO_MEMORY, STATUS_NO_MEMORY },
	{ WALK_VIDEO_MEMORY, STATUS_GRAPHICS_NO_VIDEO_MEMORY },
	{ WALK_REMOVED, STATUS_DEVICE_REMOVED },
	{ WALK_EXCEPTION, STATUS_GRAPHICS_GPU_EXCEPTION_ON_DEVICE },
	{ WALK_DENIED, STATUS_ACCESS_DENIED },
	{ WALK_TOO_SMALL, STATUS_BUFFER_TOO_SMALL },
	{ WALK_UNSUCCESSFUL, STATUS_UNSUCCESSFUL },
	{ WALK_NOT_SUPPORTED, STATUS_NOT_SUPPORTED },
	{ WALK_ACCESS, STATUS_ACCESS_VIOLATION },
};

#define ANSWERS (sizeof(answers) / sizeof(answers[0]))

static struct {
	pthread_mutex_t lock;
	pthread_cond_t wake;
	pthread_t thread;
	struct walk **walks;
	unsigned int count;
	bool stop;
} watch = {
	.lock = PTHREAD_MUTEX_INITIALIZER,
	.wake = PTHREAD_COND_INITIALIZER,
};

char walk_machine[400];

void walk_init(struct walk *w, unsigned int index, uint64_t seed)
{
	memset(w, 0, sizeof(*w));
	w->index = index;
	w->random = walk_mix(seed, index + 1);
	w->digest = 0xcbf29ce484222325ull;
	pthread_mutex_init(&w->log_lock, NULL);
}

void walk_end(struct walk *w)
{
	pthread_mutex_destroy(&w->log_lock);
}

static void digest_text(struct walk *w, const char *text)
{
	for (; *text; text++)
		w->digest = (w->digest ^ (unsigned char)*text) *
			    0x100000001b3ull;
}

/* Only this thread writes the log. */
static void trace(const struct walk *w)
{
	if (walk_options.trace)
		fprintf(stderr, "%u: %s\n", w->index,
			w->log[(w->log_next - 1) % WALK_LOG_LINES]);
}

static void add_line(struct walk *w, const char *format, va_list args)
{
	char *line;

	pthread_mutex_lock(&w->log_lock);
	line = w->log[w->log_next++ % WALK_LOG_LINES];
	vsnprintf(line, WALK_LOG_BYTES, format, args);
	pthread_mutex_unlock(&w->log_lock);
	digest_text(w, line);
}

void walk_detail(struct walk *w, const char *format, ...)
{
	va_list args;
	char *line;
	size_t used;

	pthread_mutex_lock(&w->log_lock);
	line = w->log[(w->log_next - 1) % WALK_LOG_LINES];
	used = strlen(line);
	va_start(args, format);
	vsnprintf(line + used, WALK_LOG_BYTES - used, format, args);
	va_end(args);
	pthread_mutex_unlock(&w->log_lock);
}

void walk_note(struct walk *w, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add_line(w, format, args);
	va_end(args);
	trace(w);
}

void walk_begin(struct walk *w, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add_line(w, format, args);
	va_end(args);
	w->calls++;
	w->began = walk_now_ms();
	atomic_fetch_add_explicit(&w->beats, 1, memory_order_relaxed);
	atomic_store_explicit(&w->busy, true, memory_order_relaxed);
}

static void note_time(struct walk *w)
{
	uint64_t spent = walk_now_ms() - w->began;

	if (spent <= w->slowest)
		return;
	w->slowest = spent;
	memcpy(w->slowest_call, w->log[(w->log_next - 1) % WALK_LOG_LINES],
	       WALK_LOG_BYTES);
}

static unsigned int bit_of(NTSTATUS status)
{
	size_t i;

	for (i = 0; i < ANSWERS; i++)
		if (answers[i].status == status)
			return answers[i].bit;
	return 0;
}

static void print_allowed(unsigned int allowed)
{
	size_t i;

	for (i = 0; i < ANSWERS; i++)
		if (answers[i].bit & allowed)
			fprintf(stderr, " %s",
				dxg_status_name(answers[i].status));
	fputc('\n', stderr);
}

bool walk_answer(struct walk *w, NTSTATUS status, unsigned int allowed)
{
	const char *name = dxg_status_name(status);

	atomic_store_explicit(&w->busy, false, memory_order_relaxed);
	note_time(w);
	walk_detail(w, " = %s", name);
	trace(w);
	if (!(bit_of(status) & allowed)) {
		fprintf(stderr, "walk: allowed:");
		print_allowed(allowed);
		walk_fail(w, "%s (0x%08x) is not an answer to that", name,
			  (unsigned int)status);
	}
	/* SUCCESS or PENDING is a matter of time. */
	if (!(allowed & WALK_RACY))
		digest_text(w, status < 0 ? name : "success");
	if (status < 0)
		w->refused++;
	return status >= 0;
}

void walk_print_command(void)
{
	printf("DXG_WALK_SEED=%llu DXG_WALK_THREADS=%u ",
	       (unsigned long long)walk_options.seed, walk_options.threads);
	if (walk_options.seconds)
		printf("DXG_WALK_SECONDS=%llu\n",
		       (unsigned long long)walk_options.seconds);
	else
		printf("DXG_WALK_STEPS=%llu\n",
		       (unsigned long long)walk_options.steps);
	fflush(stdout);
}

static void print_log(struct walk *w, unsigned int lines)
{
	unsigned int i;

	pthread_mutex_lock(&w->log_lock);
	fprintf(stderr, "walk: thread %u, the last calls:\n", w->index);
	for (i = w->log_next > lines ? w->log_next - lines : 0; i < w->log_next;
	     i++)
		fprintf(stderr, "  %s\n", w->log[i % WALK_LOG_LINES]);
	pthread_mutex_unlock(&w->log_lock);
}

void walk_fail(struct walk *w, const char *format, ...)
{
	va_list args;
	unsigned int i;

	for (i = 0; i < watch.count; i++)
		if (watch.walks[i] != w)
			print_log(watch.walks[i], OTHERS_LINES);
	print_log(w, WALK_LOG_LINES);
	fprintf(stderr, "walk: on %s", walk_machine);
	fprintf(stderr, "walk: thread %u: ", w->index);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fprintf(stderr, "\nwalk: again with: ");
	fflush(stderr);
	walk_print_command();
	abort();
}

uint64_t walk_now_ms(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
}

void walk_sleep_ms(unsigned int ms)
{
	struct timespec time = { ms / 1000, ms % 1000 * 1000000L };

	while (nanosleep(&time, &time))
		;
}

static void look_after(struct walk *w, uint64_t *beats, uint64_t *since)
{
	uint64_t now = walk_now_ms();
	uint64_t seen = atomic_load_explicit(&w->beats, memory_order_relaxed);

	if (seen != *beats ||
	    !atomic_load_explicit(&w->busy, memory_order_relaxed)) {
		*beats = seen;
		*since = now;
	} else if (now - *since > PATIENCE_MS) {
		walk_fail(w, "the call does not return");
	}
}

static void *watch_main(void *unused)
{
	uint64_t beats[WATCH_MAX], since[WATCH_MAX];
	struct timespec time;
	unsigned int i;

	(void)unused;
	for (i = 0; i < WATCH_MAX; i++) {
		beats[i] = UINT64_MAX;
		since[i] = 0;
	}
	pthread_mutex_lock(&watch.lock);
	while (!watch.stop) {
		for (i = 0; i < watch.count; i++)
			look_after(watch.walks[i], &beats[i], &since[i]);
		clock_gettime(CLOCK_REALTIME, &time);
		time.tv_sec++;
		pthread_cond_timedwait(&watch.wake, &watch.lock, &time);
	}
	pthread_mutex_unlock(&watch.lock);
	return NULL;
}

void walk_watch(struct walk **walks, unsigned int count)
{
	watch.walks = walks;
	watch.count = count;
	watch.stop = false;
	if (count > WATCH_MAX ||
	    pthread_create(&watch.thread, NULL, watch_main, NULL)) {
		fprintf(stderr, "walk: no watchdog\n");
		exit(1);
	}
}

void walk_unwatch(void)
{
	pthread_mutex_lock(&watch.lock);
	watch.stop = true;
	pthread_cond_signal(&watch.wake);
	pthread_mutex_unlock(&watch.lock);
	pthread_join(watch.thread, NULL);
}
