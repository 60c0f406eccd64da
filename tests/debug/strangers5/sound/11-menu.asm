; 11-menu.asm - a boot menu in a FAT-like sector: counts down, a key ends that, then starts
; the entry, each of which is one sector, at 2000:0000
bits 16
org 0x7c00

    jmp short start
    nop
    db "MENU 1.0"           ; the place of a BPB, which nobody fills in
    times 0x3e - ($ - $$) db 0
start:
    xor ax, ax
    mov ds, ax
    mov ss, ax
    mov sp, 0x7c00
    sti
    cld
    mov [drive], dl
    mov si, menu
    call print
    mov byte [seconds], 2
.second:
    mov al, [seconds]
    add al, '0'
    mov ah, 0x0e
    mov bx, 7
    int 0x10
    mov ah, 1               ; a key?
    int 0x16
    jnz .key
    mov cx, 0x000f          ; 1,000,000 microseconds
    mov dx, 0x4240
    mov ah, 0x86
    int 0x15
    mov si, back
    call print
    dec byte [seconds]
    jnz .second
    mov al, '1'
    jmp .boot
.key:
    mov ah, 0
    int 0x16
.boot:
    cmp al, '2'
    mov cl, 3
    je .load
    mov cl, 2
.load:
    mov ax, 0x2000
    mov es, ax
    xor bx, bx
    mov ch, 0
    mov dh, 0
    mov dl, [drive]
    mov ax, 0x0201
    int 0x13
    jc .load
    call 0x2000:0           ; an entry may come back
    xor ax, ax
    mov ds, ax
    mov si, returned
    call print
.wait:
    mov ah, 0               ; any key: start again
    int 0x16
    int 0x19

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

menu: db 13, 10, "1 first system", 13, 10, "2 second system", 13, 10, 0
back: db 8, 0
returned: db 13, 10, "it came back; press a key", 0
seconds: db 0
drive: db 0
times 510 - ($ - $$) db 0
    dw 0xaa55

%macro system 1
%%begin:
    push cs
    pop ds
    mov si, %%text - %%begin
%%next:
    lodsb
    test al, al
    jz %%end
    mov ah, 0x0e
    mov bx, 7
    int 0x10
    jmp %%next
%%end:
    retf
%%text: db %1, 0
    times 512 - ($ - %%begin) db 0
%endmacro
    system "the first system was here"
    system "the second system was here"
