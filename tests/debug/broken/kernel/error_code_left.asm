; error_code_left.asm - the handler of #PF returns with the error code still on the stack
; cause: error code.*(still )?on the stack
; try: add rsp, 8|remove
bits 64
org 0x100000
%include "kernel.inc"
        SET_GATE 0x0e, page_fault
        lidt    [idt_pointer]
        mov     rax, 0x200000000000
        mov     rbx, [rax]
.halt:  cli
        hlt
page_fault:
        mov     dword [0x10000], 0x11003
        iretq
        IDT
