; boot.asm - reads an ELF32 file to 20000h, puts its segments where they belong, and starts it
; as a Multiboot loader would: EAX = 2BADB002h, EBX = information
bits 16
org 0x7c00
    jmp 0:start
start:
    xor ax, ax
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov sp, 0x7c00
    mov ah, 0x42
    mov si, packet
    int 0x13
    jc fail
    in al, 0x92
    or al, 2
    and al, 0xfe
    out 0x92, al
    cli
    lgdt [gdtr]
    mov eax, cr0
    or al, 1
    mov cr0, eax
    jmp 8:flat
fail:
    mov si, no
.next:
    lodsb
    or al, al
    jz $
    mov ah, 0x0e
    int 0x10
    jmp .next
no: db "cannot read kernel.elf", 0
bits 32
flat:
    mov ax, 16
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov esp, 0x7c00
    cld
    mov ebp, 0x20000
    mov ebx, [ebp + 28]         ; e_phoff
    add ebx, ebp
    movzx edx, word [ebp + 44]  ; e_phnum
.segment:
    cmp dword [ebx], 1          ; PT_LOAD
    jne .skip
    mov esi, [ebx + 4]
    add esi, ebp
    mov edi, [ebx + 12]
    mov ecx, [ebx + 16]
    rep movsb
    mov ecx, [ebx + 20]
    sub ecx, [ebx + 16]
    xor eax, eax
    rep stosb
.skip:
    add ebx, 32
    dec edx
    jnz .segment
    mov eax, 0x2badb002
    mov ebx, information
    jmp [ebp + 24]
align 4
information: dd 1, 640, 31 * 1024
packet: db 16, 0
    dw 64, 0, 0x2000
    dq 1
gdt: dq 0, 0x00cf9a000000ffff, 0x00cf92000000ffff
gdtr: dw 23
    dd gdt
times 510-($-$$) db 0
dw 0xaa55
