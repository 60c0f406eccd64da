/* test_ansi.c - escape sequences and UTF-8, as they appear on the text screen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "kernel/console/internal/ansi.h"
#include "lib/port.h"

#define GREY 0x07

static uint16_t memory[VGA_ROWS * VGA_COLUMNS];
static uint16_t ring[VGA_ROWS][VGA_COLUMNS];
static struct vga_text screen;
static struct ansi ansi;

uint8_t inb(uint16_t port) { return (uint8_t)port; }
void outb(uint16_t port, uint8_t value) { (void)port, (void)value; }
void outw(uint16_t port, uint16_t value) { (void)port, (void)value; }

static int set_up(void **state)
{
    (void)state;
    for (size_t i = 0; i < VGA_ROWS * VGA_COLUMNS; i++)
        memory[i] = GREY << 8 | ' ';
    memset(&ansi, 0, sizeof ansi);
    vga_text_start(&screen, ring, VGA_ROWS, memory, 0, 0);
    return 0;
}

/* In two calls, cut at every place in turn: no state may be lost between them. */
static void write_text(const char *text)
{
    static size_t cut;
    size_t length = strlen(text), first = length ? cut++ % length : 0;

    ansi_write(&ansi, &screen, text, first);
    ansi_write(&ansi, &screen, text + first, length - first);
    vga_text_flush(&screen);
}

static void assert_cell(unsigned row, unsigned column, uint8_t character, uint8_t attribute)
{
    assert_int_equal(attribute << 8 | character, memory[row * VGA_COLUMNS + column]);
}

static void assert_text(unsigned row, const char *text)
{
    for (unsigned i = 0; i < VGA_COLUMNS; i++)
        assert_int_equal(i < strlen(text) ? (uint8_t)text[i] : ' ',
                         memory[row * VGA_COLUMNS + i] & 0xff);
}

static void test_colours(void **state)
{
    static const struct {
        const char *sequence;
        uint8_t attribute;
    } cases[] = {
        {"\033[31m", 0x04}, {"\033[32m", 0x02}, {"\033[33m", 0x06}, {"\033[34m", 0x01},
        {"\033[36m", 0x03}, {"\033[91m", 0x0c}, {"\033[97m", 0x0f}, {"\033[1;31m", 0x0c},
        {"\033[31;1m", 0x0c}, {"\033[1;22m", 0x07}, {"\033[44m", 0x17}, {"\033[30;47m", 0x70},
        {"\033[7m", 0x70}, {"\033[31;44;39m", 0x17}, {"\033[31;44;49m", 0x04},
        {"\033[31;44m\033[0m", 0x07}, {"\033[31m\033[m", 0x07}, {"\033[4;31m", 0x04},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (unsigned cut = 0; cut < 20; cut++) {
            set_up(state);
            write_text(cases[i].sequence);
            write_text("x");
            assert_cell(0, 0, 'x', cases[i].attribute);
            assert_text(0, "x");
        }
    }
}

static void test_cursor_movement(void **state)
{
    (void)state;
    write_text("\033[3;5Hx\033[2Ay\033[Bz\033[4Dw\033[Cv");
    assert_cell(2, 4, 'x', GREY);
    assert_cell(0, 5, 'y', GREY);
    assert_cell(1, 6, 'z', GREY);
    assert_cell(1, 3, 'w', GREY);
    assert_cell(1, 5, 'v', GREY);
    write_text("\033[999;999H!\033[999A\033[999D?");
    assert_cell(VGA_ROWS - 1, VGA_COLUMNS - 1, '!', GREY);
    assert_cell(0, 0, '?', GREY);
}

static void test_erasing(void **state)
{
    (void)state;
    write_text("one\ntwo\nthree\033[2;2H\033[K");
    assert_text(0, "one");
    assert_text(1, "t");
    assert_text(2, "three");
    write_text("\033[J");
    assert_text(2, "");
    assert_int_equal(1, screen.row);
    assert_int_equal(1, screen.column);
    write_text("\033[1;3H\033[2K");
    assert_text(0, "");
    write_text("x\033[2J");
    assert_text(0, "");
    assert_int_equal(3, screen.column);
}

static void test_unknown_and_broken_sequences_print_nothing(void **state)
{
    (void)state;
    write_text("a\033[?25lb\033[5nc\033cd\033[12");
    write_text("\ne\033[1;2;3;4;5;6;7;8;9;10;11;12mf\033[99999999999C");
    assert_text(0, "abcdef"); /* the line feed only ended the sequence */
}

static void test_utf8_becomes_code_page_437(void **state)
{
    (void)state;
    write_text("\xc3\xa4\xc3\x9f\xe2\x94\x80\xe2\x88\x9a");
    assert_cell(0, 0, 0x84, GREY);
    assert_cell(0, 1, 0xe1, GREY);
    assert_cell(0, 2, 0xc4, GREY);
    assert_cell(0, 3, 0xfb, GREY);
    write_text("\r\xe2\x82\xac\xf0\x9f\x98\x80|"); /* a euro, an emoji: CP437 has neither */
    assert_text(0, "??|\xfb");
    write_text("\r\033[K\xff\xc0\x80\xe2\x94q\xed\xa0\x80|");
    assert_text(0, "????q?|"); /* one sign for each stray byte or incomplete character */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_colours, set_up),
        cmocka_unit_test_setup(test_cursor_movement, set_up),
        cmocka_unit_test_setup(test_erasing, set_up),
        cmocka_unit_test_setup(test_unknown_and_broken_sequences_print_nothing, set_up),
        cmocka_unit_test_setup(test_utf8_becomes_code_page_437, set_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
