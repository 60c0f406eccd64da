; fault_stubs.asm - the loader's IDT, and a stub for each of the CPU's 32 exceptions
;
;   in   from any instruction of the loader that fails
;   out  in fault_report (faults.c), which does not return
;
; Intel SDM 3A 6.11 (IDT gates), 6.12.

%include "layout.inc"
%include "stage2/protected_mode.inc"

bits 32

extern fault_report

; ---------------------------------------------------------------------------
section .data
; Gates hold an address in two halves; everything here is below 64 KiB, so the
; high half is 0 and the table can be written as constants.
        align   16
idt:
%assign vector 0
%rep EXCEPTIONS
        dw      fault_stub_ %+ vector, SELECTOR_CODE32
        dw      0x8e00, 0                       ; present, DPL 0, 32-bit interrupt gate
%assign vector vector + 1
%endrep
idt_end:

global fault_idt_pointer
fault_idt_pointer:
        dw      idt_end - idt - 1
        dd      idt

; ---------------------------------------------------------------------------
section .text
; The stubs make the stack the same for all vectors, a struct fault_frame: the
; CPU pushes an error code for some vectors, the stub a 0 for the others.
%assign vector 0
%rep EXCEPTIONS
fault_stub_ %+ vector:
%if (EXCEPTIONS_WITH_CODE & (1 << vector)) == 0
        push    dword 0
%endif
        push    dword vector
        jmp     fault_common
%assign vector vector + 1
%endrep

fault_common:
        pushad
        cld
        mov     ax, SELECTOR_DATA
        mov     ds, ax
        mov     es, ax
        mov     ebx, esp
        and     esp, -16                        ; the i386 ABI requires it before a call
        sub     esp, 12
        push    ebx
        call    fault_report                    ; void fault_report(const struct fault_frame *);
.halt:
        hlt                                     ; not reached: fault_report does not return
        jmp     .halt

section .note.GNU-stack noalloc noexec nowrite progbits
