/*
 * carrier.c - the kernel of lab 10: its IDT leads to the student's handlers, and it shows what is typed.
 *
 * The checks stop at each call of the student's functions (entry.asm), type, and look.
 */
#include <stdbool.h>
#include <stddef.h>

#include "keyboard.h"
#include "layout.h"
#include "lib/port.h"
#include "timer.h"

#define GATE_PRESENT_INTERRUPT 0x8e /* DPL 0, 64-bit interrupt gate: IF = 0 in the handler */
#define LINES 16
#define FIRST_VECTOR 0x20
#define GATES (FIRST_VECTOR + LINES) /* none for exceptions: one of them ends the machine */
#define FIRST_HZ 100
#define HZ 400
#define ENOUGH_TICKS 40
#define PIC_COMMAND 0x20
#define PIC_READ_REQUESTS 0x0a
#define KEYBOARD_REQUEST 0x02
#define MOST_LOOKS 10000 /* at the requests: a millisecond or more */

/* In the order of `CALLS` in checks.mjs. */
enum call { SETUP, KEYBOARD, COUNT, NEXT, LOST };

struct gate {
    uint16_t offset_low, selector;
    uint8_t stack, type;
    uint16_t offset_middle;
    uint32_t offset_high, reserved;
};

struct __attribute__((packed)) table_register {
    uint16_t limit;
    uint64_t base;
};

_Static_assert(sizeof(struct gate) == 16 && sizeof(struct table_register) == 10, "as the CPU reads them");

/* What the checks look at and set. */
struct carrier {
    uint32_t fetches; /* 1: the kernel takes characters; 0: they wait */
};

void carrier_main(void);

/* entry.asm */
uint64_t watched_call(uint64_t (*function)(uint64_t), uint64_t argument, unsigned call);
void wait_for_interrupt(volatile struct carrier *carrier);
void raise_line_7(void);
uint16_t code_selector(void);
void idt_load(const void *limit_and_base);
void tick_stub(void);
void key_stub(void);
void spurious_stub(void);
void other_stub(void);

static struct gate idt[GATES];
static volatile struct carrier carrier = { .fetches = 1 };

/* ---- the student's functions, each of which has its own type -------------------- */

static uint64_t setup(uint64_t hz)
{
    timer_setup((unsigned)hz);
    return 0;
}

static uint64_t setup_keyboard(uint64_t unused)
{
    (void)unused;
    keyboard_setup();
    return 0;
}

static uint64_t count(uint64_t unused)
{
    (void)unused;
    return timer_count();
}

static uint64_t next(uint64_t unused)
{
    (void)unused;
    return (uint64_t)(int64_t)keyboard_next();
}

static uint64_t lost(uint64_t unused)
{
    (void)unused;
    return keyboard_lost();
}

/* ---- interrupts ------------------------------------------------------------------ */

static void set_gate(unsigned vector, void (*handler)(void))
{
    uint64_t offset = (uint64_t)handler;

    idt[vector] = (struct gate){ .offset_low = (uint16_t)offset, .selector = code_selector(),
                                 .type = GATE_PRESENT_INTERRUPT,
                                 .offset_middle = (uint16_t)(offset >> 16),
                                 .offset_high = (uint32_t)(offset >> 32) };
}

static void start_idt(void)
{
    struct table_register idtr = { sizeof idt - 1, (uint64_t)idt };

    for (unsigned line = 0; line < LINES; line++)
        set_gate(FIRST_VECTOR + line, other_stub);
    set_gate(FIRST_VECTOR, tick_stub);
    set_gate(FIRST_VECTOR + 1, key_stub);
    set_gate(FIRST_VECTOR + 7, spurious_stub);
    idt_load(&idtr);
}

/* ---- the screen ------------------------------------------------------------------- */

static volatile uint16_t *const cells = (volatile uint16_t *)(KERNEL_BASE + VGA_TEXT_ADDRESS);

static void show(unsigned cell, char c)
{
    cells[cell] = (uint16_t)(0x0f00 | (uint8_t)c);
}

static void clear(void)
{
    for (unsigned i = 0; i < VGA_ROWS * VGA_COLUMNS; i++)
        show(i, ' ');
}

static void show_title(void)
{
    static const char text[] = "A timer and a keyboard: yours.";

    for (unsigned i = 0; i < sizeof text - 1; i++)
        show(i, text[i]);
}

/* What is typed: in the rows below the title, and on COM1. */
static void echo(int character)
{
    static unsigned cell = VGA_COLUMNS;

    if (character < ' ' || character > '~')
        return;
    outb(COM1_PORT, (uint8_t)character);
    show(cell, (char)character);
    cell = cell + 1 < VGA_ROWS * VGA_COLUMNS ? cell + 1 : VGA_COLUMNS;
}

/* ---- the kernel ------------------------------------------------------------------- */

static void fetch_all(void)
{
    int character;

    while ((character = (int)watched_call(next, 0, NEXT)) >= 0)
        echo(character);
}

/* A key that was pressed while the PC booted: the controller needs a moment until it raises line 1. */
static void wait_for_keyboard_line(void)
{
    unsigned looks = 0;

    outb(PIC_COMMAND, PIC_READ_REQUESTS);
    while (!(inb(PIC_COMMAND) & KEYBOARD_REQUEST) && looks < MOST_LOOKS)
        looks++;
}

void carrier_main(void)
{
    clear();
    start_idt();
    wait_for_keyboard_line();
    watched_call(setup, FIRST_HZ, SETUP);
    watched_call(setup, HZ, SETUP);
    watched_call(setup_keyboard, 0, KEYBOARD);
    raise_line_7();
    for (;;) {
        wait_for_interrupt(&carrier);
        if (watched_call(count, 0, COUNT) >= ENOUGH_TICKS)
            show_title();
        if (carrier.fetches)
            fetch_all();
        watched_call(lost, 0, LOST);
    }
}
