/*
 * irq.c - from an interrupt line to its driver.
 *
 * interrupts.c calls it for the vectors of all 16 lines.
 */
#include "kernel/interrupts/irq.h"

#include <stddef.h>

#include "kernel/console/console.h"
#include "kernel/interrupts/internal/interrupts.h"
#include "kernel/interrupts/internal/pic.h"
#include "kernel/panic/panic.h"

_Static_assert(IRQ_LINES == PIC_LINES && IRQ_VECTOR % 8 == 0, "the 8259's conditions");

static struct irq_line lines[IRQ_LINES];

/* An unmasked line has a handler; software can raise the vector of any line. */
static void irq_dispatch(struct interrupt_frame *frame)
{
    unsigned number = (unsigned)frame->vector - IRQ_VECTOR;
    struct irq_line *line = &lines[number];

    if (pic_is_spurious(number)) {
        line->spurious++;
        pic_end_spurious(number);
        return;
    }
    line->count++;
    if (line->handler == NULL)
        panic_frame(frame, "interrupt line %u fired although it is masked", number);
    line->handler();
    pic_end(number);
}

void irq_start(void)
{
    for (unsigned i = 0; i < IRQ_LINES; i++)
        interrupt_register((uint8_t)(IRQ_VECTOR + i), irq_dispatch);
    if (!pic_start(IRQ_VECTOR))
        printk("Interrupts: no 8259 at ports 20h and A0h; devices are polled.\n");
}

void irq_register(unsigned line, const char *name, irq_handler *handler)
{
    KASSERT(line < IRQ_LINES);
    if (lines[line].handler != NULL)
        panic("interrupt line %u belongs to %s; %s cannot use it as well", line, lines[line].name,
              name);
    lines[line].name = name;
    lines[line].handler = handler;
    pic_unmask(line);
}

const struct irq_line *irq_line(unsigned line)
{
    KASSERT(line < IRQ_LINES);
    return &lines[line];
}
