/*
 * test_a20.c - the A20 ladder on fake machines.
 *
 * The gate is real: two views of one page of memory stand for addresses
 * 1 MiB apart; opening the gate gives the upper one a page of its own.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <cmocka.h>

#include "lib/port.h"
#include "stage2/a20.h"
#include "stage2/bios.h"

static struct machine {
    int opened_by;         /* the method that works, A20_FAILED for none */
    bool no_controller;    /* port 64h reads FFh */
    bool stuck_controller; /* input buffer always full */
    unsigned slow;         /* accesses of the delay port until the gate opens */
    uint8_t port92;
    /* what happened */
    unsigned bios_calls, controller_writes, port92_writes;
    bool reset, opening, open;
    uint8_t command, output;
} m;

static volatile uint32_t *low, *high;

static void open_gate(void)
{
    m.opening = true;
    if (m.slow == 0 && !m.open) {
        void *own = mmap((void *)(uintptr_t)high, 4096, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
        assert_ptr_equal(own, high);
        m.open = true;
    }
}

void bios_call(uint8_t vector, struct bios_registers *r)
{
    assert_int_equal(vector, 0x15);
    assert_int_equal(r->eax, 0x2401);
    m.bios_calls++;
    r->eflags = 0; /* reports success, even if it is a lie */
    if (m.opened_by == A20_BIOS)
        open_gate();
}

uint8_t inb(uint16_t port)
{
    if (port == 0x92)
        return m.port92;
    if (m.no_controller)
        return 0xff;
    if (port == 0x64)
        return (uint8_t)((m.stuck_controller ? 2 : 0) | (m.command == 0xd0 ? 1 : 0));
    assert_int_equal(port, 0x60);
    m.command = 0;
    return 0xcd; /* output port: A20 off, and bit 0 (not reset) set */
}

void outb(uint16_t port, uint8_t value)
{
    if (port == 0x80) {
        if (m.opening && m.slow > 0 && --m.slow == 0)
            open_gate();
    } else if (port == 0x92) {
        m.port92_writes++;
        m.reset |= value & 1;
        if (m.opened_by == A20_PORT_92 && value & 2)
            open_gate();
    } else if (port == 0x64) {
        m.controller_writes++;
        m.command = value;
    } else {
        assert_int_equal(port, 0x60);
        m.controller_writes++;
        assert_int_equal(m.command, 0xd1);
        m.reset |= !(value & 1);
        if (m.opened_by == A20_KEYBOARD_CONTROLLER && value & 2)
            open_gate();
    }
}

void outw(uint16_t port, uint16_t value)
{
    fail_msg("unexpected outw(%x, %x)", port, value);
}

static enum a20_method run(struct machine machine)
{
    int fd = memfd_create("a20", 0);

    assert_int_equal(ftruncate(fd, 4096), 0);
    m = machine;
    low = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    high = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    *low = 0x12345678;
    enum a20_method method = a20_enable(low, high);
    assert_int_equal(*low, 0x12345678);
    assert_int_equal(a20_is_on(low, high), m.open);
    munmap((void *)(uintptr_t)low, 4096);
    munmap((void *)(uintptr_t)high, 4096);
    return method;
}

static void test_bios_is_asked_first(void **state)
{
    (void)state;
    assert_int_equal(run((struct machine){ .opened_by = A20_BIOS }), A20_BIOS);
    assert_int_equal(m.controller_writes + m.port92_writes, 0);
}

static void test_lying_bios_is_detected(void **state)
{
    (void)state;
    assert_int_equal(run((struct machine){ .opened_by = A20_KEYBOARD_CONTROLLER }),
                     A20_KEYBOARD_CONTROLLER);
    assert_int_equal(m.bios_calls, 1);
    assert_false(m.reset);
    assert_int_equal(m.command, 0xff); /* the null command that closes the sequence */
}

static void test_absent_controller_is_left_alone(void **state)
{
    (void)state;
    assert_int_equal(run((struct machine){ .opened_by = A20_PORT_92, .no_controller = true }),
                     A20_PORT_92);
    assert_int_equal(m.controller_writes, 0);
}

static void test_stuck_controller_does_not_hang(void **state)
{
    (void)state;
    assert_int_equal(run((struct machine){ .opened_by = A20_PORT_92, .stuck_controller = true }),
                     A20_PORT_92);
}

static void test_port_92_never_resets_the_machine(void **state)
{
    (void)state;
    assert_int_equal(run((struct machine){ .opened_by = A20_PORT_92, .port92 = 0x01 }),
                     A20_PORT_92);
    assert_false(m.reset);
    assert_int_equal(m.port92_writes, 1);
    assert_int_equal(run((struct machine){ .opened_by = A20_FAILED, .port92 = 0x02 }), A20_FAILED);
    assert_int_equal(m.port92_writes, 0); /* the bit is already set */
}

static void test_slow_gate_is_waited_for(void **state)
{
    (void)state;
    assert_int_equal(run((struct machine){ .opened_by = A20_BIOS, .slow = 3000 }), A20_BIOS);
}

static void test_gate_that_never_opens_is_a_failure(void **state)
{
    (void)state;
    assert_int_equal(run((struct machine){ .opened_by = A20_FAILED }), A20_FAILED);
    assert_int_equal(m.bios_calls, 1);
    assert_true(m.controller_writes > 0);
    assert_int_equal(m.port92_writes, 1);
}

static void test_open_gate_is_not_touched(void **state)
{
    uint32_t words[2] = { 7, 7 }; /* equal by chance, but two words */
    (void)state;
    m = (struct machine){ .opened_by = A20_FAILED };
    assert_int_equal(a20_enable(&words[0], &words[1]), A20_ALREADY_ON);
    assert_int_equal(words[0], 7);
    assert_int_equal(words[1], 7);
    assert_int_equal(m.bios_calls + m.controller_writes + m.port92_writes, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bios_is_asked_first),
        cmocka_unit_test(test_lying_bios_is_detected),
        cmocka_unit_test(test_absent_controller_is_left_alone),
        cmocka_unit_test(test_stuck_controller_does_not_hang),
        cmocka_unit_test(test_port_92_never_resets_the_machine),
        cmocka_unit_test(test_slow_gate_is_waited_for),
        cmocka_unit_test(test_gate_that_never_opens_is_a_failure),
        cmocka_unit_test(test_open_gate_is_not_touched),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
