/*
 * kernel_link_irq.c - the PICs between the kernel and a student's handlers.
 *
 * irq.c ends each interrupt when its handler has returned.  Those of a student's handlers have ended by then:
 * pic_end() is wrapped, and the kernel's own is called for the other lines only.
 */
#include "tools/labs/mine/kernel/kernel_link_irq.h"

#include <stdbool.h>

#include "kernel/console/console.h"
#include "kernel/interrupts/irq.h"
#include "lib/cpu.h"
#include "lib/port.h"
#include "tools/labs/mine/kernel/kernel_link.h"

#define PIC1_MASKS 0x21
#define PIC2_MASKS 0xa1
#define CASCADE 0x0004 /* may be open: the lines behind it have masks of their own */

void __wrap_pic_end(unsigned line);
/* only in a kernel in which a link wraps it */
void __real_pic_end(unsigned line) __attribute__((weak));

static uint16_t taken; /* lines, a bit each */

uint16_t kernel_link_open_lines(void)
{
    return (uint16_t) ~(inb(PIC1_MASKS) | inb(PIC2_MASKS) << 8);
}

static void open_only(uint16_t lines)
{
    outb(PIC1_MASKS, (uint8_t)~lines);
    outb(PIC2_MASKS, (uint8_t)(~lines >> 8));
}

void kernel_link_check_setup(enum mine_link link, const char *name, uint16_t open)
{
    bool interrupts = cpu_interrupts_enabled();
    uint16_t found = kernel_link_open_lines();

    cpu_disable_interrupts();
    if (interrupts)
        printk("%s", kernel_link_sentence(link, "returned from %s() with interrupts on", name));
    if ((found | CASCADE) == (open | CASCADE))
        return;
    printk("%s", kernel_link_sentence(link, "left the masks %02Xh and %02Xh after %s()",
                                      (uint8_t)~found, (uint8_t)(~found >> 8), name));
    open_only(open);
}

void kernel_link_take_line(unsigned line, const char *name, void (*handler)(void))
{
    taken |= (uint16_t)(1u << line);
    irq_register(line, name, handler);
}

void __wrap_pic_end(unsigned line)
{
    if (!(taken >> line & 1))
        __real_pic_end(line);
}
