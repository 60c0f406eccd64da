/*
 * test_vga_text.c - the text screen, checked cell by cell: starting on a used screen, and
 * what each character does.
 */
#include "tests/unit/vga_machine.h"

/* ---- starting ----------------------------------------------------------- */

static void test_start_keeps_what_is_on_the_screen(void **state)
{
    (void)state;
    for (unsigned i = 0; i < VGA_ROWS * VGA_COLUMNS; i++)
        memory[i] = (uint16_t)(i * 31 + 5);
    vga_text_start(&screen, ring, RING_ROWS, memory, 3, 7);
    assert_cursor(3, 7);
    assert_int_equal(screen.attribute, GREY);
    for (unsigned i = 0; i < VGA_ROWS * VGA_COLUMNS; i++) {
        assert_int_equal(ring[i / VGA_COLUMNS][i % VGA_COLUMNS], (uint16_t)(i * 31 + 5));
        assert_int_equal(memory[i], (uint16_t)(i * 31 + 5));
    }
}

static void test_start_moves_a_wild_cursor_inside(void **state)
{
    (void)state;
    start_blank(VGA_ROWS, 5);
    assert_cursor(LAST_ROW, 5);
    start_blank(0xffffffff, 0xffffffff);
    assert_int_equal(screen.row, LAST_ROW);
    assert_true(screen.column <= VGA_COLUMNS);
    write_text("x");
    vga_text_flush(&screen);
    assert_row(LAST_ROW, "x");
}

static void test_start_accepts_a_full_line(void **state)
{
    (void)state;
    start_blank(4, VGA_COLUMNS);
    write_text("next");
    vga_text_flush(&screen);
    assert_row(4, "");
    assert_row(5, "next");
}

/* ---- writing ------------------------------------------------------------ */

static void test_text_appears_at_the_cursor_and_nowhere_else(void **state)
{
    (void)state;
    start_blank(2, 3);
    write_text("abc");
    vga_text_flush(&screen);
    assert_row(0, "");
    assert_row(1, "");
    assert_row(2, "   abc");
    assert_blank_from(3);
    assert_cursor(2, 6);
}

static void test_attribute_colours_what_follows(void **state)
{
    (void)state;
    write_text("a");
    screen.attribute = VGA_ATTRIBUTE(VGA_YELLOW, VGA_RED);
    write_text("b");
    vga_text_flush(&screen);
    assert_int_equal(memory[0], 0x0700 | 'a');
    assert_int_equal(memory[1], 0x4e00 | 'b');
    assert_int_equal(memory[2], 0x0700 | ' ');
}

/* Box drawing and the like: a signed char must not spill into the attribute. */
static void test_code_page_437_above_127_is_printed(void **state)
{
    (void)state;
    write_text("\x80\xdb\xff");
    vga_text_flush(&screen);
    assert_row(0, "\x80\xdb\xff");
}

static void test_newline_goes_to_the_start_of_the_next_line(void **state)
{
    (void)state;
    write_text("one\ntwo\n\nfour");
    vga_text_flush(&screen);
    assert_row(0, "one");
    assert_row(1, "two");
    assert_row(2, "");
    assert_row(3, "four");
    assert_cursor(3, 4);
}

static void test_carriage_return_overwrites_the_line(void **state)
{
    (void)state;
    write_text("12345\rab");
    vga_text_flush(&screen);
    assert_row(0, "ab345");
}

static void test_tab_goes_to_multiples_of_eight_and_erases_nothing(void **state)
{
    (void)state;
    write_text("0123456789\r\tX\t");
    assert_cursor(0, 16);
    write_text("1234567\tY");
    vga_text_flush(&screen);
    assert_row(0, "01234567X9      1234567 Y");
}

static void test_tab_stops_at_the_end_of_the_line(void **state)
{
    (void)state;
    start_blank(0, 72);
    write_text("\t\t\t");
    assert_cursor(0, VGA_COLUMNS);
    write_text("x");
    vga_text_flush(&screen);
    assert_row(1, "x");
}

static void test_backspace_moves_without_erasing(void **state)
{
    (void)state;
    write_text("abc\b\b");
    vga_text_flush(&screen);
    assert_row(0, "abc");
    assert_cursor(0, 1);
    write_text("\n\b\b");
    assert_cursor(1, 0);
}

static void test_other_controls_print_nothing(void **state)
{
    (void)state;
    for (char c = 0; c < ' '; c++)
        if (strchr("\n\r\t\b", c) == NULL || c == '\0')
            write_repeated(c, 1);
    write_repeated(0x7f, 1);
    assert_cursor(0, 0);
    vga_text_flush(&screen);
    assert_blank_from(0);
}

/* ---- the full line ------------------------------------------------------ */

static void test_full_line_waits_for_its_next_character(void **state)
{
    (void)state;
    write_repeated('x', VGA_COLUMNS);
    assert_cursor(0, VGA_COLUMNS);
    write_text("y");
    assert_cursor(1, 1);
    vga_text_flush(&screen);
    assert_int_equal(memory[LAST_COLUMN], grey('x'));
    assert_row(1, "y");
}

static void test_full_line_and_newline_leave_no_empty_line(void **state)
{
    (void)state;
    write_repeated('x', VGA_COLUMNS);
    write_text("\nnext");
    vga_text_flush(&screen);
    assert_row(1, "next");
}

static void test_full_last_line_does_not_scroll_yet(void **state)
{
    (void)state;
    start_blank(LAST_ROW, 0);
    write_repeated('x', VGA_COLUMNS);
    vga_text_flush(&screen);
    assert_int_equal(memory[LAST_ROW * VGA_COLUMNS], grey('x'));
    write_text("y");
    vga_text_flush(&screen);
    assert_int_equal(memory[(LAST_ROW - 1) * VGA_COLUMNS + LAST_COLUMN], grey('x'));
    assert_row(LAST_ROW, "y");
}

/* What a line editor sends to rub out the character in the last column. */
/* As one text and character by character: the screens are the same. */
static void test_long_text_wraps_however_it_is_cut(void **state)
{
    char text[4 * VGA_COLUMNS + 3];
    uint16_t at_once[VGA_ROWS * VGA_COLUMNS];

    (void)state;
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)('!' + i % 90);
    text[VGA_COLUMNS + 7] = '\n';
    vga_text_write(&screen, text, sizeof text);
    vga_text_flush(&screen);
    memcpy(at_once, memory, sizeof memory);
    start_blank(0, 0);
    for (size_t i = 0; i < sizeof text; i++)
        vga_text_write(&screen, &text[i], 1);
    vga_text_flush(&screen);
    assert_memory_equal(at_once, memory, sizeof memory);
}

/* The fast path stops where the text or the row ends, and leaves the rest to the slow one. */
static void test_plain_text_is_taken_to_the_end_of_the_row(void **state)
{
    (void)state;
    start_blank(2, 77);
    assert_int_equal(vga_text_write_plain(&screen, "abcdef", 6), 3);
    assert_int_equal(vga_text_write_plain(&screen, "def", 3), 3); /* the pending wrap is done */
    assert_int_equal(vga_text_write_plain(&screen, "g\nh", 3), 1);
    assert_int_equal(vga_text_write_plain(&screen, "\nh", 2), 0);
    assert_int_equal(vga_text_write_plain(&screen, "\x80h", 2), 0);
    assert_int_equal(vga_text_write_plain(&screen, "\x7fh", 2), 0);
    assert_int_equal(vga_text_write_plain(&screen, "", 0), 0);
    vga_text_flush(&screen);
    assert_cursor(3, 4);
    assert_row(3, "defg");
}

static void test_backspace_erases_the_end_of_a_full_line(void **state)
{
    (void)state;
    start_blank(0, LAST_COLUMN - 1);
    write_text("ab\b \b");
    assert_cursor(0, LAST_COLUMN);
    vga_text_flush(&screen);
    assert_int_equal(memory[LAST_COLUMN - 1], grey('a'));
    assert_int_equal(memory[LAST_COLUMN], grey(' '));
    assert_row(1, "");
}

static void test_carriage_return_stays_on_a_full_line(void **state)
{
    (void)state;
    write_repeated('x', VGA_COLUMNS);
    write_text("\ry");
    assert_cursor(0, 1);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_start_keeps_what_is_on_the_screen, set_up),
        cmocka_unit_test_setup(test_start_moves_a_wild_cursor_inside, set_up),
        cmocka_unit_test_setup(test_start_accepts_a_full_line, set_up),
        cmocka_unit_test_setup(test_text_appears_at_the_cursor_and_nowhere_else, set_up),
        cmocka_unit_test_setup(test_attribute_colours_what_follows, set_up),
        cmocka_unit_test_setup(test_code_page_437_above_127_is_printed, set_up),
        cmocka_unit_test_setup(test_newline_goes_to_the_start_of_the_next_line, set_up),
        cmocka_unit_test_setup(test_carriage_return_overwrites_the_line, set_up),
        cmocka_unit_test_setup(test_tab_goes_to_multiples_of_eight_and_erases_nothing, set_up),
        cmocka_unit_test_setup(test_tab_stops_at_the_end_of_the_line, set_up),
        cmocka_unit_test_setup(test_backspace_moves_without_erasing, set_up),
        cmocka_unit_test_setup(test_other_controls_print_nothing, set_up),
        cmocka_unit_test_setup(test_full_line_waits_for_its_next_character, set_up),
        cmocka_unit_test_setup(test_full_line_and_newline_leave_no_empty_line, set_up),
        cmocka_unit_test_setup(test_full_last_line_does_not_scroll_yet, set_up),
        cmocka_unit_test_setup(test_long_text_wraps_however_it_is_cut, set_up),
        cmocka_unit_test_setup(test_plain_text_is_taken_to_the_end_of_the_row, set_up),
        cmocka_unit_test_setup(test_backspace_erases_the_end_of_a_full_line, set_up),
        cmocka_unit_test_setup(test_carriage_return_stays_on_a_full_line, set_up),
    };

    return cmocka_run_group_tests_name("vga_text", tests, NULL, NULL);
}
