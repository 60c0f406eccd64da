; WRONG: a page fault pushes an error code, and the handler must remove it (add rsp, 8) before IRETQ.
; Here IRETQ takes the error code for RIP and RIP for CS, which is a #GP; there is no gate for that.
    bits 64
    org 0x100000

start:
    mov rsp, stack_top
    mov rax, page_fault
    mov [idt + 14 * 16], ax
    mov word [idt + 14 * 16 + 2], 0x28
    mov word [idt + 14 * 16 + 4], 0x8e00
    shr rax, 16
    mov [idt + 14 * 16 + 6], ax
    lidt [idtr]

    mov rbx, 0x140000000        ; 5 GiB, not mapped yet: the handler maps it
    mov dword [rbx + 0xb8000], 0x0f4b0f4f       ; "OK", through the new mapping
.halt:
    hlt
    jmp .halt

; maps the GiB of CR2 to the first GiB of memory
page_fault:
    push rax
    push rbx
    push rcx
    mov rax, cr3
    mov rax, [rax]              ; PML4 entry 0
    and rax, ~0xfff
    mov rbx, cr2
    shr rbx, 30
    mov rcx, [rax]              ; PDPT entry 0
    mov [rax + rbx * 8], rcx
    pop rcx
    pop rbx
    pop rax
    iretq

idtr:
    dw 15 * 16 - 1
    dq idt
    align 16
idt: times 15 * 16 db 0
stack: times 4096 db 0
stack_top:
