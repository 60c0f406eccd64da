// Tests its own exception handlers: INT3, UD2, a division by zero and a page fault, each survived.
// The frame that a handler changes is volatile: for GCC 14 nobody reads it after the handler's end, so it
// would leave the change out.  C++20 wants no += on what is volatile.
#include "common.h"

struct Frame {
    uint64_t rip, cs, rflags, rsp, ss;
};

class Counter {
public:
    explicit Counter(int start) : value(start) {}
    void add() { value = value + 1; }
    int get() const { return value; }
private:
    volatile int value;
};

static int zero() { return *(volatile uint8_t *)0x100000 * 0; }
static Counter counter(zero());
static uint64_t idt[256][2];

asm(".section .text.start\n .globl start\n start: call kmain\n 1: cli; hlt; jmp 1b\n .text");

__attribute__((interrupt)) static void on_breakpoint(Frame *) { counter.add(); }
__attribute__((interrupt)) static void on_two_bytes(volatile Frame *frame)
{
    counter.add();
    frame->rip = frame->rip + 2; // UD2 and DIV ECX have two bytes
}
__attribute__((interrupt)) static void on_page_fault(volatile Frame *frame, uint64_t)
{
    counter.add();
    frame->rip = frame->rip + 3; // MOV AL, [RCX + RAX * 1] has three
}

static void set(int vector, void *handler)
{
    auto address = reinterpret_cast<uint64_t>(handler);

    idt[vector][0] = (address & 0xffff) | 0x28 << 16 | 0x8eULL << 40 | (address >> 16 & 0xffff) << 48;
    idt[vector][1] = address >> 32;
}

extern "C" void (*init_array_start[])(), (*init_array_end[])();

extern "C" void kmain()
{
    struct {
        uint16_t limit;
        uint64_t base;
    } __attribute__((packed)) idtr = {sizeof idt - 1, reinterpret_cast<uint64_t>(idt)};

    for (auto constructor = init_array_start; constructor != init_array_end; constructor++)
        (*constructor)();
    set(0, reinterpret_cast<void *>(on_two_bytes));
    set(3, reinterpret_cast<void *>(on_breakpoint));
    set(6, reinterpret_cast<void *>(on_two_bytes));
    set(14, reinterpret_cast<void *>(on_page_fault));
    asm volatile("lidt %0" : : "m"(idtr));
    asm volatile("int3");
    asm volatile("ud2");
    asm volatile("xorl %%ecx, %%ecx; divl %%ecx" : : "a"(1), "d"(0) : "ecx");
    asm volatile(".byte 0x8a, 0x04, 0x01" : : "a"(0), "c"(0x7000000000) : "memory");
    print("exceptions survived: ");
    print_number(static_cast<unsigned long>(counter.get()));
    print("\nself-test passed\n");
}
