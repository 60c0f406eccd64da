; kernel.asm - a dot for each tick of the timer
bits 64
org 0x100000

start:
    mov rsp, stack_top
    mov rax, timer
    mov rdi, idt + 0x20 * 16
    mov [rdi], ax
    mov word [rdi + 2], 0x28
    mov word [rdi + 4], 0x8e00
    shr rax, 16
    mov [rdi + 6], ax
    shr rax, 16
    mov [rdi + 8], eax
    lidt [idtr]

    mov al, 0x11
    out 0x20, al
    out 0xa0, al
    mov al, 0x20
    out 0x21, al
    mov al, 0x28
    out 0xa1, al
    mov al, 4
    out 0x21, al
    mov al, 2
    out 0xa1, al
    mov al, 1
    out 0x21, al
    out 0xa1, al
    mov al, 0xfe
    out 0x21, al

    sti
.wait:
    hlt
    cmp qword [ticks], 20
    jb .wait
    mov rsi, done
.next:
    lodsb
    test al, al
    jz .idle
    mov dx, 0x3f8
    out dx, al
    jmp .next
.idle:
    hlt
    jmp .idle

timer:
    push rax
    push rdx
    inc qword [ticks]
    mov dx, 0x3f8
    mov al, '.'
    out dx, al
    mov al, 0x20
    out 0x20, al
    pop rdx
    pop rax
%ifdef MENDED
    iretq
%else
    iretd ; "iret" as NASM 2 assembles it here; NASM 3 makes IRETQ of that
%endif

ticks: dq 0
done: db " twenty ticks", 13, 10, 0
align 16
idt: times 256 * 16 db 0
idtr: dw 256 * 16 - 1
    dq idt
align 16
    times 8192 db 0
stack_top:
