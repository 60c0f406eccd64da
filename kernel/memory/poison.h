/*
 * poison.h - the values that fill memory whose content is undefined.
 *
 * Eight such bytes are not a canonical address: a pointer read from freed
 * memory faults at once, and panics recognise the pattern (Intel SDM 1,
 * 3.3.7.1).
 */
#ifndef FIRSTLIGHT_KERNEL_MEMORY_POISON_H
#define FIRSTLIGHT_KERNEL_MEMORY_POISON_H

#define POISON_NEW 0xa5     /* allocated, not written yet */
#define POISON_FREED 0xdf   /* freed */
#define POISON_REDZONE 0xbb /* after an allocation */

#endif
