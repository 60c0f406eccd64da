; loads the kernel, 160 sectors, to 1000h:0000h, one sector a call
org 0x7c00
bits 16
    jmp 0:start
start:
    xor ax, ax
    mov ds, ax
    mov ss, ax
    mov sp, 0x7c00
    mov [drive], dl
    mov ah, 8               ; geometry
    int 0x13
    jc error
    and cx, 0x3f
    mov [spt], cx
    movzx dx, dh
    inc dx
    mov [heads], dx
    mov ax, 0x1000
    mov es, ax
    xor bx, bx
    mov word [lba], 1
    mov di, 160
load:
    mov ax, [lba]
    xor dx, dx
    div word [spt]
    inc dx
    mov cl, dl
    xor dx, dx
    div word [heads]
    mov dh, dl
    mov ch, al
    mov dl, [drive]
    mov ax, 0x0201
    int 0x13
    jc error
%ifdef MENDED
    mov ax, es
    add ax, 32
    mov es, ax
%else
    add bx, 512
%endif
    inc word [lba]
    dec di
    jnz load
    cli
    lgdt [gdtr]
    mov eax, cr0
    or al, 1
    mov cr0, eax
    jmp 8:pm
error:
    mov ax, 0x0e21
    int 0x10
    hlt
    jmp error
bits 32
pm: mov ax, 16
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov esp, 0x9fc00
    call 0x10000
    hlt
    jmp $ - 1
align 4
gdt: dq 0, 0x00cf9a000000ffff, 0x00cf92000000ffff
gdtr: dw 23
    dd gdt
drive: db 0
spt: dw 0
heads: dw 0
lba: dw 0
times 510-($-$$) db 0
dw 0xaa55
