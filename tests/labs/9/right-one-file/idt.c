/*
 * idt.c - lab 9 in one file: each vector is one CALL, whose return address says which one it was;
 * the frame is made downwards from there, and a gate is two words
 */
#include <stddef.h>

#include "idt.h"
#include "layout.h"

void vector_calls(void);
void after_call(struct interrupt_frame *frame, uint64_t address);

__asm__(".text\n"
        ".balign 8\n"
        "vector_calls:\n"
        "  .rept 256\n"
        "  call save_all\n" /* 5 bytes */
        "  .byte 0x0f, 0x0b, 0x90\n"
        "  .endr\n"
        "save_all:\n"
        "  xchgq %rax, (%rsp)\n" /* RAX is saved, and the return address is in it */
        "  pushq %rbx\n"
        "  leaq vector_calls(%rip), %rbx\n"
        "  subq %rbx, %rax\n"
        "  shrq $3, %rax\n"
        "  cmpq $31, %rax\n"
        "  ja 1f\n"
        "  movl $0x60227d00, %ebx\n" /* vectors with an error code */
        "  btq %rax, %rbx\n"
        "  jc 2f\n"
        "1: pushq (%rsp)\n" /* no error code: RBX and RAX move down by one word */
        "  movq 16(%rsp), %rbx\n"
        "  movq %rbx, 8(%rsp)\n"
        "  movq $0, 16(%rsp)\n"
        "2: popq %rbx\n"
        "  xchgq %rax, (%rsp)\n" /* the vector where RAX was */
        "  subq $120, %rsp\n"
        "  movq %rax, 0(%rsp)\n"
        "  movq %rbx, 8(%rsp)\n"
        "  movq %rcx, 16(%rsp)\n"
        "  movq %rdx, 24(%rsp)\n"
        "  movq %rsi, 32(%rsp)\n"
        "  movq %rdi, 40(%rsp)\n"
        "  movq %rbp, 48(%rsp)\n"
        "  movq %r8, 56(%rsp)\n"
        "  movq %r9, 64(%rsp)\n"
        "  movq %r10, 72(%rsp)\n"
        "  movq %r11, 80(%rsp)\n"
        "  movq %r12, 88(%rsp)\n"
        "  movq %r13, 96(%rsp)\n"
        "  movq %r14, 104(%rsp)\n"
        "  movq %r15, 112(%rsp)\n"
        "  movq %rsp, %rdi\n"
        "  movq %cr2, %rsi\n"
        "  movq %rsp, %rbp\n"
        "  cld\n"
        "  andq $-16, %rsp\n"
        "  call after_call\n"
        "  movq %rbp, %rsp\n"
        "  movq 0(%rsp), %rax\n"
        "  movq 8(%rsp), %rbx\n"
        "  movq 16(%rsp), %rcx\n"
        "  movq 24(%rsp), %rdx\n"
        "  movq 32(%rsp), %rsi\n"
        "  movq 40(%rsp), %rdi\n"
        "  movq 48(%rsp), %rbp\n"
        "  movq 56(%rsp), %r8\n"
        "  movq 64(%rsp), %r9\n"
        "  movq 72(%rsp), %r10\n"
        "  movq 80(%rsp), %r11\n"
        "  movq 88(%rsp), %r12\n"
        "  movq 96(%rsp), %r13\n"
        "  movq 104(%rsp), %r14\n"
        "  movq 112(%rsp), %r15\n"
        "  addq $136, %rsp\n"
        "  iretq\n");

/* The words of each bit of the error code: if it is 0, if it is 1 */
static const struct {
    unsigned bit;
    const char *words[2];
} about[] = {
    {2, {"KERNEL: ", "USER: "}},
    {0, {"page not present, ", "protection violation, "}},
    {4, {"", "instruction fetch"}},
};

static char *append(char *end, const char *words)
{
    while ((*end = *words++) != '\0')
        end++;
    return end;
}

static char *append_number(char *end, uint64_t number)
{
    if (number > 15)
        end = append_number(end, number / 16);
    *end = "0123456789ABCDEF"[number % 16];
    end[1] = '\0';
    return end + 1;
}

void after_call(struct interrupt_frame *frame, uint64_t address)
{
    char sentence[200], *end = sentence;

    if (interrupt_handle(frame))
        return;
    if (frame->vector != 14) {
        interrupt_report(frame, NULL);
        return;
    }
    for (unsigned i = 0; i < sizeof about / sizeof *about; i++)
        end = append(end, about[i].words[frame->error_code >> about[i].bit & 1]);
    if (!(frame->error_code & 16))
        end = append(end, frame->error_code & 2 ? "Write" : "Read");
    end = append_number(append(end, " at 0x"), address);
    append(end, ".\n");
    interrupt_report(frame, sentence);
}

static uint64_t idt[VECTORS][2];

void idt_install(const uint8_t *ist)
{
    uint64_t code, address = (uint64_t)vector_calls;
    uint16_t pointer[5] = {sizeof idt - 1};

    __asm__ volatile("mov %%cs, %0" : "=r"(code));
    for (int i = 0; i < VECTORS; i++, address += 8) {
        idt[i][0] = (address & 0xffff) | code << 16 | (uint64_t)ist[i] << 32 | 0x8eull << 40 |
                    (address >> 16 & 0xffff) << 48;
        idt[i][1] = address >> 32;
    }
    for (int i = 0; i < 4; i++)
        pointer[1 + i] = (uint16_t)((uint64_t)idt >> 16 * i);
    __asm__ volatile("lidt (%0)" : : "r"(pointer) : "memory");
}
