; interrupt_stubs.asm - where the CPU arrives: one stub for each vector
;
; The stubs make one frame for all vectors; interrupt_common takes it to C:
;
;   void interrupt_dispatch(struct interrupt_frame *frame)
;
;   enters  long mode, IF = 0 (interrupt gates); the CPU has aligned RSP to 16 and
;           pushed SS, RSP, RFLAGS, CS, RIP and, for some vectors, an error code
;   calls   with RDI = the frame, RSP = the frame and a multiple of 16, DF = 0; RBP is
;           still the interrupted code's, so that a backtrace leads into it
;   leaves  by IRETQ with the registers that the frame holds then: whoever changes
;           the frame changes what the interrupted code finds
;
; Intel SDM 3A, 6.12-6.14.

bits 64
default rel

%include "layout.inc"
%include "kernel/interrupts/interrupt_frame.inc"

extern interrupt_dispatch

%macro stub 1.nolist                                   ; vector
%if %1 >= EXCEPTIONS || !((EXCEPTIONS_WITH_CODE >> (%1 & 31)) & 1)
        push    0                               ; in its place: one frame for all
%endif
        push    %1
        jmp     strict near interrupt_common
        align   INTERRUPT_STUB_SIZE
%endmacro

section .text
        align   INTERRUPT_STUB_SIZE
global interrupt_stubs
interrupt_stubs:                                ; stub n: at n * INTERRUPT_STUB_SIZE
%assign vector 0
%rep VECTORS
        stub    vector
%assign vector vector + 1
%endrep

interrupt_common:
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
        call    interrupt_dispatch              ; have set it
global interrupt_return                         ; backtraces know it: the frame lies here
interrupt_return:
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
        add     rsp, interrupt_frame.rip - interrupt_frame.vector
        iretq

section .note.GNU-stack noalloc noexec nowrite progbits
