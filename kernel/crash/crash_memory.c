/*
 * crash_memory.c - failures that page permissions and the heap catch.
 */
#include <stddef.h>
#include <stdint.h>

#include "kernel/crash/crash.h"
#include "kernel/memory/address_space.h"
#include "kernel/memory/heap.h"

#define BLOCK_BYTES 100u

void crash_wx(void)
{
    volatile uint8_t *volatile code = (volatile uint8_t *)(KERNEL_BASE + KERNEL_LOAD_ADDRESS);

    *code = 0x90;
}

void crash_nx(void)
{
    /* in the loader's old stack: ordinary memory */
    void (*volatile function)(void) = (void (*)(void))(DIRECT_MAP_BASE + STACK_BOTTOM);

    function();
}

void crash_doublefree(void)
{
    void *volatile block = kmalloc(BLOCK_BYTES);

    kfree(block);
    kfree(block); /* again */
}

void crash_useafterfree(void)
{
    uint8_t *volatile block = kmalloc(BLOCK_BYTES);

    kfree(block);
    block[BLOCK_BYTES / 2] = 1;
    kheap_check();
}

void crash_overrun(void)
{
    uint8_t *volatile block = kmalloc(BLOCK_BYTES);

    block[BLOCK_BYTES] = 1;
    kfree(block);
}
