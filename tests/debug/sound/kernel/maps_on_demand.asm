; maps_on_demand.asm - a page fault whose handler maps the page and removes the error code
bits 64
org 0x100000
%include "kernel.inc"
        SET_GATE 0x03, breakpoint
        SET_GATE 0x0e, page_fault
        lidt    [idt_pointer]
        int3
        mov     rax, 0x200000000000
        mov     rbx, [rax]
        PRINT   'K'
.halt:  cli
        hlt
breakpoint:
        iretq
page_fault:
        push    rax
        mov     eax, [0x10000]
        mov     [0x10000 + 64 * 8], eax         ; the entry of 0 serves 64 x 512 GiB as well
        pop     rax
        add     rsp, 8
        iretq
        IDT
