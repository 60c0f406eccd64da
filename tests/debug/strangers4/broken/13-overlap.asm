; 13-overlap.asm - loads the rest of the disk at 1000h and runs it
[org 0x7c00]
KERNEL_OFFSET equ 0x1000
%ifdef MENDED
KERNEL_SECTORS equ 16
%else
KERNEL_SECTORS equ 60       ; "enough for a while"
%endif

    mov [BOOT_DRIVE], dl
    mov bp, 0x9000
    mov sp, bp
    mov bx, MSG_LOAD
    call print_string
    call load_kernel
    jmp KERNEL_OFFSET

load_kernel:
    mov bx, KERNEL_OFFSET
    mov dh, KERNEL_SECTORS
    mov dl, [BOOT_DRIVE]
    push dx
    mov ah, 0x02
    mov al, dh
    mov ch, 0x00
    mov dh, 0x00
    mov cl, 0x02
    int 0x13
    jc disk_error
    pop dx
    cmp dh, al
    jne disk_error
    ret

disk_error:
    mov bx, MSG_ERROR
    call print_string
    jmp $

print_string:
    pusha
    mov ah, 0x0e
.next:
    mov al, [bx]
    cmp al, 0
    je .done
    int 0x10
    inc bx
    jmp .next
.done:
    popa
    ret

BOOT_DRIVE db 0
MSG_LOAD db "Loading the kernel. ", 0
MSG_ERROR db "Disk read error!", 0
times 510-($-$$) db 0
dw 0xaa55
