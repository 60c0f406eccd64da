/*
 * poison.h - what memory is filled with that nobody may rely on.
 *
 * Eight such bytes are no canonical address: a pointer out of freed memory
 * faults at once, and panics know the pattern (Intel SDM 1, 3.3.7.1).
 */
#ifndef FIRSTLIGHT_KERNEL_MEMORY_POISON_H
#define FIRSTLIGHT_KERNEL_MEMORY_POISON_H

#define POISON_NEW 0xa5     /* allocated, not written yet */
#define POISON_FREED 0xdf   /* given back */
#define POISON_REDZONE 0xbb /* behind an allocation */

#endif
