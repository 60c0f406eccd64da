; first stage
    org 7C00h
    bits 16
    jmp short begin
    nop

begin:
    cli
    xor ax, ax
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov sp, 7C00h
    sti
    cld
    mov [drive], dl
    mov si, loading
    call puts
again:
    xor ah, ah
    mov dl, [drive]
    int 13h
    jc again
read:
    mov ax, 0201h           ; one sector
    mov bx, 8000h
    mov ch, 0               ; cylinder 0
%ifdef MENDED
    mov cl, 2               ; sector
%else
    mov cl, 1               ; sector
%endif
    mov dh, 0               ; head 0
    mov dl, [drive]
    int 13h
    jc read
    jmp 0:8000h

puts:
    lodsb
    or al, al
    jz .end
    mov ah, 0Eh
    mov bx, 0007h
    int 10h
    jmp puts
.end:
    ret

drive db 0
loading db 'Loading stage 2... ', 0
    times 510-($-$$) db 0
    dw 0AA55h

; second stage, sector 2 of the disk: runs at 8000h
stage2:
    mov si, 8000h + hello - stage2
    mov ax, puts            ; absolute: this code was moved
    call ax
.hang:
    hlt
    jmp .hang
hello db 'stage 2 here', 0
    times 1024-($-$$) db 0
