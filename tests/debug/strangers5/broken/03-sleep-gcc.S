# 03-sleep-gcc.S - gcc -O2 -S of:
#
#   static unsigned tick;           /* `static volatile unsigned` in the mended one */
#   void on_timer(void) { tick++; outb(0x20, 0x20); }
#   void sleep(unsigned ticks)
#   {
#       unsigned end = tick + ticks;
#       while (tick < end)
#           __asm__ volatile("hlt");
#   }
#
# kept as assembly so that every compiler gives the same.
#include "stubs.S"

stub timer

on_timer:
    addl $1, tick(%rip)
    movl $0x20, %eax
    outb %al, $0x20
    ret

    .globl sleep
sleep:
    movl tick(%rip), %eax
    addl %eax, %edi
    cmpl %edi, %eax
    jnb 2f
1:  hlt
#ifdef MENDED
    movl tick(%rip), %eax
#endif
    cmpl %edi, %eax
    jb 1b
2:  ret

    .bss
    .balign 4
tick:
    .zero 4
