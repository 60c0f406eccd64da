// A kernel in C++: the console is a global object behind an interface.
#include "common.h"

struct Console {
    virtual void write(const char *text) = 0;
    virtual int width() const = 0;
};

struct Terminal : Console {
    int columns;
    explicit Terminal(int n) : columns(n) {}
    void write(const char *text) override { print(text); }
    int width() const override { return columns; }
};

static int screen_columns()
{
    return *(volatile uint16_t *)0x44a; // the BIOS knows
}

Terminal terminal(screen_columns());
Console *volatile console = &terminal;

asm(".section .text.start\n .globl start\n start: call kmain\n 1: hlt; jmp 1b\n .text");

#ifdef MENDED
extern "C" void (*init_array_start[])(), (*init_array_end[])();
#endif

extern "C" void kmain()
{
#ifdef MENDED
    for (auto constructor = init_array_start; constructor != init_array_end; constructor++)
        (*constructor)();
#endif
    console->write("Hello from C++\n");
    if (console->width() == 80)
        console->write("80 columns\n");
}
