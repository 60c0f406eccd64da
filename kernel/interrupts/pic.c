/*
 * pic.c - talks to the 8259s.
 *
 * Owns ports 20h, 21h, A0h and A1h.  The BIOS maps the first PIC's lines to
 * vectors 8-15, which belong to the CPU's exceptions, so they are moved.
 * Follows Intel's 8259A data sheet, "Programming the 8259A".
 */
#include "kernel/interrupts/internal/pic.h"

#include "lib/port.h"

#define PIC1 0x20
#define PIC2 0xa0
#define DATA 1 /* offset of the second port: masks, and the initialisation after ICW1 */

#define ICW1_INIT 0x11 /* edge-triggered, cascaded, ICW4 follows */
#define ICW3_PIC1 0x04 /* the second PIC is at line 2 */
#define ICW3_PIC2 0x02
#define ICW4_8086 0x01 /* x86 mode, an EOI for each interrupt */

#define OCW2_SPECIFIC_EOI 0x60 /* with the line's number in the low bits */
#define OCW3_READ_ISR 0x0b     /* the next read of the first port is the in-service register */

#define LINES_EACH 8
#define CASCADE 2
#define LOWEST_PRIORITY 7 /* a PIC's answer if the line is already low again */
#define ALL_MASKED 0xff
#define PROBE 0xa5 /* a mask that a floating bus does not read back */

static uint16_t port_of(unsigned line)
{
    return line < LINES_EACH ? PIC1 : PIC2;
}

static void initialise(uint16_t pic, uint8_t first_vector, uint8_t icw3)
{
    outb(pic, ICW1_INIT);
    outb(pic + DATA, first_vector);
    outb(pic + DATA, icw3);
    outb(pic + DATA, ICW4_8086);
    outb(pic + DATA, ALL_MASKED);
}

/* Writes a mask and reads it back; leaves all lines masked. */
static bool keeps_masks(uint16_t pic)
{
    outb(pic + DATA, PROBE);

    bool kept = inb(pic + DATA) == PROBE;

    outb(pic + DATA, ALL_MASKED);
    return kept;
}

bool pic_start(uint8_t first_vector)
{
    initialise(PIC1, first_vector, ICW3_PIC1);
    initialise(PIC2, first_vector + LINES_EACH, ICW3_PIC2);
    return keeps_masks(PIC1) && keeps_masks(PIC2);
}

static void clear_mask(unsigned line)
{
    uint16_t port = port_of(line) + DATA;

    outb(port, (uint8_t)(inb(port) & ~(1u << line % LINES_EACH)));
}

void pic_unmask(unsigned line)
{
    clear_mask(line);
    if (line >= LINES_EACH)
        clear_mask(CASCADE);
}

/* A real interrupt is in service at this point; a line that went low too early is not. */
bool pic_is_spurious(unsigned line)
{
    if (line % LINES_EACH != LOWEST_PRIORITY)
        return false;
    outb(port_of(line), OCW3_READ_ISR);
    return !(inb(port_of(line)) & 1u << LOWEST_PRIORITY);
}

static void end(uint16_t pic, unsigned line)
{
    outb(pic, (uint8_t)(OCW2_SPECIFIC_EOI | line % LINES_EACH));
}

void pic_end(unsigned line)
{
    end(port_of(line), line);
    if (line >= LINES_EACH)
        end(PIC1, CASCADE);
}

/* The second PIC's spurious interrupt was a real one for the first PIC. */
void pic_end_spurious(unsigned line)
{
    if (line >= LINES_EACH)
        end(PIC1, CASCADE);
}
