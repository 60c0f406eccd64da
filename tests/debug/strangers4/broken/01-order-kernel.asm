; the program of the second sector
[bits 16]
[org 0x7e00]

    mov si, hello
next:
    lodsb
    test al, al
    jz done
    mov ah, 0x0e
    mov bx, 7
    int 0x10
    jmp next
done:
    hlt
    jmp done

hello db "tinyos 0.1 is up", 0
times 512-($-$$) db 0
