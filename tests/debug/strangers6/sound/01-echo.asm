; asks for a key with INT 16h and says which one it was, forever
        org 0x7c00
        xor ax, ax
        mov ds, ax
        mov ss, ax
        mov sp, 0x7c00
again:  mov si, ask
        call write
        mov ah, 0
        int 0x16
        mov [key], al
        mov si, answer
        call write
        jmp again
write:  cld
.next:  lodsb
        or al, al
        jz .end
        mov ah, 0x0e
        mov bx, 7
        int 0x10
        jmp .next
.end:   ret
ask     db 13, 10, "Press a key: ", 0
answer  db "that was <"
key     db " >", 0
        times 510 - ($ - $$) db 0
        dw 0xaa55
