/*
 * test_vga_text.c - the text screen, checked cell by cell.
 *
 * The VGA's memory is an array.  The CRTC is a model of its index and data
 * ports; any other port fails the test.  Where single accesses matter, the
 * memory is a page that is watched, see the section on the bus.
 */
#define _GNU_SOURCE /* for the names of the CPU registers in a signal */
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <cmocka.h>

#include "../../lib/port.h"
#include "../../lib/vga_text.h"

#define GREY 0x07 /* the attribute that a screen starts with */
#define LAST_ROW (VGA_ROWS - 1)
#define LAST_COLUMN (VGA_COLUMNS - 1)

/* ---- the machine -------------------------------------------------------- */

static uint16_t memory[VGA_ROWS * VGA_COLUMNS];
#define RING_ROWS 40 /* fifteen rows can be looked at again */

static struct vga_text screen;
static uint16_t ring[RING_ROWS][VGA_COLUMNS];
static uint8_t crtc[256];

static uint8_t crtc_index;
static bool no_vga;

uint8_t inb(uint16_t port)
{
    assert_int_equal(port, 0x3d5);
    return no_vga ? 0xff : crtc[crtc_index];
}

void outb(uint16_t port, uint8_t value)
{
    if (port == 0x3d4)
        crtc_index = value & 0x1f;
    else if (port == 0x3d5)
        crtc[crtc_index] = value;
    else
        fail_msg("outb(%#x, %#x)", port, value);
}

void outw(uint16_t port, uint16_t value)
{
    assert_int_equal(port, 0x3d4);
    crtc[value & 0xff] = (uint8_t)(value >> 8);
}

static unsigned hardware_cursor(void)
{
    return (unsigned)crtc[0x0e] << 8 | crtc[0x0f];
}

static uint16_t grey(char c)
{
    return (uint16_t)(GREY << 8 | (uint8_t)c);
}

static void fill_memory(uint16_t value)
{
    for (unsigned i = 0; i < VGA_ROWS * VGA_COLUMNS; i++)
        memory[i] = value;
}

/* A blank screen with the cursor at (row, column), as the BIOS leaves it. */
static void start_blank(unsigned row, unsigned column)
{
    fill_memory(grey(' '));
    memset(crtc, 0, sizeof(crtc));
    vga_text_start(&screen, ring, RING_ROWS, memory, row, column);
}

static int set_up(void **state)
{
    (void)state;
    start_blank(0, 0);
    return 0;
}

/* ---- helpers ------------------------------------------------------------ */

static void write_text(const char *text)
{
    vga_text_write(&screen, text, strlen(text));
}

static void write_repeated(char c, unsigned count)
{
    while (count-- > 0)
        vga_text_write(&screen, &c, 1);
}

static void assert_cursor(unsigned row, unsigned column)
{
    assert_int_equal(screen.row, row);
    assert_int_equal(screen.column, column);
}

/* The whole row on the VGA is `text`, then blanks, all of it in grey. */
static void assert_row(unsigned row, const char *text)
{
    size_t length = strlen(text);

    for (unsigned column = 0; column < VGA_COLUMNS; column++)
        assert_int_equal(memory[row * VGA_COLUMNS + column],
                         grey(column < length ? text[column] : ' '));
}

static void assert_blank_from(unsigned row)
{
    for (; row < VGA_ROWS; row++)
        assert_row(row, "");
}

/* Twenty-five lines that name themselves, none of them scrolled away yet. */
static void write_numbered_rows(void)
{
    for (unsigned row = 0; row < VGA_ROWS; row++) {
        char text[16];

        snprintf(text, sizeof(text), "%sline %u", row > 0 ? "\n" : "", row);
        write_text(text);
    }
}

static void assert_numbered_row(unsigned row, unsigned number)
{
    char text[16];

    snprintf(text, sizeof(text), "line %u", number);
    assert_row(row, text);
}

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

static void test_start_brings_a_wild_cursor_inside(void **state)
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

static void test_start_accepts_a_full_line_that_waits(void **state)
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
static void test_backspace_rubs_out_the_end_of_a_full_line(void **state)
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

static void write_lines(unsigned from, unsigned to)
{
    for (unsigned number = from; number < to; number++) {
        char text[16];

        snprintf(text, sizeof(text), "\nline %u", number);
        write_text(text);
    }
}

static void test_looking_back_shows_what_scrolled_away(void **state)
{
    (void)state;
    write_numbered_rows();
    write_lines(VGA_ROWS, 3 * VGA_ROWS); /* more than once around the ring */
    vga_text_look_back(&screen, 10);
    vga_text_flush(&screen);
    for (unsigned row = 0; row < VGA_ROWS; row++)
        assert_numbered_row(row, 2 * VGA_ROWS + row - 10);
    assert_int_equal(hardware_cursor(), VGA_ROWS * VGA_COLUMNS);
    vga_text_look_back(&screen, -4);
    vga_text_flush(&screen);
    assert_numbered_row(0, 2 * VGA_ROWS - 6);
}

static void test_looking_back_ends_where_the_ring_does(void **state)
{
    (void)state;
    write_numbered_rows();
    vga_text_look_back(&screen, 1);
    vga_text_flush(&screen);
    assert_numbered_row(0, 0);
    write_lines(VGA_ROWS, 3 * VGA_ROWS);
    vga_text_look_back(&screen, 1000);
    vga_text_flush(&screen);
    assert_numbered_row(0, 2 * VGA_ROWS - (RING_ROWS - VGA_ROWS));
    vga_text_look_back(&screen, -1000);
    vga_text_flush(&screen);
    assert_numbered_row(0, 2 * VGA_ROWS);
}

static void test_new_text_ends_looking_back(void **state)
{
    (void)state;
    write_numbered_rows();
    write_lines(VGA_ROWS, 2 * VGA_ROWS);
    vga_text_look_back(&screen, 5);
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

/* Rubbish in the rows that did not change is still there afterwards. */
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

/* The VGA holds rubbish from the start on; were it read, the rubbish would scroll. */
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

/* The guard cells on both sides tell; the array starts two bytes off any alignment. */
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

/* ---- the bus, watched ---------------------------------------------------- */

/*
 * Memory of which every single access is seen: the page forbids them all, so
 * each one faults, is counted, let through for one step of the CPU, and the
 * page closed again.  A bus with no VGA on it forgets what was written: it
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
        cmocka_unit_test_setup(test_start_keeps_what_is_on_the_screen, set_up),
        cmocka_unit_test_setup(test_start_brings_a_wild_cursor_inside, set_up),
        cmocka_unit_test_setup(test_start_accepts_a_full_line_that_waits, set_up),
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
        cmocka_unit_test_setup(test_backspace_rubs_out_the_end_of_a_full_line, set_up),
        cmocka_unit_test_setup(test_carriage_return_stays_on_a_full_line, set_up),
        cmocka_unit_test_setup(test_scroll_keeps_last_24_rows, set_up),
        cmocka_unit_test_setup(test_no_scroll_before_the_last_row_is_left, set_up),
        cmocka_unit_test_setup(test_scroll_blanks_the_new_row_in_the_current_attribute, set_up),
        cmocka_unit_test_setup(test_looking_back_shows_what_scrolled_away, set_up),
        cmocka_unit_test_setup(test_looking_back_ends_where_the_ring_does, set_up),
        cmocka_unit_test_setup(test_new_text_ends_looking_back, set_up),
        cmocka_unit_test_setup(test_clear_blanks_everything_and_goes_home, set_up),
        cmocka_unit_test_setup(test_nothing_is_shown_before_the_flush, set_up),
        cmocka_unit_test_setup(test_flush_writes_only_the_changed_rows, set_up),
        cmocka_unit_test_setup(test_second_flush_writes_nothing, set_up),
        cmocka_unit_test_setup(test_moving_the_cursor_dirties_no_row, set_up),
        cmocka_unit_test_setup(test_scroll_takes_its_rows_from_ram, set_up),
        cmocka_unit_test_setup(test_flush_stays_inside_the_screen_at_any_alignment, set_up),
        cmocka_unit_test_setup(test_hardware_cursor_follows, set_up),
        cmocka_unit_test_setup(test_cursor_of_a_full_line_shows_on_its_last_cell, set_up),
        cmocka_unit_test_setup_teardown(test_flush_never_reads_and_stores_four_cells_at_once,
                                        set_up, unwatch),
        cmocka_unit_test_setup(test_probe_finds_memory_and_leaves_it_as_it_was, set_up),
        cmocka_unit_test_setup(test_probe_is_not_fooled_by_ram_in_the_screens_place, set_up),
        cmocka_unit_test_setup(test_probe_leaves_the_cursor_alone, set_up),
        cmocka_unit_test_teardown(test_probe_finds_nothing_on_an_empty_bus, unwatch),
        cmocka_unit_test_teardown(test_probe_is_not_fooled_by_a_floating_bus, unwatch),
    };

    return cmocka_run_group_tests_name("vga_text", tests, NULL, NULL);
}
