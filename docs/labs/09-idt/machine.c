/*
 * machine.c - segments, stacks, pages and a timer for lab 9's exceptions.
 */
#include "machine.h"

#include <stddef.h>

#include "kernel/cpu/registers.h"
#include "lib/cpu.h"
#include "lib/port.h"

#define STACK_BYTES 8192
#define PAGE_ENTRIES 512
#define PRESENT 1ull
#define WRITE 2ull
#define USER 4ull
#define NO_EXECUTE (1ull << 63)
#define CR0_WP 0x10000ul

#define PIC1 0x20
#define PIC2 0xa0
#define FIRST_VECTOR 0x20
#define END_OF_INTERRUPT 0x20
#define PIT_CHANNEL_0 0x40
#define PIT_COMMAND 0x43
#define PIT_ONE_SHOT 0x30 /* channel 0, low and high byte, mode 0 */
#define PIT_COUNT 60      /* of 1.19 MHz: 50 us */

struct task_state {
    uint32_t reserved_0;
    uint64_t rsp[3];
    uint64_t reserved_1;
    uint64_t ist[7];
    uint64_t reserved_2;
    uint16_t reserved_3;
    uint16_t io_map;
} __attribute__((packed));

const uint8_t ist_of[VECTORS] = {[2] = IST_NMI, [8] = IST_DOUBLE_FAULT, [18] = IST_MACHINE_CHECK};

static uint64_t gdt[GDT_ENTRIES] = {
    [SELECTOR_DATA / 8] = 0x00cf93000000ffff,      [SELECTOR_NOT_PRESENT / 8] = 0x00cf13000000ffff,
    [SELECTOR_CODE / 8] = 0x00af9b000000ffff,      [SELECTOR_USER_DATA / 8] = 0x00cff3000000ffff,
    [SELECTOR_USER_CODE / 8] = 0x00affb000000ffff,
};
static struct task_state task;
static uint8_t stacks[1 + IST_MACHINE_CHECK][STACK_BYTES] __attribute__((aligned(16)));

static uint64_t directory_pointers[PAGE_ENTRIES] __attribute__((aligned(4096)));
static uint64_t directory[PAGE_ENTRIES] __attribute__((aligned(4096)));
static uint64_t pages[PAGE_ENTRIES] __attribute__((aligned(4096)));
static uint8_t data_page[4096] __attribute__((aligned(4096)));

static uint64_t physical(const void *address)
{
    return (uint64_t)address - KERNEL_BASE;
}

static uint64_t top_of(size_t stack)
{
    return (uint64_t)stacks[stack] + STACK_BYTES;
}

static void start_segments(void)
{
    uint64_t base = (uint64_t)&task, limit = sizeof task - 1;

    task.rsp[0] = top_of(0);
    for (size_t i = 1; i <= IST_MACHINE_CHECK; i++)
        task.ist[i - 1] = top_of(i);
    task.io_map = sizeof task;
    gdt[SELECTOR_TASK / 8] = limit | (base & 0xffffff) << 16 | 0x89ull << 40 |
                             (base >> 24 & 0xff) << 56;
    gdt[SELECTOR_TASK / 8 + 1] = base >> 32;
    load_gdt(gdt, sizeof gdt - 1);
    load_segments(SELECTOR_CODE, SELECTOR_DATA);
    load_task_register(SELECTOR_TASK);
}

static uint64_t *page_of(uint64_t address)
{
    return &pages[address >> 12 & (PAGE_ENTRIES - 1)];
}

static void start_pages(void)
{
    uint64_t *pml4 = (uint64_t *)(KERNEL_BASE + read_cr3());

    pml4[AREA >> 39] = physical(directory_pointers) | PRESENT | WRITE | USER;
    directory_pointers[0] = physical(directory) | PRESENT | WRITE | USER;
    directory[0] = physical(pages) | PRESENT | WRITE | USER;
    *page_of(AREA_USER_CODE) = KERNEL_LOAD_ADDRESS | PRESENT | USER;
    *page_of(AREA_READ_ONLY) = physical(data_page) | PRESENT | NO_EXECUTE;
    *page_of(AREA_NO_EXECUTE) = physical(data_page) | PRESENT | WRITE | NO_EXECUTE;
    write_cr0(read_cr0() | CR0_WP);
}

void map_on_demand(uint64_t address)
{
    *page_of(address) = physical(data_page) | PRESENT | WRITE | NO_EXECUTE;
}

static void start_pic(uint16_t pic, uint8_t first_vector, uint8_t cascade)
{
    outb(pic, 0x11);
    outb(pic + 1, first_vector);
    outb(pic + 1, cascade);
    outb(pic + 1, 0x01);
    outb(pic + 1, 0xff);
}

void machine_start(void)
{
    start_segments();
    start_pages();
    start_pic(PIC1, FIRST_VECTOR, 0x04);
    start_pic(PIC2, FIRST_VECTOR + 8, 0x02);
}

void timer_begin(void)
{
    outb(PIT_COMMAND, PIT_ONE_SHOT);
    outb(PIT_CHANNEL_0, PIT_COUNT);
    outb(PIT_CHANNEL_0, 0);
    outb(PIC1 + 1, 0xfe);
}

void timer_end(void)
{
    outb(PIC1 + 1, 0xff);
    outb(PIC1, END_OF_INTERRUPT);
}
