; WRONG: the labels count from 0 (no ORG 7C00h), but nobody loads DS with 07C0h.  DS is 0, so
; LODSB prints bytes of the BIOS's interrupt table instead of the message.
    bits 16

    mov si, message
    mov ah, 0x0e
print:
    lodsb
    cmp al, 0
    je done
    int 0x10
    jmp print
done:
    hlt
    jmp done

message: db "Hello, world! This is my own operating system.", 13, 10, 0

    times 510-($-$$) db 0
    dw 0xaa55
