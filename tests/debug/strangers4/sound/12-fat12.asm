; a floppy with FAT12: the boot sector finds KERNEL.BIN in the root directory,
; follows its clusters to 2000h:0 and jumps there
bits 16
org 0x7c00

ROOT_LBA equ 1 + 2 * 9
DATA_LBA equ ROOT_LBA + 14
BUFFER equ 0x8000           ; the root directory, then the FAT

    jmp short start
    nop
    db "SOMEDOS "
    dw 512
    db 1
    dw 1
    db 2
    dw 224
    dw 2880
    db 0xf0
    dw 9
sectors dw 18
heads dw 2
    dd 0, 0
drive db 0, 0, 0x29
    dd 0x20090817
    db "FLOPPY     FAT12   "

start:
    xor ax, ax
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov sp, 0x7c00
    cld
    mov [drive], dl
    mov ah, 8               ; the geometry that the BIOS takes this disk for
    int 0x13
    jc failed
    and cx, 63
    mov [sectors], cx
    shr dx, 8
    inc dx
    mov [heads], dx
    xor ax, ax
    mov es, ax

    mov ax, ROOT_LBA
    mov cx, 14
    mov bx, BUFFER
    call read
    mov di, BUFFER
    mov dx, 224
find:
    push di
    mov si, name
    mov cx, 11
    repe cmpsb
    pop di
    je found
    add di, 32
    dec dx
    jnz find
failed:
    mov ax, 0x0e00 + '?'
    int 0x10
    jmp $

found:
    mov si, [di + 26]       ; the first cluster
    mov ax, 1
    mov cx, 9
    mov bx, BUFFER
    call read
    push 0x2000
    pop es
    xor bx, bx
cluster:
    lea ax, [si + DATA_LBA - 2]
    mov cx, 1
    call read
    mov di, si
    shr di, 1
    add di, si
    mov ax, [di + BUFFER]
    test si, 1
    jz even
    shr ax, 4
even:
    and ax, 0x0fff
    mov si, ax
    cmp ax, 0x0ff8
    jb cluster
    mov dl, [drive]
    jmp 0x2000:0

; AX = LBA, CX = sectors, ES:BX = buffer, which moves on
read:
    pusha
    xor dx, dx
    div word [sectors]
    inc dx
    mov cl, dl
    xor dx, dx
    div word [heads]
    mov ch, al
    mov dh, dl
    mov dl, [drive]
    mov ax, 0x0201
    int 0x13
    jc failed
    popa
    add bx, 512
    inc ax
    loop read
    ret

name db "KERNEL  BIN"
    times 510-($-$$) db 0
    dw 0xaa55

%macro fat 0
%%start:
    db 0xf0, 0xff, 0xff, 0x03, 0xf0, 0xff       ; cluster 2, then 3, the end
    times 9 * 512-($-%%start) db 0
%endmacro
    fat
    fat

root:
    db "FLOPPY     ", 8
    times 20 db 0
    db "README  TXT", 0x20
    times 20 db 0
    db "KERNEL  BIN", 0x20
    times 14 db 0
    dw 2
    dd 1024
    times 14 * 512-($-root) db 0

; KERNEL.BIN: the second cluster has the text
kernel:
    push cs
    pop ds
    mov si, text - kernel
.next:
    lodsb
    or al, al
    jz .done
    mov ah, 0x0e
    mov bx, 7
    int 0x10
    jmp .next
.done:
    hlt
    jmp .done
    times 512-($-kernel) db 0
text db "KERNEL.BIN was found on FAT12", 0
    times 1474560-($-$$) db 0
