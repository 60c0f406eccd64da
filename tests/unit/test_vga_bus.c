/*
 * test_vga_bus.c - every access to the VGA's memory is counted, and
 * a missing VGA is noticed.
 */
#define _GNU_SOURCE /* for the names of the CPU registers in a signal */
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <ucontext.h>

#include "tests/unit/vga_machine.h"

/* ---- the bus, watched ---------------------------------------------------- */

/*
 * Memory whose every access is seen: the page forbids them all, so
 * each one faults and is counted; the page is opened for one step of the CPU and
 * then closed again.  A bus without a VGA forgets what was written: it
 * reads all ones or, when it floats, the value last written.
 */
#define PAGE 4096
#define TRAP_FLAG 0x100
#define FAULT_WAS_WRITE 0x2 /* in the page fault's error code */

enum bus { BUS_KEEPS, BUS_EMPTY, BUS_FLOATS };

static struct {
    uint16_t *page;
    enum bus bus;
    uint16_t last[2]; /* what the two cells read before this access */
    unsigned reads, writes;
} watched;

static void open_for_one_step(int signal, siginfo_t *info, void *context)
{
    greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;

    (void)signal;
    if ((uintptr_t)info->si_addr - (uintptr_t)watched.page >= PAGE)
        abort();
    mprotect(watched.page, PAGE, PROT_READ | PROT_WRITE);
    if (registers[REG_ERR] & FAULT_WAS_WRITE)
        watched.writes++;
    else
        watched.reads++;
    registers[REG_EFL] |= TRAP_FLAG;
}

static void forget_what_was_written(void)
{
    uint16_t *cells = watched.page;
    uint16_t written = cells[0] != watched.last[0] ? cells[0] : cells[1];
    uint16_t left = watched.bus == BUS_FLOATS ? written : 0xffff;

    cells[0] = cells[1] = watched.last[0] = watched.last[1] = left;
}

static void close_again(int signal, siginfo_t *info, void *context)
{
    greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;

    (void)signal;
    (void)info;
    if (watched.bus != BUS_KEEPS)
        forget_what_was_written();
    mprotect(watched.page, PAGE, PROT_NONE);
    registers[REG_EFL] &= ~(greg_t)TRAP_FLAG;
}

static void watch(enum bus bus)
{
    struct sigaction fault = { .sa_sigaction = open_for_one_step, .sa_flags = SA_SIGINFO };
    struct sigaction step = { .sa_sigaction = close_again, .sa_flags = SA_SIGINFO };

    memset(&watched, 0, sizeof(watched));
    watched.bus = bus;
    watched.page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(watched.page, MAP_FAILED);
    memset(watched.page, 0xff, PAGE);
    watched.last[0] = watched.last[1] = 0xffff;
    mprotect(watched.page, PAGE, PROT_NONE);
    sigaction(SIGSEGV, &fault, NULL);
    sigaction(SIGTRAP, &step, NULL);
}

static int unwatch(void **state)
{
    (void)state;
    signal(SIGSEGV, SIG_DFL);
    signal(SIGTRAP, SIG_DFL);
    return munmap(watched.page, PAGE);
}

/* A store to the VGA costs as much as a hundred to RAM, whatever its width: use the widest. */
static void test_flush_never_reads_and_stores_four_cells_at_once(void **state)
{
    (void)state;
    watch(BUS_KEEPS);
    screen.memory = watched.page;
    write_text("a\n\nb");
    vga_text_flush(&screen);
    assert_int_equal(watched.reads, 0);
    assert_int_equal(watched.writes, 2 * VGA_COLUMNS / 4);
    write_numbered_rows();
    vga_text_flush(&screen);
    assert_int_equal(watched.reads, 0);
}

static void test_probe_finds_memory_and_leaves_it_as_it_was(void **state)
{
    (void)state;
    memory[0] = 0x1234;
    memory[1] = 0x5678;
    assert_true(vga_text_probe(memory));
    assert_int_equal(memory[0], 0x1234);
    assert_int_equal(memory[1], 0x5678);
}

static void test_probe_is_not_fooled_by_ram_in_the_screens_place(void **state)
{
    (void)state;
    no_vga = true;
    assert_false(vga_text_probe(memory));
    no_vga = false;
}

static void test_probe_leaves_the_cursor_alone(void **state)
{
    (void)state;
    crtc[0x0f] = 0x77;
    assert_true(vga_text_probe(memory));
    assert_int_equal(crtc[0x0f], 0x77);
}

static void test_probe_finds_nothing_on_an_empty_bus(void **state)
{
    (void)state;
    watch(BUS_EMPTY);
    assert_false(vga_text_probe(watched.page));
}

static void test_probe_is_not_fooled_by_a_floating_bus(void **state)
{
    (void)state;
    watch(BUS_FLOATS);
    assert_false(vga_text_probe(watched.page));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_flush_never_reads_and_stores_four_cells_at_once,
                                        set_up, unwatch),
        cmocka_unit_test_setup(test_probe_finds_memory_and_leaves_it_as_it_was, set_up),
        cmocka_unit_test_setup(test_probe_is_not_fooled_by_ram_in_the_screens_place, set_up),
        cmocka_unit_test_setup(test_probe_leaves_the_cursor_alone, set_up),
        cmocka_unit_test_teardown(test_probe_finds_nothing_on_an_empty_bus, unwatch),
        cmocka_unit_test_teardown(test_probe_is_not_fooled_by_a_floating_bus, unwatch),
    };

    return cmocka_run_group_tests_name("vga_bus", tests, NULL, NULL);
}
