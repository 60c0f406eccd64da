void console_write(const char *text);
void kernel(void);

static const char *const steps[] = {"memory ... ok\n", "a console ... ok\n", "nothing else yet\n"};

__asm__(".section .text.start\n start: call kernel\n .text");

void kernel(void)
{
    console_write("starting up\n");
    for (unsigned i = 0; i < sizeof steps / sizeof steps[0]; i++)
        console_write(steps[i]);
#ifdef MENDED
    console_write("system halted.\n");
    for (;;)
        __asm__ volatile("hlt");
#else
    __builtin_unreachable(); /* a kernel never returns */
#endif
}
