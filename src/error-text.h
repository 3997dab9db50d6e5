/* SPDX-License-Identifier: MIT */
/* What dxg_last_error_text() says: why no device could be reached. */
#ifndef DXG_SRC_ERROR_TEXT_H
#define DXG_SRC_ERROR_TEXT_H

/* Of the calling thread; cut where the buffer ends. */
__attribute__((format(printf, 1, 2)))
void dxg_error_text_set(const char *format, ...);

/* What it says, for the library's own files. */
const char *dxg_error_text(void);

#endif
