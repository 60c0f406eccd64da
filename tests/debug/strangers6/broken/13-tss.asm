; GDT with a code segment and a TSS, as in the double fault chapter, then int3
        bits 64
        org 0x100000

start:  lgdt [gdt_pointer]
        push 0x08
        push reloaded
        o64 retf
reloaded:
%ifdef MENDED
        xor eax, eax
        mov ss, eax
%endif
        mov rax, tss                    ; the base into the descriptor
        mov [gdt.tss + 2], ax
        shr rax, 16
        mov [gdt.tss + 4], al
        mov [gdt.tss + 7], ah
        mov ax, 0x10
        ltr ax

        mov rax, breakpoint
        mov [idt + 3 * 16], ax
        mov word [idt + 3 * 16 + 2], 0x08
        mov word [idt + 3 * 16 + 4], 0x8e00
        shr rax, 16
        mov [idt + 3 * 16 + 6], ax
        lidt [idt_pointer]

        mov rsi, hello
        call print
        int3
        mov rsi, survived
        call print
halt:   hlt
        jmp halt

breakpoint:
        push rsi
        mov rsi, exception
        call print
        pop rsi
        iretq

print:  push rax
        push rdx
.next:  mov dx, 0x3fd
        in al, dx
        test al, 0x20
        jz .next
        mov al, [rsi]
        inc rsi
        test al, al
        jz .done
        mov dx, 0x3f8
        out dx, al
        jmp .next
.done:  pop rdx
        pop rax
        ret

hello:  db "Hello World", 13, 10, 0
exception: db "EXCEPTION: BREAKPOINT", 13, 10, 0
survived: db "It did not crash!", 13, 10, 0

        align 8
gdt:    dq 0
        dq 0x00209a0000000000           ; 08h: code
.tss:   dw 103, 0                       ; 10h: TSS
        db 0, 0x89, 0, 0
        dq 0
gdt_pointer:
        dw gdt_pointer - gdt - 1
        dq gdt
idt_pointer:
        dw 32 * 16 - 1
        dq idt
        align 16
tss:    times 104 db 0
        align 16
idt:    times 32 * 16 db 0
