; exception_stubs.asm - where the CPU arrives when an exception happens
;
; One stub for each of the 32 vectors, so that the vector is known, and one
; common way into C:
;
;   void exception_handler(const struct interrupt_frame *frame), noreturn
;
;   enters  long mode, IF = 0 (interrupt gates); the CPU has aligned RSP to 16 and
;           pushed SS, RSP, RFLAGS, CS, RIP and, for some vectors, an error code
;   leaves  RDI = the frame, RSP = the frame and a multiple of 16, DF = 0; RBP is
;           still the interrupted code's, so that a backtrace leads into it
;
; Intel SDM 3A, 6.12-6.14.

bits 64
default rel

%include "layout.inc"
%include "kernel/cpu/interrupt_frame.inc"

extern exception_handler

section .text
%assign vector 0
%rep EXCEPTIONS
exception_stub_%+vector:
%if !((EXCEPTIONS_WITH_CODE >> vector) & 1)
        push    0                               ; in its place: one frame for all
%endif
        push    vector
        jmp     exception_common
%assign vector vector + 1
%endrep

exception_common:
        push    r15                             ; struct interrupt_frame, from its end
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
        mov     rdi, rsp
        cld                                     ; C expects it, the interrupted code may
        call    exception_handler               ; have set it
        ud2                                     ; exception_handler does not return

section .rodata
        align   8
global exception_stubs
exception_stubs:                                ; void (*const exception_stubs[32])(void)
%assign vector 0
%rep EXCEPTIONS
        dq      exception_stub_%+vector
%assign vector vector + 1
%endrep

section .note.GNU-stack noalloc noexec nowrite progbits
