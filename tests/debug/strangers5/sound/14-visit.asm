; 14-visit.asm - visits 16-bit protected mode three times, as on a 286 but with the way back,
; and calls the BIOS in between
bits 16
org 0x7c00

    jmp 0:start
start:
    xor ax, ax
    mov ds, ax
    mov ss, ax
    mov sp, 0x7c00
    cld
    mov ax, 3
    int 0x10
    mov cx, 3
.again:
    push cx
    call visit
    mov si, text            ; the BIOS still answers
    call print
    pop cx
    loop .again
    mov si, done
    call print
.stop:
    hlt
    jmp .stop

visit:
    cli
    lgdt [gdtr]
    lidt [none]
    mov eax, cr0
    or al, 1
    mov cr0, eax
    jmp 8:.protected
.protected:
    mov ax, 0x10
    mov es, ax              ; the screen from its row 10 on
    mov di, [column]
    mov word [es:di], 0x2e2a
    add word [column], 2
    mov ax, 0x18
    mov es, ax              ; limit 64 KiB again
    mov eax, cr0
    and al, 0xfe
    mov cr0, eax
    jmp 0:.real
.real:
    xor ax, ax
    mov es, ax
    lidt [ivt]
    sti
    ret

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

column: dw 0
text: db "back in real mode ", 0
done: db "- 3 visits", 0
align 8
gdt:
    dq 0
    dw 0xffff, 0, 0x9a00, 0             ; code, base 0
    dw 80 * 2 - 1, 0x8640, 0x920b, 0    ; data: one row of the screen, B8640h
    dw 0xffff, 0, 0x9200, 0
gdtr:
    dw gdtr - gdt - 1
    dd gdt
none: dw 0
    dd 0
ivt: dw 0x3ff
    dd 0

times 510 - ($ - $$) db 0
    dw 0xaa55
