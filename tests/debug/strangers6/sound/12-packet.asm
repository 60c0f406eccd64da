; a boot sector with a BPB that reads its second stage by LBA and jumps to 0800h:0
        org 0
        bits 16
        jmp short begin
        nop
        db "STUDENT "
        dw 512
        db 1
        dw 8
        db 2
        dw 224, 2880
        db 0xf0
        dw 9, 18, 2
        dd 0, 0
        db 0, 0, 0x29
        dd 0x20261127
        db "NO NAME    FAT12   "
begin:  cli
        mov ax, 0x07c0
        mov ds, ax
        xor ax, ax
        mov ss, ax
        mov sp, 0x7c00
        sti
        mov ah, 0x42
        mov si, packet
        int 0x13
        jc error
        jmp 0x0800:0
error:  mov al, 'E'
        mov ah, 0x0e
        int 0x10
.stop:  hlt
        jmp .stop
        align 4
packet: db 16, 0
        dw 3                            ; sectors
        dw 0, 0x0800
        dq 1
        times 510 - ($ - $$) db 0
        dw 0xaa55

second: mov ax, cs
        mov ds, ax
        mov si, hello - second
        cld
.next:  lodsb
        or al, al
        jz .idle
        mov ah, 0x0e
        mov bx, 7
        int 0x10
        jmp .next
.idle:  hlt                             ; with interrupts on: the BIOS keeps its clock
        jmp .idle
hello:  times 600 db 13                 ; so that the text is in the last of the three sectors
        db "stage two of three sectors", 0
        times 4 * 512 - ($ - $$) db 0
