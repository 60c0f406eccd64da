; A clock in the corner, by the timer's vector of the user (1Ch); the program itself stands in jmp $.
[bits 16]
[org 0x7c00]
TICK equ 0x1c * 4
        cli
        xor ax, ax
        mov ds, ax
        mov ss, ax
        mov sp, 0x7c00
        cld
        mov word [TICK], tick
        mov word [TICK + 2], 0
        sti
        mov si, hello
say:    lodsb
        test al, al
        jz done
        mov ah, 0x0e
        mov bx, 7
        int 0x10
        jmp say
done:   jmp $

tick:   push ax
        push ds
        push es
        xor ax, ax
        mov ds, ax
        mov ax, 0xb800
        mov es, ax
        inc byte [units]
        cmp byte [units], 10
        jb .show
        mov byte [units], 0
        inc byte [tens]
        cmp byte [tens], 10
        jb .show
        mov byte [tens], 0
.show:  mov al, [tens]
        add al, '0'
        mov ah, 0x70
        mov [es:154], ax
        mov al, [units]
        add al, '0'
        mov [es:156], ax
        pop es
        pop ds
        pop ax
        iret

tens:   db 0
units:  db 0
hello:  db "Look at the corner", 13, 10, 0
        times 510-($-$$) db 0
        dw 0xaa55
