; 03-v86.asm - a 32-bit monitor that runs a 16-bit program in virtual-8086 mode: the
; program's HLT is a #GP that the monitor answers, its INT 30h ends it
bits 16
org 0x7c00

    jmp 0:start
start:
    xor ax, ax
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov sp, 0x7c00
    cld
    mov ah, 2               ; the rest of this file
    mov al, 3
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
    jmp 8:monitor
times 510 - ($ - $$) db 0
    dw 0xaa55

bits 32
monitor:
    mov ax, 0x10
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov esp, 0x7c00
    mov dword [tss + 4], 0x7c00
    mov word [tss + 8], 0x10
    mov word [tss + 102], 104       ; no I/O bitmap
    mov eax, fault
    mov [idt + 13 * 8], ax
    mov eax, service
    mov [idt + 0x30 * 8], ax
    lidt [idtr]
    mov ax, 0x18
    ltr ax
    push dword 0                    ; GS
    push dword 0                    ; FS
    push dword 0                    ; DS
    push dword 0                    ; ES
    push dword 0x2000               ; SS
    push dword 0x1000               ; ESP
    push dword 0x23002              ; EFLAGS: VM, IOPL 3
    push dword 0
    push dword program
    iretd

fault:                              ; #GP: only a HLT of the program is expected
    push eax
    push ebx
    movzx eax, word [esp + 16]      ; CS, after EBX, EAX, the error code and EIP
    shl eax, 4
    mov ebx, [esp + 12]
    cmp byte [eax + ebx], 0xf4
    jne dead
    inc dword [esp + 12]
    inc dword [halts]
    pop ebx
    pop eax
    add esp, 4
    iretd

service:
    cmp dword [halts], 2
    jne dead
    mov esi, bye
    mov edi, 0xb8000 + 160 * 6
    mov ah, 0x0a
.next:
    lodsb
    test al, al
    jz dead
    stosw
    jmp .next
dead:
    cli
    hlt
    jmp dead

bits 16
program:                            ; segment 0, as the BIOS's programs
    mov ax, 0xb800
    mov es, ax
    mov di, 160 * 4
    mov si, hello
    mov ah, 0x0e
.next:
    lodsb
    test al, al
    jz .end
    stosw
    jmp .next
.end:
    hlt                             ; waits for nothing: the monitor goes on at once
    hlt
    int 0x30

hello: db "a real-mode program in a box", 0
bye: db "monitor: the program has ended after 2 halts", 0

align 8
gdt:
    dq 0, 0x00cf9a000000ffff, 0x00cf92000000ffff
    dw 103, tss
    db 0, 0x89, 0, 0
gdtr:
    dw gdtr - gdt - 1
    dd gdt
halts: dd 0
align 8
idt:
    times 13 dq 0
    dw 0, 8, 0x8e00, 0
    times 0x30 - 14 dq 0
    dw 0, 8, 0xee00, 0
idtr:
    dw idtr - idt - 1
    dd idt
align 16
tss:
    times 104 db 0
times 4 * 512 - ($ - $$) db 0
