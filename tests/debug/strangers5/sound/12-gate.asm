; 12-gate.asm - 32-bit: a double fault is answered by a task of its own, through a task gate;
; the self test at the start causes one
bits 16
org 0x7c00

    jmp 0:start
start:
    xor ax, ax
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov sp, 0x7c00
    mov ax, 0x0202          ; the rest of this file
    mov cx, 2
    mov dh, 0
    mov bx, 0x7e00
    int 0x13
    jc $
    mov ax, 3
    int 0x10
    cli
    lgdt [gdtr]
    mov eax, cr0
    or al, 1
    mov cr0, eax
    jmp 8:flat

bits 32
flat:
    mov ax, 0x10
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov esp, 0x7c00
    lidt [idtr]
    mov ax, 0x18
    ltr ax
    int 0x50                ; not there, and neither is the gate for that fault
    jmp $

times 510 - ($ - $$) db 0
    dw 0xaa55

double_fault:
    mov esi, text
    mov edi, 0xb8000 + 160 * 4
    mov ah, 0x0a
.next:
    lodsb
    test al, al
    jz .stop
    stosw
    jmp .next
.stop:
    cli
    hlt
    jmp .stop

text: db "self test: double fault caught by its task", 0

align 8
gdt:
    dq 0, 0x00cf9a000000ffff, 0x00cf92000000ffff
    dw 103, main_task
    db 0, 0x89, 0, 0
    dw 103, fault_task
    db 0, 0x89, 0, 0
gdtr:
    dw gdtr - gdt - 1
    dd gdt
align 8
idt:
    times 8 dq 0
    dw 0, 0x20, 0x8500, 0   ; task gate
    times 0x51 - 9 dq 0     ; 50h is there, but not present
idtr:
    dw idtr - idt - 1
    dd idt
align 16
main_task:
    times 104 db 0
fault_task:
    dd 0, 0, 0, 0, 0, 0, 0
    dd 0                    ; CR3
    dd double_fault, 2      ; EIP, EFLAGS
    dd 0, 0, 0, 0           ; EAX, ECX, EDX, EBX
    dd 0x7000, 0, 0, 0      ; ESP, EBP, ESI, EDI
    dd 0x10, 8, 0x10, 0x10, 0x10, 0x10
    dd 0                    ; LDT
    dw 0, 104
times 3 * 512 - ($ - $$) db 0
