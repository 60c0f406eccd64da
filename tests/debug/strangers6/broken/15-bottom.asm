; first kernel: own stack, then the numbers from 1 to 3 in hexadecimal
BITS 64
ORG 0x100000

start:
%ifdef MENDED
    mov rsp, stack_top
%else
    mov rsp, stack_bottom
%endif
    mov r12, 1
.loop:
    mov rax, r12
    call print_number
    inc r12
    cmp r12, 4
    jb .loop
    mov rbx, goodbye
    call print_string
.halt:
    hlt
    jmp .halt

print_number:
    push rbx
    push rcx
    push rdx
    mov rcx, 16
.digit:
    rol rax, 4
    push rax
    and al, 15
    add al, '0'
    cmp al, '9'
    jbe .put
    add al, 7
.put:
    call print_char
    pop rax
    loop .digit
    mov al, 10
    call print_char
    pop rdx
    pop rcx
    pop rbx
    ret

goodbye: db "that was all", 10, 0

print_string:
    mov al, [rbx]
    test al, al
    jz .end
    call print_char
    inc rbx
    jmp print_string
.end:
    ret

print_char:
    push rdx
    push rax
.wait:
    mov dx, 0x3fd
    in al, dx
    test al, 0x20
    jz .wait
    pop rax
    mov dx, 0x3f8
    out dx, al
    pop rdx
    ret

ALIGN 16
stack_bottom:
    times 4096 db 0
stack_top:
