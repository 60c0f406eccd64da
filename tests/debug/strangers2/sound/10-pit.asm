; 10-pit.asm - interrupts stay off: reads the timer's counter all the time and counts tenths of a second
bits 64
org 0x100000
    lea rsp, [rel stack]
    mov al, 0x34                ; channel 0, mode 2, the full 65536
    out 0x43, al
    xor eax, eax
    out 0x40, al
    out 0x40, al
    call read_pit
    mov ebx, eax                ; the last counter
    xor r12d, r12d              ; counts that have passed
    xor r13d, r13d              ; tenths
tenth:
    call read_pit
    mov ecx, ebx
    sub ecx, eax
    and ecx, 0xffff
    mov ebx, eax
    add r12d, ecx
    cmp r12d, 119318
    jb tenth
    sub r12d, 119318
    inc r13d
    mov eax, r13d
    mov edi, 0xb8000 + 160 * 15 + 20
    mov ecx, 10
.digit:
    xor edx, edx
    div ecx
    add dl, '0'
    mov dh, 0x0b
    mov [rdi], dx
    sub edi, 2
    test eax, eax
    jnz .digit
    mov dx, 0x3f8
    mov al, '#'
    out dx, al
    jmp tenth
read_pit:
    mov al, 0
    out 0x43, al
    in al, 0x40
    mov ah, al
    in al, 0x40
    xchg al, ah
    movzx eax, ax
    ret
    align 16
    times 512 db 0
stack:
