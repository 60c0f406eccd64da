; idt_stubs.asm - lab 9: the first and the last instructions of every handler

        bits    64
        default rel
%include "layout.inc"

STUB_BYTES      equ 16

        extern  on_interrupt

section .text
        align   STUB_BYTES
        global  stubs
stubs:
%assign vector 0
%rep VECTORS
%if vector >= EXCEPTIONS || !(EXCEPTIONS_WITH_CODE >> (vector & 31) & 1)
        push    0                               ; where other vectors have an error code
%endif
        push    vector
        jmp     strict near enter_c
        align   STUB_BYTES
%assign vector vector + 1
%endrep

enter_c:
        push    r15
        push    r14
        push    r13
        push    r12
        push    r11
        push    r10
        push    r9
        push    r8
        push    rbp
        push    rdi
        push    rsi
        push    rdx
        push    rcx
        push    rbx
        push    rax
        mov     rdi, rsp                        ; 22 words of 8 bytes: still a multiple of 16
        cld
        call    on_interrupt
        pop     rax
        pop     rbx
        pop     rcx
        pop     rdx
        pop     rsi
        pop     rdi
        pop     rbp
        pop     r8
        pop     r9
        pop     r10
        pop     r11
        pop     r12
        pop     r13
        pop     r14
        pop     r15
        add     rsp, 16                         ; vector and error code
        iretq

section .note.GNU-stack noalloc noexec nowrite progbits
