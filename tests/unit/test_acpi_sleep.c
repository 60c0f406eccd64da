/*
 * test_acpi_sleep.c - the power registers of machines that obey, hesitate or refuse.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "kernel/power/internal/acpi_sleep.h"
#include "kernel/time/delay.h"
#include "lib/port.h"
#include "tests/unit/in_range.h"

#define SMI_COMMAND 0xb2
#define ACPI_ENABLE 0xf1
#define PM1A 0x604
#define PM1B 0x614
#define SCI_EN 0x0001
#define GBL_RLS 0x0004 /* any bit that is not ours */

static const struct acpi_fadt fadt = {
    .pm1a_control = PM1A, .smi_command = SMI_COMMAND, .acpi_enable = ACPI_ENABLE};
static const struct acpi_s5 s5 = {.type_a = 5, .type_b = 3};

static struct {
    uint16_t control;       /* what both registers read */
    bool refuses;           /* never sets SCI_EN */
    unsigned enable_takes;  /* ms */
    bool asked;
    uint16_t ports[8], values[8];
    unsigned writes;
    uint64_t waited_us;
} machine;

static int start(void **state)
{
    (void)state;
    memset(&machine, 0, sizeof machine);
    machine.control = GBL_RLS;
    return 0;
}

uint8_t inb(uint16_t port)
{
    fail_msg("byte from port %x", port);
    return 0;
}

void outb(uint16_t port, uint8_t value)
{
    assert_int_equal(port, SMI_COMMAND);
    assert_int_equal(value, ACPI_ENABLE);
    assert_false(machine.asked);
    machine.asked = true;
}

uint16_t inw(uint16_t port)
{
    assert_true(port == PM1A || port == PM1B);
    if (machine.asked && !machine.refuses && machine.waited_us >= machine.enable_takes * 1000)
        machine.control |= SCI_EN;
    return machine.control;
}

void outw(uint16_t port, uint16_t value)
{
    assert_true(machine.writes < 8);
    machine.ports[machine.writes] = port;
    machine.values[machine.writes++] = value;
}

void delay_us(unsigned us)
{
    machine.waited_us += us;
}

static void assert_write(unsigned index, uint16_t port, uint16_t value)
{
    assert_int_equal(machine.ports[index], port);
    assert_int_equal(machine.values[index], value);
}

static void test_the_type_comes_first_and_then_the_same_with_slp_en(void **state)
{
    (void)state;
    machine.control = GBL_RLS | SCI_EN;
    assert_int_equal(acpi_enter_s5(&fadt, &s5), ACPI_IGNORED);
    assert_false(machine.asked);
    assert_int_equal(machine.writes, 2);
    assert_write(0, PM1A, GBL_RLS | SCI_EN | 5 << 10);
    assert_write(1, PM1A, GBL_RLS | SCI_EN | 5 << 10 | 0x2000);
    assert_true(machine.waited_us >= 100000); /* time to go */
}

static void test_both_registers_get_their_own_type(void **state)
{
    struct acpi_fadt both = fadt;

    (void)state;
    both.pm1b_control = PM1B;
    machine.control = SCI_EN | 7 << 10; /* an old type is replaced */
    assert_int_equal(acpi_enter_s5(&both, &s5), ACPI_IGNORED);
    assert_int_equal(machine.writes, 4);
    assert_write(1, PM1A, SCI_EN | 5 << 10 | 0x2000);
    assert_write(3, PM1B, SCI_EN | 3 << 10 | 0x2000);
}

static void test_the_firmware_hands_over_first(void **state)
{
    (void)state;
    machine.enable_takes = 700;
    assert_int_equal(acpi_enter_s5(&fadt, &s5), ACPI_IGNORED);
    assert_true(machine.asked);
    assert_int_equal(machine.writes, 2);
    assert_write(1, PM1A, GBL_RLS | SCI_EN | 5 << 10 | 0x2000);
}

static void test_a_firmware_that_keeps_the_registers_is_not_overridden(void **state)
{
    (void)state;
    machine.refuses = true;
    assert_int_equal(acpi_enter_s5(&fadt, &s5), ACPI_NOT_ENABLED);
    assert_int_equal(machine.writes, 0);
    assert_int_in_range(machine.waited_us, 1000000, 10000000);
}

static void test_without_a_command_port_nothing_is_asked(void **state)
{
    struct acpi_fadt plain = {.pm1a_control = PM1A};

    (void)state;
    assert_int_equal(acpi_enter_s5(&plain, &s5), ACPI_IGNORED);
    assert_false(machine.asked);
    assert_int_equal(machine.writes, 2);
}

static void test_no_port_no_writes(void **state)
{
    struct acpi_fadt none = {.smi_command = SMI_COMMAND, .acpi_enable = ACPI_ENABLE};

    (void)state;
    assert_int_equal(acpi_enter_s5(&none, &s5), ACPI_NO_PORT);
    assert_int_equal(machine.writes, 0);
    assert_false(machine.asked);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_the_type_comes_first_and_then_the_same_with_slp_en, start),
        cmocka_unit_test_setup(test_both_registers_get_their_own_type, start),
        cmocka_unit_test_setup(test_the_firmware_hands_over_first, start),
        cmocka_unit_test_setup(test_a_firmware_that_keeps_the_registers_is_not_overridden, start),
        cmocka_unit_test_setup(test_without_a_command_port_nothing_is_asked, start),
        cmocka_unit_test_setup(test_no_port_no_writes, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
