/* Bit names: from the shared table, lowest bit first, within the given size. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kernel/debug/register_bits.h"

static char text[REGISTER_BITS_TEXT];

static const char *names(enum bits_of of, uint64_t value)
{
    return register_bits_names(text, sizeof text, of, value);
}

static void test_names_of_real_values(void **state)
{
    (void)state;
    assert_string_equal(names(BITS_OF_CR0, 0x80010011), "PE ET WP PG");
    assert_string_equal(names(BITS_OF_EFER, 0xd00), "LME LMA NXE");
    assert_string_equal(names(BITS_OF_PAGE, 1ull << 63 | 3), "P RW NX");
    assert_string_equal(names(BITS_OF_PAGE_FAULT, 0x12), "W I");
    assert_string_equal(names(BITS_OF_CR0, 0), "none");
}

static void test_all_bits_fit_the_room(void **state)
{
    (void)state;
    for (int of = BITS_OF_CR0; of <= BITS_OF_MC_STATUS; of++) {
        names((enum bits_of)of, UINT64_MAX);
        assert_true(strlen(text) < REGISTER_BITS_TEXT - 12); /* not cut: the next name would fit */
    }
}

static void test_little_room_is_kept(void **state)
{
    char small[8];

    (void)state;
    memset(small, 'x', sizeof small);
    register_bits_names(small, 5, BITS_OF_CR0, UINT64_MAX);
    assert_string_equal(small, "PE M");
    assert_int_equal(small[5], 'x');
}

static void test_table_is_sane(void **state)
{
    (void)state;
    for (size_t i = 0; i < register_bits_count; i++) {
        assert_true(register_bits[i].bit < 64);
        assert_true(strlen(register_bits[i].name) > 0 && strlen(register_bits[i].meaning) > 0);
        if (i > 0 && register_bits[i].of == register_bits[i - 1].of)
            assert_true(register_bits[i].bit > register_bits[i - 1].bit);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_of_real_values),
        cmocka_unit_test(test_all_bits_fit_the_room),
        cmocka_unit_test(test_little_room_is_kept),
        cmocka_unit_test(test_table_is_sane),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
