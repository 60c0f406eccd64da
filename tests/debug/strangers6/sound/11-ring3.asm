; a program in ring 3 that writes by INT 80h and then idles there forever
        bits 64
        org 0x100000

start:  mov rsp, kernel_stack
        lgdt [gdt_pointer]
        push 0x08
        push reloaded
        o64 retf
reloaded:
        mov ax, 0x10
        mov ss, ax
        mov ds, ax
        mov es, ax

        mov rax, cr3                    ; the loader's tables: let ring 3 use 0 to 1 GiB
        and rax, -4096
        or byte [rax], 4
        mov rax, [rax]
        and rax, -4096
        or byte [rax], 4
        mov rax, [rax]
        and rax, -4096
        mov ecx, 512
.user:  or byte [rax + rcx * 8 - 8], 4
        loop .user
        mov rax, cr3
        mov cr3, rax

        mov rax, tss
        mov [gdt.tss + 2], ax
        shr rax, 16
        mov [gdt.tss + 4], al
        mov [gdt.tss + 7], ah
        mov ax, 0x28
        ltr ax

        mov rax, system_call
        mov [idt + 0x80 * 16], ax
        shr rax, 16
        mov [idt + 0x80 * 16 + 6], ax
        mov dword [idt + 0x80 * 16 + 2], 0xee000008
        mov word [idt + 0x80 * 16 + 2], 0x08
        mov word [idt + 0x80 * 16 + 4], 0xee00
        lidt [idt_pointer]

        push 0x20 | 3                   ; SS
        push user_stack
        push 2                          ; no interrupts
        push 0x18 | 3                   ; CS
        push user
        iretq

system_call:                            ; AL = character
        push rdx
        mov ah, al
.wait:  mov dx, 0x3fd
        in al, dx
        test al, 0x20
        jz .wait
        mov al, ah
        mov dx, 0x3f8
        out dx, al
        pop rdx
        iretq

user:   mov rsi, text
.next:  lodsb
        test al, al
        jz .idle
        int 0x80
        jmp .next
.idle:  pause
        jmp .idle
text:   db "hello from ring 3", 13, 10, 0

        align 8
gdt:    dq 0
        dq 0x00209a0000000000           ; 08h, 10h: the kernel's
        dq 0x0000920000000000
        dq 0x0020fa0000000000           ; 18h, 20h: the program's
        dq 0x0000f20000000000
.tss:   dw 103, 0                       ; 28h
        db 0, 0x89, 0, 0
        dq 0
gdt_pointer:
        dw gdt_pointer - gdt - 1
        dq gdt
idt_pointer:
        dw 256 * 16 - 1
        dq idt
        align 16
tss:    dd 0
        dq kernel_stack
        times 88 db 0
        dw 0, 104
        align 16
idt:    times 256 * 16 db 0
        times 4096 db 0
kernel_stack:
        times 4096 db 0
user_stack:
