; der kleine Lader: ein Sektor Kernel nach 1000h:0
[BITS 16]
org 0x7c00
KERNEL_ADR equ 0x1000
init:
                xor ax, ax
                mov ds, ax
                mov es, ax
                mov ss, ax
                mov sp, 0x7c00
                mov [bootdrv], dl
                mov si, msg
                call puts
                call load
                push word KERNEL_ADR
                push word 0
                retf
load:
.loop0:
                mov ax, KERNEL_ADR
                mov es, ax              ; buffer address for reading
                xor bx, bx              ; offset = 0
                mov ah, 2               ; read function
                mov al, 1               ; 1 sector
                mov cx, 2               ; cylinder = 0, sector = 2
%ifdef MENDED
                mov dh, 0
                mov dl, [bootdrv]
%else
                xor dx, dx              ; head = 0, drive = 0
%endif
                int 13h
                jc .loop0
                ret
puts:
                lodsb
                cmp al, 0
                je .fertig
                mov ah, 0x0e
                int 10h
                jmp puts
.fertig:
                ret
bootdrv db 0
msg     db "Lade Kernel ... ", 0
times 510-($-$$) db 0
      dw 0aa55h

; ---- der Kernel, Sektor 2
kernel:
                mov ax, 0x1000
                mov ds, ax
                mov si, gruss - kernel
.zeichen:
                lodsb
                cmp al, 0
                je .ende
                mov ah, 0x0e
                int 10h
                jmp .zeichen
.ende:
                cli
                hlt
                jmp .ende
gruss   db "Hallo vom Kernel", 0
times 1024-($-$$) db 0
