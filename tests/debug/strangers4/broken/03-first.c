/* kernel.c - cc start.o, kernel.o and screen.o: the linker takes them in the order of the Makefile */
void screen_write(unsigned row, const char *text);
void kernel(void);

void kernel(void)
{
    screen_write(20, "PebbleOS: screen ready");
    screen_write(21, "PebbleOS: nothing else to do");
}
