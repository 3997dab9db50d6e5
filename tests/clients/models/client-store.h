/* SPDX-License-Identifier: MIT */
/* Driver stores: folders with the files of a user-mode driver, on this machine. */
#ifndef CLIENT_STORE_H
#define CLIENT_STORE_H

/* Makes a folder with an empty file of each of these names, up to NULL; its path. */
const char *client_make_store(const char *const *names);
/* Takes the folder away again; @names as before. */
void client_remove_store(const char *const *names);

#endif
