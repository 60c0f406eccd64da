/*
 * options.h - how the user wants to boot.
 */
#ifndef STAGE2_OPTIONS_H
#define STAGE2_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#define OPTION_FORCE_CHS (1u << 0) /* read by CHS even if there is EDD */
#define OPTION_VERBOSE (1u << 1)   /* print every transfer and every raw memory range */

/*
 * Reads the options: those left by options_restart(), and both if a Shift key
 * is held at this moment.
 */
void options_start(void);

bool option_is_set(uint32_t option);

/* Starts over from the MBR that is still in memory, with these options. */
void options_restart(uint32_t next, uint8_t drive) __attribute__((noreturn));

#endif
