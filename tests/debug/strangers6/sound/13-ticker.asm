; protected mode, the PICs remapped, IRQ 0 counts on the screen; all in one sector
        org 0x7c00
        bits 16
        cli
        xor ax, ax
        mov ds, ax
        lgdt [gdtr]
        mov eax, cr0
        inc ax
        mov cr0, eax
        jmp 8:pm

        bits 32
pm:     mov ax, 16
        mov ds, ax
        mov es, ax
        mov ss, ax
        mov esp, 0x7c00

        mov edi, 0x1000                 ; the IDT: all gates lead to "other"
        mov ecx, 48
.gate:  mov eax, 0x00080000 + other
        stosd
        mov eax, 0x00008e00
        stosd
        loop .gate
        mov word [0x1000 + 32 * 8], timer
        lidt [idtr]

        mov esi, pic                    ; port, value
        mov ecx, 10
        xor edx, edx
.pic:   lodsb
        mov dl, al
        lodsb
        out dx, al
        loop .pic
        sti
idle:   hlt
        jmp idle

timer:  pushad
        inc dword [ticks]
        mov eax, [ticks]
        mov edi, 0xb8000 + 160 * 8 + 40
        mov ecx, 5
.digit: xor edx, edx
        mov ebx, 10
        div ebx
        add dl, '0'
        mov dh, 0x4f
        mov [edi + ecx * 2 - 2], dx
        loop .digit
        mov esi, label
        mov edi, 0xb8000 + 160 * 8
        mov ah, 0x1f
.text:  lodsb
        stosw
        cmp al, ':'
        jne .text
        mov al, 0x20
        out 0x20, al
        popad
other:  iretd

ticks   dd 0
label   db "ticks so far:"
pic     db 0x20, 0x11, 0xa0, 0x11, 0x21, 0x20, 0xa1, 0x28, 0x21, 4, 0xa1, 2, 0x21, 1, 0xa1, 1
        db 0x21, 0xfe, 0xa1, 0xff
        align 4
gdt     dq 0, 0x00cf9a000000ffff, 0x00cf92000000ffff
gdtr    dw 23
        dd gdt
idtr    dw 48 * 8 - 1
        dd 0x1000
        times 510 - ($ - $$) db 0
        dw 0xaa55
