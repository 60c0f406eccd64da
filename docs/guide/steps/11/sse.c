/* sse.c - one instruction that an ordinary compiler would use to copy 16 bytes */
void kernel(void);
__asm__(".section .text.start\n call kernel\n .text");

void kernel(void)
{
    __asm__ volatile("movups (%rsp), %xmm0");
    for (;;)
        __asm__ volatile("hlt");
}
