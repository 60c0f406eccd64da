; from real mode straight to long mode, with tables of our own at 9000h
        org 0x7c00
        bits 16
        jmp 0:start
start:  xor ax, ax
        mov ss, ax
        mov sp, 0x7c00
        mov ds, ax
        mov es, ax
        cld
        mov di, 0x9000                  ; PML4, PDPT, PD
        mov cx, 3 * 4096 / 2
        rep stosw
        mov word [0x9000], 0xa003
        mov word [0xa000], 0xb003
        mov word [0xb000], 0x0083       ; 0 to 2 MiB in one page
        cli
        lidt [no_idt]
        mov eax, 0xa0                   ; PAE, PGE
        mov cr4, eax
        mov eax, 0x9000
        mov cr3, eax
        mov ecx, 0xc0000080
        rdmsr
        or ax, 0x100
        wrmsr
        mov eax, cr0
        or eax, 0x80000001
        mov cr0, eax
        lgdt [gdt_pointer]
        jmp 8:long_mode

        bits 64
long_mode:
        mov ax, 0x10
        mov ds, ax
        mov es, ax
        mov ss, ax
        mov rsi, text
        mov edi, 0xb8000 + 160 * 10
        mov ah, 0x2f
.next:  lodsb
        test al, al
        jz .end
        stosw
        jmp .next
.end:   hlt
        jmp .end

no_idt: dw 0
        dd 0
        align 8
gdt:    dq 0
        dq 0x00209a0000000000
        dq 0x0000920000000000
gdt_pointer:
        dw $ - gdt - 1
        dd gdt
text:   db "64 bits in 512 bytes", 0
        times 510 - ($ - $$) db 0
        dw 0xaa55
