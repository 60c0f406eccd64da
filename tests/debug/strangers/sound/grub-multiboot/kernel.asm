; Sound: a 32-bit Multiboot kernel that GRUB starts.  It checks GRUB's magic number, writes a line on the
; screen and halts.  It has no IDT and needs none: interrupts are off.
    bits 32
    section .text
    align 4
    dd 0x1badb002, 0, -0x1badb002

    global start
start:
    mov esi, greeting
    cmp eax, 0x2badb002
    je write
    mov esi, stranger
write:
    mov edi, 0xb8000 + 12 * 160
    mov ah, 0x2f
.next:
    lodsb
    test al, al
    jz .halt
    stosw
    jmp .next
.halt:
    cli
    hlt
    jmp .halt

greeting: db "Started by a Multiboot loader.", 0
stranger: db "Not started by a Multiboot loader.", 0
