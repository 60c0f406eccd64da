/*
 * test_vga_scroll.c - the text screen as a ring of rows: scrolling, scrolling back, and what a
 * flush writes to the VGA.
 */
#include "tests/unit/vga_machine.h"

/* ---- scrolling and clearing --------------------------------------------- */

static void test_scroll_keeps_last_24_rows(void **state)
{
    (void)state;
    write_numbered_rows();
    write_text("\n");
    vga_text_flush(&screen);
    for (unsigned row = 0; row < LAST_ROW; row++)
        assert_numbered_row(row, row + 1);
    assert_row(LAST_ROW, "");
    assert_cursor(LAST_ROW, 0);
}

static void test_no_scroll_before_the_last_row_is_left(void **state)
{
    (void)state;
    write_numbered_rows();
    vga_text_flush(&screen);
    for (unsigned row = 0; row < VGA_ROWS; row++)
        assert_numbered_row(row, row);
}

static void test_scroll_blanks_the_new_row_in_the_current_attribute(void **state)
{
    (void)state;
    write_numbered_rows();
    screen.attribute = VGA_ATTRIBUTE(VGA_WHITE, VGA_BLUE);
    write_text("\n");
    vga_text_flush(&screen);
    assert_numbered_row(LAST_ROW - 1, LAST_ROW);
    for (unsigned column = 0; column < VGA_COLUMNS; column++)
        assert_int_equal(memory[LAST_ROW * VGA_COLUMNS + column], 0x1f00 | ' ');
}

/* Nothing moves in RAM, and nothing is written to the VGA before the flush. */
static void test_scrolling_moves_no_row(void **state)
{
    uint16_t before[RING_ROWS][VGA_COLUMNS];

    (void)state;
    write_numbered_rows();
    write_lines(VGA_ROWS, 3 * RING_ROWS);
    vga_text_flush(&screen);
    memcpy(before, ring, sizeof before);
    fill_memory(0xdead);
    write_text("\nlast");
    for (unsigned i = 0; i < VGA_ROWS * VGA_COLUMNS; i++)
        assert_int_equal(memory[i], 0xdead);

    unsigned changed = 0;

    for (unsigned row = 0; row < RING_ROWS; row++)
        changed += memcmp(before[row], ring[row], sizeof before[row]) != 0;
    assert_int_equal(changed, 1);
}

static void test_scrolling_back_shows_what_scrolled_away(void **state)
{
    (void)state;
    write_numbered_rows();
    write_lines(VGA_ROWS, 3 * VGA_ROWS); /* more than once around the ring */
    vga_text_scroll_back(&screen, 10);
    vga_text_flush(&screen);
    for (unsigned row = 0; row < VGA_ROWS; row++)
        assert_numbered_row(row, 2 * VGA_ROWS + row - 10);
    assert_int_equal(hardware_cursor(), VGA_ROWS * VGA_COLUMNS);
    vga_text_scroll_back(&screen, -4);
    vga_text_flush(&screen);
    assert_numbered_row(0, 2 * VGA_ROWS - 6);
}

static void test_scrolling_back_ends_where_the_ring_does(void **state)
{
    (void)state;
    write_numbered_rows();
    vga_text_scroll_back(&screen, 1);
    vga_text_flush(&screen);
    assert_numbered_row(0, 0);
    write_lines(VGA_ROWS, 3 * VGA_ROWS);
    vga_text_scroll_back(&screen, 1000);
    vga_text_flush(&screen);
    assert_numbered_row(0, 2 * VGA_ROWS - (RING_ROWS - VGA_ROWS));
    vga_text_scroll_back(&screen, -1000);
    vga_text_flush(&screen);
    assert_numbered_row(0, 2 * VGA_ROWS);
}

static void test_new_text_ends_scrolling_back(void **state)
{
    (void)state;
    write_numbered_rows();
    write_lines(VGA_ROWS, 2 * VGA_ROWS);
    vga_text_scroll_back(&screen, 5);
    vga_text_flush(&screen);
    write_text("!");
    vga_text_flush(&screen);
    assert_numbered_row(0, VGA_ROWS);
    assert_row(LAST_ROW, "line 49!");
    assert_int_equal(hardware_cursor(), LAST_ROW * VGA_COLUMNS + 8);
}

static void test_clear_blanks_everything_and_goes_home(void **state)
{
    (void)state;
    write_numbered_rows();
    screen.attribute = VGA_ATTRIBUTE(VGA_GREEN, VGA_BLACK);
    vga_text_clear(&screen);
    assert_cursor(0, 0);
    vga_text_flush(&screen);
    for (unsigned i = 0; i < VGA_ROWS * VGA_COLUMNS; i++)
        assert_int_equal(memory[i], 0x0200 | ' ');
    assert_int_equal(hardware_cursor(), 0);
}

/* ---- flushing ----------------------------------------------------------- */

static void test_nothing_is_shown_before_the_flush(void **state)
{
    (void)state;
    write_numbered_rows();
    write_text("\n");
    vga_text_clear(&screen);
    write_text("x");
    assert_blank_from(0);
    assert_int_equal(hardware_cursor(), 0);
}

/* Junk in unchanged rows is still there afterwards. */
static void test_flush_writes_only_the_changed_rows(void **state)
{
    (void)state;
    write_text("a\n\n\nb");
    fill_memory(0xdead);
    vga_text_flush(&screen);
    assert_row(0, "a");
    assert_row(3, "b");
    for (unsigned i = 0; i < VGA_ROWS * VGA_COLUMNS; i++)
        if (i / VGA_COLUMNS != 0 && i / VGA_COLUMNS != 3)
            assert_int_equal(memory[i], 0xdead);
}

static void test_second_flush_writes_nothing(void **state)
{
    (void)state;
    write_numbered_rows();
    vga_text_flush(&screen);
    fill_memory(0xdead);
    vga_text_flush(&screen);
    for (unsigned i = 0; i < VGA_ROWS * VGA_COLUMNS; i++)
        assert_int_equal(memory[i], 0xdead);
}

static void test_moving_the_cursor_dirties_no_row(void **state)
{
    (void)state;
    write_text("\n\t\b\r\n");
    fill_memory(0xdead);
    vga_text_flush(&screen);
    for (unsigned i = 0; i < VGA_ROWS * VGA_COLUMNS; i++)
        assert_int_equal(memory[i], 0xdead);
}

/* The VGA holds junk from the start; if it were read, the junk would scroll. */
static void test_scroll_takes_its_rows_from_ram(void **state)
{
    (void)state;
    fill_memory(grey('o'));
    vga_text_start(&screen, ring, RING_ROWS, memory, LAST_ROW, 0);
    fill_memory(0xdead);
    write_text("\n");
    vga_text_flush(&screen);
    for (unsigned i = 0; i < LAST_ROW * VGA_COLUMNS; i++)
        assert_int_equal(memory[i], grey('o'));
    assert_row(LAST_ROW, "");
}

/* The guard cells on both sides show it; the array starts two bytes off any alignment. */
static void test_flush_stays_inside_the_screen_at_any_alignment(void **state)
{
    static _Alignas(8) uint16_t guarded[1 + VGA_ROWS * VGA_COLUMNS + 1];

    (void)state;
    guarded[0] = guarded[VGA_ROWS * VGA_COLUMNS + 1] = 0xbeef;
    vga_text_start(&screen, ring, RING_ROWS, guarded + 1, 0, 0);
    vga_text_clear(&screen);
    vga_text_flush(&screen);
    assert_int_equal(guarded[0], 0xbeef);
    assert_int_equal(guarded[1], grey(' '));
    assert_int_equal(guarded[VGA_ROWS * VGA_COLUMNS], grey(' '));
    assert_int_equal(guarded[VGA_ROWS * VGA_COLUMNS + 1], 0xbeef);
}

static void test_hardware_cursor_follows(void **state)
{
    (void)state;
    vga_text_flush(&screen);
    assert_int_equal(hardware_cursor(), 0);
    write_text("\n\n\n\n\n\n\n\n\n\nab"); /* row 10, column 2: needs both registers */
    vga_text_flush(&screen);
    assert_int_equal(hardware_cursor(), 10 * VGA_COLUMNS + 2);
}

static void test_cursor_of_a_full_line_shows_on_its_last_cell(void **state)
{
    (void)state;
    start_blank(LAST_ROW, 0);
    write_repeated('x', VGA_COLUMNS);
    vga_text_flush(&screen);
    assert_int_equal(hardware_cursor(), LAST_ROW * VGA_COLUMNS + LAST_COLUMN);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_scroll_keeps_last_24_rows, set_up),
        cmocka_unit_test_setup(test_no_scroll_before_the_last_row_is_left, set_up),
        cmocka_unit_test_setup(test_scroll_blanks_the_new_row_in_the_current_attribute, set_up),
        cmocka_unit_test_setup(test_scrolling_back_shows_what_scrolled_away, set_up),
        cmocka_unit_test_setup(test_scrolling_back_ends_where_the_ring_does, set_up),
        cmocka_unit_test_setup(test_new_text_ends_scrolling_back, set_up),
        cmocka_unit_test_setup(test_clear_blanks_everything_and_goes_home, set_up),
        cmocka_unit_test_setup(test_nothing_is_shown_before_the_flush, set_up),
        cmocka_unit_test_setup(test_flush_writes_only_the_changed_rows, set_up),
        cmocka_unit_test_setup(test_second_flush_writes_nothing, set_up),
        cmocka_unit_test_setup(test_moving_the_cursor_dirties_no_row, set_up),
        cmocka_unit_test_setup(test_scroll_takes_its_rows_from_ram, set_up),
        cmocka_unit_test_setup(test_flush_stays_inside_the_screen_at_any_alignment, set_up),
        cmocka_unit_test_setup(test_hardware_cursor_follows, set_up),
        cmocka_unit_test_setup(test_cursor_of_a_full_line_shows_on_its_last_cell, set_up),
        cmocka_unit_test_setup(test_scrolling_moves_no_row, set_up),
    };

    return cmocka_run_group_tests_name("vga_scroll", tests, NULL, NULL);
}
