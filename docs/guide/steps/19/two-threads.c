/* two-threads.c - two threads that hand the CPU to each other: a second stack, and one function. */
#include <stdint.h>

void kernel(void);
void switch_to(uint64_t **stopped_at, uint64_t *go_on_at);

/* What C expects to find unchanged after a call goes onto the old stack and comes from the new one. */
__asm__(".section .text.start\n call kernel\n"
        ".text\nswitch_to:\n"
        " push %rbx\n push %rbp\n push %r12\n push %r13\n push %r14\n push %r15\n"
        " mov %rsp, (%rdi)\n"
        " mov %rsi, %rsp\n"
        " pop %r15\n pop %r14\n pop %r13\n pop %r12\n pop %rbp\n pop %rbx\n"
        " ret\n");

static uint64_t stack[512] __attribute__((aligned(16)));
static uint64_t *stopped[2]; /* RSP of each thread while it does not run */
static unsigned current;

static void yield(void)
{
    unsigned before = current;

    current = 1 - current;
    switch_to(&stopped[before], stopped[current]);
}

static void put(char c)
{
    static volatile uint16_t *cell = (volatile uint16_t *)0xb8000 + 24 * 80;

    *cell++ = (uint16_t)(0x0f00 | c);
}

static void second_thread(void)
{
    for (;;) {
        put('b');
        yield();
    }
}

void kernel(void)
{
    stack[510] = (uint64_t)second_thread; /* where the first RET of the new thread leads */
    stopped[1] = &stack[504];             /* six registers below it */
    for (int i = 0; i < 20; i++) {
        put('A');
        yield();
    }
    for (;;)
        __asm__ volatile("hlt");
}
