; 05-a20.asm - opens A20 by the keyboard controller, then says so
bits 16
org 0x7c00

    cli
    xor ax, ax
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov sp, 0x7c00
    sti
    cld
    mov ax, 3
    int 0x10
    mov si, hello
    call print
%ifdef MENDED
    call enable_a20
%else
    jmp enable_a20
%endif
    mov si, done
    call print
stop:
    hlt
    jmp stop

print:
    lodsb
    test al, al
    jz .end
    mov ah, 0x0e
    mov bx, 7
    int 0x10
    jmp print
.end:
    ret

enable_a20:
    cli
    call wait_input
    mov al, 0xd1            ; write the output port
    out 0x64, al
    call wait_input
    mov al, 0xdf            ; A20 on
    out 0x60, al
    call wait_input
    sti
    ret

wait_input:
    in al, 0x64
    test al, 2
    jnz wait_input
    ret

hello: db "Opening A20 ... ", 0
done: db "A20 is open", 0

times 510 - ($ - $$) db 0
    dw 0xaa55
