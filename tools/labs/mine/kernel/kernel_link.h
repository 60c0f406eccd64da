/*
 * kernel_link.h - what the kernel of `make mine` says about a student's part of it.
 *
 * The glue of each link (a folder beside this file) calls it around the student's functions.
 */
#ifndef LABS_MINE_KERNEL_LINK_H
#define LABS_MINE_KERNEL_LINK_H

#include <stdint.h>

#include "tools/labs/mine/mine.h"

/*
 * Leaves a note which link is running, as the links of stage 2 do: if the machine is reset before
 * kernel_link_leave(), the next boot says so.  Returns the note before it, of what was interrupted.
 */
uint32_t kernel_link_enter(enum mine_link link);

/*
 * "TITLE: your program ...": what the link did wrong, and what to try, as a line for the screen.
 * It stays until the next call.
 */
const char *kernel_link_sentence(enum mine_link link, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The link has returned; `note` is what kernel_link_enter() has returned. */
void kernel_link_leave(uint32_t note);

#endif
