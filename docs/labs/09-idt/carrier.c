/*
 * carrier.c - the kernel of lab 9: lets one exception after the other happen, with registers full
 * of patterns, and does about each what a kernel would do.
 *
 * The checks stop at the instruction, at each call of the two functions and after the instruction
 * (entry.asm).  So that a wrong IDT is noticed in any machine, the kernel looks at the registers as well.
 */
#include "lib/cpu.h"
#include "machine.h"

#define PATTERN 0x9e3779b97f4a7c15u
#define FLAGS_FIXED 0x2u
#define FLAGS_CARRY 0x1u
#define FLAGS_ZERO 0x40u
#define FLAGS_IF 0x200u
#define FLAGS_DF 0x400u

#define ABSENT 0x0000123456789abcu /* an address without a table */
#define NOT_CANONICAL 0x1234567812345678u
#define NO_SELECTOR 0x1238u /* beyond the GDT */
#define STACK_BYTES 4096

#define VECTOR_BREAKPOINT 3
#define VECTOR_DOUBLE_FAULT 8
#define VECTOR_GENERAL_PROTECTION 13
#define VECTOR_PAGE_FAULT 14
#define VECTOR_TIMER 0x20

static uint8_t stack[STACK_BYTES] __attribute__((aligned(16)));
static enum probe current;
static struct interrupt_frame before;
static unsigned row, handled, mistakes;

/* ---- what happens */

/* Of the general registers, in the order of a frame. */
static uint64_t *general(struct interrupt_frame *frame)
{
    return &frame->rax;
}

static void aim(void)
{
    static const uint64_t addresses[PROBES] = {
        [READ_ABSENT] = ABSENT,
        [WRITE_READ_ONLY] = AREA_READ_ONLY + 0xabc,
        [FETCH_ABSENT] = ABSENT + 0x1000,
        [FETCH_DATA] = AREA_NO_EXECUTE + 0x123,
        [USER_READ] = AREA_NO_EXECUTE + 0x456,
        [USER_WRITE] = ABSENT + 0x2000,
        [MENDED] = AREA_ON_DEMAND + 0x789,
        [NESTED] = ABSENT + 0x3000,
    };

    if (addresses[current] != 0)
        before.rdi = addresses[current];
    switch (current) {
    case DIVIDE: before.rcx = 0; break;
    case SEGMENT: before.rbx = SELECTOR_NOT_PRESENT; break;
    case SELECTOR: before.rbx = NO_SELECTOR; break;
    case STACK: before.rbp = NOT_CANONICAL; break;
    case DOUBLE_FAULT: before.rsp = ABSENT; break;
    default: break;
    }
}

/* Where the code of a probe is, or goes on, in one of three mappings of it. */
static uint64_t place_of(enum probe probe)
{
    uint64_t address = (uint64_t)places[probe];

    if (probe == INT3_LOW)
        return address - KERNEL_BASE;
    if (probe == USER_READ || probe == USER_WRITE)
        return address - KERNEL_BASE - KERNEL_LOAD_ADDRESS + AREA_USER_CODE;
    return address;
}

static void prepare(void)
{
    bool user = current == USER_READ || current == USER_WRITE;

    for (unsigned i = 0; i < 15; i++)
        general(&before)[i] = PATTERN * (current * 16 + i + 1);
    before.rip = place_of(current);
    before.cs = user ? SELECTOR_USER_CODE : SELECTOR_CODE;
    before.ss = user ? SELECTOR_USER_DATA : SELECTOR_DATA;
    before.rflags = FLAGS_FIXED | (current % 2 ? FLAGS_DF | FLAGS_CARRY : FLAGS_ZERO);
    if (current == INT3_LOW || current == TIMER)
        before.rflags |= FLAGS_IF;
    before.rsp = (uint64_t)stack + sizeof stack - current; /* the CPU has to align it */
    aim();
}

static void compare(void)
{
    for (unsigned i = 0; i < 15; i++)
        mistakes += after.general[i] != general(&before)[i];
    mistakes += after.rsp != before.rsp && current != DOUBLE_FAULT;
    mistakes += after.rflags != before.rflags && current != USER_READ && current != USER_WRITE;
    mistakes += handled != (current == NESTED ? 2 : 1);
}

static void run(enum probe probe)
{
    current = probe;
    handled = 0;
    prepare();
    if (probe == TIMER)
        timer_begin();
    enter_probe(&before);
    compare();
}

/* ---- what the kernel does about it */

/* Goes on after the instruction, in the kernel, and on a stack that is there. */
static void resume(struct interrupt_frame *frame)
{
    frame->rip = (uint64_t)places[current] + RESUME_OFFSET;
    frame->cs = SELECTOR_CODE;
    frame->ss = SELECTOR_DATA;
    if (current == DOUBLE_FAULT)
        frame->rsp = (uint64_t)stack + sizeof stack;
}

static bool handle_page_fault(void)
{
    uint64_t address = read_cr2();

    if (address >= AREA_ON_DEMAND && address < AREA_ON_DEMAND_END) {
        map_on_demand(address);
        return true;
    }
    if (current == NESTED)
        (void)*(volatile uint8_t *)(AREA_ON_DEMAND_END - 0x1000 + 0xdef);
    return false;
}

bool carrier_handle(struct interrupt_frame *frame)
{
    handled++;
    switch (frame->vector) {
    case VECTOR_BREAKPOINT: return true;
    case VECTOR_PAGE_FAULT: return handle_page_fault();
    case VECTOR_GENERAL_PROTECTION: return false;
    case VECTOR_TIMER: timer_end(); break;
    default: break;
    }
    resume(frame);
    return true;
}

static void write_row(const char *text, uint8_t attribute)
{
    volatile uint16_t *cell = (uint16_t *)(KERNEL_BASE + VGA_TEXT_ADDRESS) + row++ * VGA_COLUMNS;

    for (unsigned i = 0; i < VGA_COLUMNS && text[i] != '\0'; i++)
        cell[i] = (uint16_t)(attribute << 8 | (uint8_t)text[i]);
}

void carrier_report(struct interrupt_frame *frame, const char *text)
{
    if (frame->vector == VECTOR_PAGE_FAULT && (uint64_t)text >= KERNEL_BASE && row < VGA_ROWS - 2)
        write_row(text, 0x07);
    resume(frame);
}

static void clear_screen(void)
{
    for (unsigned i = 0; i < VGA_ROWS * VGA_COLUMNS; i++)
        ((volatile uint16_t *)(KERNEL_BASE + VGA_TEXT_ADDRESS))[i] = 0x0700 | ' ';
}

void carrier_main(void)
{
    machine_start();
    clear_screen();
    watched_install(ist_of);
    for (enum probe probe = 0; probe < PROBES; probe++)
        run(probe);
    row++;
    write_row(mistakes == 0 ? "An IDT that survives int3 and explains #PF: yours."
                            : "An IDT that does not return everything: `make check N=9` says what.",
              0x0f);
}
