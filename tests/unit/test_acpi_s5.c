/*
 * test_acpi_s5.c - the object _S5 in AML as firmware writes it, and in bytes that only look like it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "kernel/power/internal/acpi_s5.h"

#define NAME 0x08
#define PACKAGE 0x12
#define S5 '_', 'S', '5', '_'

/* A copy of exactly this size, so the address sanitizer notices a byte read past its end. */
static bool find(const uint8_t *aml, size_t bytes, struct acpi_s5 *s5)
{
    uint8_t *copy = test_malloc(bytes + 1);

    memcpy(copy + 1, aml, bytes);

    bool found = acpi_find_s5(copy + 1, bytes, s5);

    test_free(copy);
    return found;
}

#define AML(...) (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__})

static void assert_s5(const uint8_t *aml, size_t bytes, uint8_t type_a, uint8_t type_b)
{
    struct acpi_s5 s5 = {0xee, 0xee};

    assert_true(find(aml, bytes, &s5));
    assert_int_equal(s5.type_a, type_a);
    assert_int_equal(s5.type_b, type_b);
}

static void assert_none(const uint8_t *aml, size_t bytes)
{
    struct acpi_s5 s5;

    assert_false(find(aml, bytes, &s5));
}

static void test_qemus_and_other_spellings(void **state)
{
    (void)state;
    assert_s5(AML(NAME, S5, PACKAGE, 0x06, 0x04, 0x00, 0x00, 0x00, 0x00), 0, 0);
    assert_s5(AML(0x10, 0x20, NAME, '\\', S5, PACKAGE, 8, 4, 0x0a, 7, 0x0a, 5, 0, 0), 7, 5);
    assert_s5(AML(NAME, S5, PACKAGE, 0x04, 2, 0x01, 0x01), 1, 1);
    assert_s5(AML(NAME, S5, PACKAGE, 0x0a, 2, 0x0b, 3, 0, 0x0c, 2, 0, 0, 0), 3, 2);
    assert_s5(AML(NAME, S5, PACKAGE, 0x0e, 2, 0x0e, 6, 0, 0, 0, 0, 0, 0, 0, 0x0a, 4, 0), 6, 4);
}

static void test_long_package_lengths(void **state)
{
    (void)state;
    assert_s5(AML(NAME, S5, PACKAGE, 0x47, 0x00, 0x02, 0x0a, 5, 0x0a, 5), 5, 5);
    assert_s5(AML(NAME, S5, PACKAGE, 0x88, 0x00, 0x00, 0x02, 0x0a, 5, 0x0a, 5), 5, 5);
}

static void test_a_use_of_the_name_is_passed_over(void **state)
{
    (void)state;
    assert_s5(AML(S5, 0x70, S5, NAME, S5, PACKAGE, 0x06, 4, 0x0a, 2, 0x0a, 3), 2, 3);
    assert_none(AML(0x70, S5, PACKAGE, 0x06, 4, 0x0a, 2, 0x0a, 3));
    assert_none(AML(S5));
}

static void test_packages_that_make_no_sense_are_refused(void **state)
{
    (void)state;
    assert_none(AML(NAME, S5, 0x0a, 5));                              /* an integer */
    assert_none(AML(NAME, S5, PACKAGE, 0x06, 1, 0x0a, 5, 0x0a, 5));   /* one element */
    assert_none(AML(NAME, S5, PACKAGE, 0x06, 2, 0x0a, 8, 0x0a, 5));   /* not 3 bits */
    assert_none(AML(NAME, S5, PACKAGE, 0x06, 2, 0x0d, 'x', 0, 0));    /* a string */
    assert_none(AML(NAME, S5, PACKAGE, 0x04, 2, 0x0a, 5, 0x0a, 5));   /* it ends before b */
    assert_none(AML(NAME, S5, PACKAGE, 0x00, 2, 0x0a, 5, 0x0a, 5));   /* shorter than itself */
    assert_none(AML(NAME, S5, PACKAGE, 0x40, 0x00, 2, 0x0a, 5, 0x0a, 5));
}

static void test_code_that_ends_too_early_is_not_read_further(void **state)
{
    static const uint8_t whole[] = {NAME, S5, PACKAGE, 0x47, 0x00, 0x02, 0x0b, 5, 0, 0x0a, 5};

    (void)state;
    for (size_t bytes = 0; bytes < sizeof whole; bytes++)
        assert_none(whole, bytes);
    assert_none(AML(NAME, S5, PACKAGE, 0x3f, 2, 0x0a, 5, 0x0a, 5)); /* claims more than there is */
    assert_none(AML(NAME, S5, PACKAGE, 0xff, 0xff, 0xff, 0xff, 2, 0x0a, 5, 0x0a, 5));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_qemus_and_other_spellings),
        cmocka_unit_test(test_long_package_lengths),
        cmocka_unit_test(test_a_use_of_the_name_is_passed_over),
        cmocka_unit_test(test_packages_that_make_no_sense_are_refused),
        cmocka_unit_test(test_code_that_ends_too_early_is_not_read_further),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
