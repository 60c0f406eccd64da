; 02-packed.asm - unpacks itself (build.py has XORed all from `packed` on), runs at
; 0060:0000, and writes the operands of its own instructions
bits 16
org 0

    cli
    mov ax, 0x07c0
    mov ds, ax
    mov ax, 0x0060
    mov es, ax
    mov ss, ax
    mov sp, 0x2000
    sti
    cld
    xor si, si
    xor di, di
    mov cx, 256
    rep movsw
    jmp 0x60:unpack
unpack:
    mov ax, cs
    mov ds, ax
    mov si, packed
.next:
    xor byte [si], 0x5a
    inc si
    cmp si, 508
    jb .next
    jmp packed

times 64 - ($ - $$) db 0x90
packed:                     ; at 64, which build.py knows from the word at 508
    mov si, text
.next:
    mov al, [si]
    test al, al
    jz .count
    mov [.letter + 1], al   ; the operand of the second next instruction
    jmp .letter             ; a jump, so that an old CPU fetches it again
.letter:
    mov al, 0
    mov ah, 0x0e
    mov bx, 7
    int 0x10
    inc si
    jmp .next
.count:
    add byte [.how_often], 1
    db 0xb0                 ; mov al,
.how_often:
    db 0
    cmp al, 3
    mov si, again
    jb .next
stop:
    hlt
    jmp stop

text: db "unpacked", 0
again: db ", again", 0

times 508 - ($ - $$) db 0
    dw packed
    dw 0xaa55
