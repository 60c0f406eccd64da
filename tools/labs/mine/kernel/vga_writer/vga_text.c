/*
 * vga_text.c - the kernel's text screen (lib/vga_text.h) written by a student's vga_write.
 *
 * ld's --wrap leads the console's calls here.  The VGA's memory is the screen's only copy: the ring of
 * rows in RAM gets each row as it scrolls off, and all of them when Firstlight's own code has to work
 * on them: to show older rows, or to reserve the status row.
 *
 * A writer that breaks its contract, or during which an exception comes, is called no more:
 * Firstlight's own takes over, so that the report of a panic can still be read.
 */
#include "lib/vga_text.h"

#include "docs/labs/08-vga-writer/vga_writer.h"
#include "lib/cpu.h"
#include "lib/string.h"
#include "tools/labs/mine/kernel/kernel_link.h"

#define WRAPPED(result, name, ...) \
    result __wrap_vga_text_##name(struct vga_text *screen, ##__VA_ARGS__); \
    result __real_vga_text_##name(struct vga_text *screen, ##__VA_ARGS__)

WRAPPED(void, write, const char *text, size_t length);
WRAPPED(size_t, write_plain, const char *text, size_t length);
WRAPPED(void, scroll_back, int rows);
WRAPPED(void, reserve_status, bool reserved);
WRAPPED(void, status, const char *text, uint8_t attribute);
WRAPPED(void, clear);
WRAPPED(void, flush);

static bool running; /* vga_write has not returned */
static bool retired; /* it is called no more */

/* ---- the ring of rows ----------------------------------------------------------- */

static void keep_row(struct vga_text *screen, unsigned row)
{
    uint16_t *kept = screen->ring[(screen->top + row) % screen->ring_rows];

    for (unsigned column = 0; column < VGA_COLUMNS; column++)
        kept[column] = screen->memory[row * VGA_COLUMNS + column];
}

static void keep_all_rows(struct vga_text *screen)
{
    for (unsigned row = 0; row < screen->rows; row++)
        keep_row(screen, row);
}

/* The first row is about to scroll off. */
static void keep_first_row(struct vga_text *screen)
{
    keep_row(screen, 0);
    screen->top = (uint16_t)((screen->top + 1) % screen->ring_rows);
    if (screen->older < screen->ring_rows - VGA_ROWS)
        screen->older++;
}

/* ---- calling vga_write ---------------------------------------------------------- */

/* Firstlight's own writer goes on, and says why. */
static void retire(struct vga_text *screen, const char *sentence)
{
    retired = true;
    running = false;
    if (screen->back == 0)
        keep_all_rows(screen);
    __real_vga_text_write(screen, sentence, strlen(sentence));
}

/*
 * call() disables interrupts, as the contract says, so only an exception can lead to another call before
 * the first one has returned.
 */
static bool is_theirs(struct vga_text *screen)
{
    if (running)
        retire(screen,
               kernel_link_sentence(LINK_VGA_WRITER, "caused an exception, so Firstlight's own "
                                                     "goes on with the screen"));
    return !retired;
}

static bool kept_contract(const struct vga_writer *before, const struct vga_writer *after)
{
    return after->row < before->rows && after->column <= VGA_COLUMNS &&
           after->rows == before->rows && after->cells == before->cells &&
           after->attribute == before->attribute;
}

/* Calls vga_write; false if it is called no more from now on. */
static bool call(struct vga_text *screen, struct vga_writer *writer, const char *text,
                 size_t length)
{
    struct vga_writer before = *writer;
    bool enabled = cpu_interrupts_save();
    uint32_t note = kernel_link_enter(LINK_VGA_WRITER);

    running = true;
    vga_write(writer, text, length);
    running = false;
    kernel_link_leave(note);
    cpu_interrupts_restore(enabled);
    if (!kept_contract(&before, writer))
        retire(screen,
               kernel_link_sentence(LINK_VGA_WRITER,
                                    "left row %u of %u, column %u and attribute %02Xh, so "
                                    "Firstlight's own goes on with the screen",
                                    writer->row, writer->rows, writer->column, writer->attribute));
    return !retired;
}

/* Writes at the cursor; with no text at all it only shows the cursor. */
static void write(struct vga_text *screen, const char *text, size_t length)
{
    struct vga_writer writer = {.cells = screen->memory,
                                .rows = screen->rows,
                                .row = screen->row,
                                .column = screen->column,
                                .attribute = screen->attribute};

    if (!call(screen, &writer, text, length))
        return;
    screen->row = (uint8_t)writer.row;
    screen->column = (uint8_t)writer.column;
}

/* ---- one character or one run of them at a time --------------------------------- */

static bool is_printable(char c)
{
    return (uint8_t)c >= ' ' && c != 0x7f;
}

static bool is_plain(char c)
{
    return is_printable(c) && (uint8_t)c < 0x7f;
}

/* vga_write stores every control character but these; lib/vga_text.h has them print nothing. */
static bool has_effect(char c)
{
    return c == '\n' || c == '\r' || c == '\t' || c == '\b';
}

/* Writes the printable characters at the text's start, at most to the end of a row; their number. */
static size_t write_run(struct vga_text *screen, bool (*belongs)(char), const char *text,
                        size_t length)
{
    bool is_full = screen->column == VGA_COLUMNS;
    size_t room = is_full ? VGA_COLUMNS : VGA_COLUMNS - screen->column;
    size_t count = 0;

    while (count < length && count < room && belongs(text[count]))
        count++;
    if (count == 0)
        return 0;
    if (is_full && screen->row + 1 == screen->rows)
        keep_first_row(screen);
    write(screen, text, count);
    return count;
}

static void execute(struct vga_text *screen, char c)
{
    if (c == '\n' && screen->row + 1 == screen->rows)
        keep_first_row(screen);
    if (has_effect(c))
        write(screen, &c, 1);
}

void __wrap_vga_text_write(struct vga_text *screen, const char *text, size_t length)
{
    __wrap_vga_text_scroll_back(screen, -screen->back);
    while (length > 0 && is_theirs(screen)) {
        size_t count = write_run(screen, is_printable, text, length);

        if (count == 0) {
            execute(screen, *text);
            count = 1;
        }
        text += count;
        length -= count;
    }
    if (length > 0)
        __real_vga_text_write(screen, text, length);
}

size_t __wrap_vga_text_write_plain(struct vga_text *screen, const char *text, size_t length)
{
    __wrap_vga_text_scroll_back(screen, -screen->back);
    return is_theirs(screen) ? write_run(screen, is_plain, text, length)
                             : __real_vga_text_write_plain(screen, text, length);
}

/* ---- what else the console asks for, written with vga_write ---------------------- */

static const char blanks[VGA_COLUMNS + 1] =
    "                                                                                ";

void __wrap_vga_text_flush(struct vga_text *screen)
{
    if (is_theirs(screen) && screen->back == 0)
        write(screen, NULL, 0);
    else
        __real_vga_text_flush(screen);
}

/* Full rows: only the next character would go on to the row below, and scroll. */
void __wrap_vga_text_clear(struct vga_text *screen)
{
    if (!is_theirs(screen)) {
        __real_vga_text_clear(screen);
        return;
    }
    screen->back = 0;
    screen->row = screen->column = 0;
    for (unsigned row = 0; row < screen->rows && !retired; row++)
        write(screen, blanks, VGA_COLUMNS);
    screen->row = screen->column = 0;
}

void __wrap_vga_text_status(struct vga_text *screen, const char *text, uint8_t attribute)
{
    struct vga_writer writer = {.cells = screen->memory,
                                .rows = VGA_ROWS,
                                .row = VGA_ROWS - 1,
                                .attribute = attribute};
    size_t length = 0;

    if (!is_theirs(screen)) {
        __real_vga_text_status(screen, text, attribute);
        return;
    }
    if (screen->rows == VGA_ROWS)
        return;
    while (length < VGA_COLUMNS && text[length] != '\0')
        length++;
    if (call(screen, &writer, text, length) && length < VGA_COLUMNS)
        call(screen, &writer, blanks, VGA_COLUMNS - length);
    __wrap_vga_text_flush(screen); /* the cursor goes back */
}

/* ---- what remains Firstlight's own ---------------------------------------------- */

void __wrap_vga_text_scroll_back(struct vga_text *screen, int rows)
{
    if (rows == 0)
        return;
    if (is_theirs(screen) && screen->back == 0)
        keep_all_rows(screen);
    __real_vga_text_scroll_back(screen, rows);
    if (!retired)
        __real_vga_text_flush(screen);
}

void __wrap_vga_text_reserve_status(struct vga_text *screen, bool reserved)
{
    __wrap_vga_text_scroll_back(screen, -screen->back);
    if (is_theirs(screen))
        keep_all_rows(screen);
    __real_vga_text_reserve_status(screen, reserved);
    if (!retired)
        __real_vga_text_flush(screen);
}
