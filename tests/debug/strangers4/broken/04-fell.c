/* kernel.c - the first C of this system */
__asm__(".section .text.start, \"ax\"\n jmp main\n .text");

int main(void);

int main(void)
{
    volatile char *screen = (char *)0xb8000 + 160 * 9;
    const char *text = "Kernel in C!";

    for (int i = 0; text[i] != '\0'; i++)
        screen[2 * i] = text[i];
    return 0;
}
