/*
 * test_vga_status.c - the row that is reserved for a status: no text reaches it, and
 * none is lost when it appears or disappears.
 */
#include "tests/unit/in_range.h"
#include "tests/unit/vga_machine.h"

#define STATUS VGA_ATTRIBUTE(VGA_WHITE, VGA_BLUE)

static void show_text(const char *text)
{
    write_text(text);
    vga_text_flush(&screen);
}

/* Rows "A" to "A" + count - 1, each followed by a line feed except the last. */
static void write_rows(unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        char row[] = {(char)('A' + i), '\n', '\0'};

        row[1] = i + 1 < count ? '\n' : '\0';
        show_text(row);
    }
}

/* The last row's text, whatever its colour. */
static void assert_status(const char *text)
{
    for (unsigned column = 0; column < VGA_COLUMNS; column++) {
        char expected = *text != '\0' ? *text++ : ' ';

        assert_int_equal((uint8_t)expected, memory[LAST_ROW * VGA_COLUMNS + column] & 0xff);
    }
}

static void test_status_fills_the_last_row(void **state)
{
    (void)state;
    vga_text_reserve_status(&screen, true);
    vga_text_status(&screen, "status", STATUS);
    assert_status("status");
    for (unsigned column = 0; column < VGA_COLUMNS; column++)
        assert_int_equal(STATUS, memory[LAST_ROW * VGA_COLUMNS + column] >> 8);
    vga_text_status(&screen, "s", STATUS);
    assert_status("s");
}

static void test_too_long_a_status_is_cut(void **state)
{
    char text[VGA_COLUMNS + 20];

    (void)state;
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    vga_text_reserve_status(&screen, true);
    vga_text_status(&screen, text, STATUS);
    text[VGA_COLUMNS] = '\0';
    assert_status(text);
}

static void test_without_a_reserved_row_there_is_no_status(void **state)
{
    (void)state;
    write_rows(VGA_ROWS);
    vga_text_status(&screen, "status", STATUS);
    assert_row(LAST_ROW, "Y");
}

static void test_text_scrolls_above_it(void **state)
{
    (void)state;
    vga_text_reserve_status(&screen, true);
    vga_text_status(&screen, "status", STATUS);
    write_rows(VGA_ROWS + 1);
    assert_row(0, "C");
    assert_row(LAST_ROW - 1, "Z");
    assert_status("status");
    vga_text_clear(&screen);
    vga_text_flush(&screen);
    assert_row(0, "");
    assert_status("status");
}

static void test_full_screen_makes_room(void **state)
{
    (void)state;
    write_rows(VGA_ROWS);
    vga_text_reserve_status(&screen, true);
    show_text("!");
    assert_row(0, "B");
    assert_row(LAST_ROW - 1, "Y!");
    assert_row(LAST_ROW, "");
    vga_text_scroll_back(&screen, 1);
    vga_text_flush(&screen);
    assert_row(0, "A");
}

static void test_text_with_room_below_stays_where_it_is(void **state)
{
    (void)state;
    write_rows(3);
    vga_text_reserve_status(&screen, true);
    show_text("!");
    assert_row(0, "A");
    assert_row(2, "C!");
}

static void test_releasing_the_row_shows_an_older_one(void **state)
{
    (void)state;
    vga_text_reserve_status(&screen, true);
    vga_text_status(&screen, "status", STATUS);
    write_rows(VGA_ROWS);
    vga_text_reserve_status(&screen, false);
    show_text("!");
    assert_row(0, "A");
    assert_row(LAST_ROW, "Y!");
}

static void test_releasing_the_row_blanks_it_if_there_is_no_older_one(void **state)
{
    (void)state;
    vga_text_reserve_status(&screen, true);
    vga_text_status(&screen, "status", STATUS);
    write_rows(2);
    vga_text_reserve_status(&screen, false);
    show_text("!");
    assert_row(1, "B!");
    assert_row(LAST_ROW, "");
}

/* The ring is all in use, and its seam is within the screen. */
static void test_ring_keeps_its_rows_whether_there_is_a_status_or_not(void **state)
{
    (void)state;
    vga_text_reserve_status(&screen, true);
    write_rows(26);
    for (unsigned i = 0; i < 4 * RING_ROWS; i++) {
        vga_text_reserve_status(&screen, i % 2 == 0);
        show_text("\n.");
        vga_text_scroll_back(&screen, 1000);
        assert_int_in_range(screen.back, 1, RING_ROWS - VGA_ROWS);
        vga_text_scroll_back(&screen, -1000);
        vga_text_flush(&screen);
        assert_row(screen.rows - 1u, ".");
        assert_row(screen.rows - 2u, i > 0 ? "." : "Z");
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup(name, set_up)
    const struct CMUnitTest tests[] = {
        TEST(test_status_fills_the_last_row),
        TEST(test_too_long_a_status_is_cut),
        TEST(test_without_a_reserved_row_there_is_no_status),
        TEST(test_text_scrolls_above_it),
        TEST(test_full_screen_makes_room),
        TEST(test_text_with_room_below_stays_where_it_is),
        TEST(test_releasing_the_row_shows_an_older_one),
        TEST(test_releasing_the_row_blanks_it_if_there_is_no_older_one),
        TEST(test_ring_keeps_its_rows_whether_there_is_a_status_or_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
