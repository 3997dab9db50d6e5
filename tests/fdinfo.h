/* SPDX-License-Identifier: MIT */
/* What the tests of fdinfo share. */
#ifndef FDINFO_H
#define FDINFO_H

#include "lib/t.h"
#include "lib/t-text.h"

#include <unistd.h>

/* fdinfo-read.c */

/* The node that the library opens. */
const char *fdinfo_node(void);
/* The descriptor which the library has opened. */
int fdinfo_descriptor(void);
/* Of a descriptor of any process; to be freed. */
char *fdinfo_of(pid_t process, int fd);
/* Of a descriptor of this one, and of the library's. */
char *fdinfo_read(int fd);
char *fdinfo_own(void);

/* fdinfo-engines.c */
void engines_of_the_gpu_have_times(void **state);
void time_grows_where_the_work_is(void **state);
void time_is_of_the_process_that_has_worked(void **state);
void who_has_no_device_has_no_engines(void **state);
void time_never_falls(void **state);

/* fdinfo-host.c */
void silent_host_keeps_no_reader(void **state);
void silent_host_keeps_what_is_known(void **state);
void engines_that_there_are_not_are_left_out(void **state);
void short_answers_are_no_times(void **state);
void lost_answer_holds_up_nothing(void **state);
void late_answer_is_there_the_next_time(void **state);

/* Lines about engines. */
unsigned int fdinfo_count_engines(const char *text);
/* In ns; fails the test if it is not told. */
uint64_t fdinfo_engine(const char *text, const char *name);

#endif
