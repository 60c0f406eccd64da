; 06-tune.asm - plays on the speaker; each note lasts as long as channel 0, read by latching,
; says.  No interrupts at all.
bits 16
org 0x7c00

    cli
    xor ax, ax
    mov ds, ax
    mov ss, ax
    mov sp, 0x7c00
    cld
    mov al, 0x34            ; channel 0, rate generator, the longest period: 55 ms
    out 0x43, al
    xor al, al
    out 0x40, al
    out 0x40, al
    mov si, notes
.note:
    lodsw
    test ax, ax
    jz .end
    mov bx, ax
    mov al, 0xb6            ; channel 2, square wave
    out 0x43, al
    mov al, bl
    out 0x42, al
    mov al, bh
    out 0x42, al
    in al, 0x61
    or al, 3                ; gate and speaker
    out 0x61, al
    call period
    call period
    in al, 0x61
    and al, 0xfc
    out 0x61, al
    jmp .note
.end:
    mov si, text
.say:
    lodsb
    test al, al
    jz .stop
    mov ah, 0x0e
    mov bx, 7
    int 0x10
    jmp .say
.stop:
    cli
    hlt
    jmp .stop

period:                     ; until channel 0 has begun again from the top
    call count
    mov cx, ax
.next:
    call count
    cmp ax, cx
    mov cx, ax
    jbe .next               ; it counts down
    ret

count:
    xor al, al              ; latch channel 0
    out 0x43, al
    in al, 0x40
    mov ah, al
    in al, 0x40
    xchg al, ah
    ret

notes: dw 4560, 4063, 3619, 3416, 3043, 2711, 2415, 2280, 0
text: db "that was a scale", 0

times 510 - ($ - $$) db 0
    dw 0xaa55
