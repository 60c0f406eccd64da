[bits 16]                       ;real mode
[org 0x7c00]

mov [DISK], dl                  ;save boot drive value
xor ax, ax                      ;setting up stack
mov ds, ax
cli
mov ss, ax
mov sp, 0x7c00
sti
mov di, 5                       ;counter for number of tries

read_disk:
    mov ah, 0x00                ;resetting disk
    mov dl, [DISK]
    int 0x13

    mov bx, 0x9000              ;data buffer
    mov es, bx
    mov bx, 0x0000
    mov ah, 0x02                ;function number 2 of int 13h
%ifdef MENDED
    mov al, 0x01                ;read 1 sector
%else
    mov al, 0x05                ;read 5 sectors
%endif
    mov ch, 0x00                ;cylinder 0
    mov cl, 0x02                ;sector 2 (1 is boot sector)
    mov dh, 0x00                ;head 0
    mov dl, [DISK]              ;give dl value
    int 0x13                    ;call interrupt
    jc disk_error               ;if carry flag is set

    mov ax, 0x9000
    mov ds, ax
    mov bx, 0
    call print_string
loop:
    jmp $

print_string:
    push bx
    push ax
.one:
    mov ah, 0x0e
    mov al, [bx]
    cmp al, 0
    je .end
    push bx
    mov bx, 7
    int 0x10
    pop bx
    inc bx
    jmp .one
.end:
    pop ax
    pop bx
    ret

disk_error:
    cmp di, 0                   ;if number of tries=0 jump to loop
    je loop
    mov bx, MSG                 ;print out the error message
    call print_string
    dec di                      ;decrementing di
    jmp read_disk

MSG:  db 'disk read error! ', 0
DISK: db 0

times 510-($-$$) db 0           ; boot sector padding and BIOS trigger
dw 0xaa55

db 'the sector that should be read', 0
times 1024-($-$$) db 0
