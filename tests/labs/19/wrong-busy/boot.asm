; boot.asm - writes the dots without the timer
        bits    16
        org     0x7c00

IDT     equ     0x1000                  ; 256 gates of 8 bytes
VECTOR  equ     0x20                    ; of the PIC's line 0, the timer
COUNT   equ     11932                   ; 1193182 Hz / 11932 = 100 Hz

%macro outb 2                           ; port, value
        mov     al, %2
        out     %1, al
%endmacro

start:
        cli
        jmp     0:.normalised
.normalised:
        xor     ax, ax
        mov     ds, ax
        mov     ss, ax
        mov     sp, 0x7c00
        cld
        lgdt    [gdt_pointer]
        mov     eax, cr0
        or      eax, 1
        mov     cr0, eax
        jmp     0x08:protected

        bits    32
protected:
        mov     ax, 0x10
        mov     ds, ax
        mov     es, ax
        mov     ss, ax
        mov     esp, 0x7000

        mov     edi, IDT                ; no gates but one
        mov     ecx, 256 * 8 / 4
        xor     eax, eax
        rep stosd
        mov     eax, tick
        mov     [IDT + VECTOR * 8], ax
        mov     dword [IDT + VECTOR * 8 + 2], 0x8e000008
        shr     eax, 16
        mov     [IDT + VECTOR * 8 + 6], ax
        lidt    [idt_pointer]

        outb    0x20, 0x11              ; the PIC: four command words follow
        outb    0x21, VECTOR
        outb    0x21, 4                 ; the second PIC is at line 2
        outb    0x21, 1                 ; 8086 mode
        outb    0x21, 0xfe              ; only line 0
        outb    0x43, 0x36              ; the timer: a square wave
        outb    0x40, COUNT & 0xff
        outb    0x40, COUNT >> 8
        mov     dword [cell], 0xb8000 + 12 * 160
        sti
stay:
        cmp     dword [cell], 0xb8000 + 12 * 160 + 60
        jae     stay
        mov     eax, [cell]
        mov     word [eax], 0x0f00 | '.'
        add     dword [cell], 2
        mov     ecx, 100000
.wait:
        loop    .wait
        jmp     stay

; tick - a dot into the next cell of the screen
tick:
        push    eax
        mov     eax, [cell]
        mov     word [eax], 0x0f00 | '.'
        add     dword [cell], 2
        pop     eax
        iretd

        align   8
gdt:
        dq      0
        dq      0x00cf9a000000ffff      ; 08h: code
        dq      0x00cf92000000ffff      ; 10h: data
gdt_end:

gdt_pointer:
        dw      gdt_end - gdt - 1
        dd      gdt
idt_pointer:
        dw      256 * 8 - 1
        dd      IDT
cell:
        dd      0

        times   509-($-$$) db 0
answer:
        db      'c'                     ; the letter of the cause
        dw      0xaa55
