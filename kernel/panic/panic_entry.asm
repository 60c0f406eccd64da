; panic_entry.asm - panic_at: saves the registers as they are at the call
;
;   void panic_at(const char *file, int line, const char *function,
;                 const char *fmt, ...), noreturn
;
;   in   as any C function with variable arguments; the stack holds the
;        return address and the arguments that do not fit into registers
;   out  in panic_caller, a C function with the same parameters: stack and
;        argument registers untouched, panic_registers filled, DF = 0
;
; Compiled code would change registers before it could save them.
; RIP is the return address, RSP its value after the return.

bits 64
default rel

%include "kernel/interrupts/interrupt_frame.inc"

extern panic_caller
extern panic_registers

%macro keep 1-*
%rep %0
        mov     [panic_registers + interrupt_frame.%1], %1
%rotate 1
%endrep
%endmacro

section .text
global panic_at
panic_at:
        keep    rax, rbx, rcx, rdx, rsi, rdi, rbp
        keep    r8, r9, r10, r11, r12, r13, r14, r15, cs, ss
        pushfq
        pop     qword [panic_registers + interrupt_frame.rflags]
        mov     rax, [rsp]
        mov     [panic_registers + interrupt_frame.rip], rax
        lea     rax, [rsp + 8]
        mov     [panic_registers + interrupt_frame.rsp], rax
        mov     rax, [panic_registers + interrupt_frame.rax] ; AL: number of vector registers used
        cld
        jmp     panic_caller

section .note.GNU-stack noalloc noexec nowrite progbits
