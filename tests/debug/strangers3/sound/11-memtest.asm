; A memory test of all conventional memory: nothing of the loader or the BIOS is left there.
        bits 64
        org 0x400000
LOW_END equ 0x9f000             ; below the EBDA

start:  mov rsp, stack_top
        ; identity mapping of 1 GiB, in this program
        mov edi, pd
        mov eax, 0x83
        mov ecx, 512
.map:   mov [rdi], rax
        add rax, 0x200000
        add rdi, 8
        loop .map
        mov rax, pml4
        mov cr3, rax
        lgdt [gdtr]
        push 8
        push .own
        o64 retf
.own:   xor eax, eax
        mov ds, eax
        mov es, eax
        mov ss, eax

        mov rbx, patterns
.pass:  mov rax, [rbx]
        xor edi, edi
        mov ecx, LOW_END / 8
        rep stosq
        xor edi, edi
        mov ecx, LOW_END / 8
        repe scasq
        jne .bad
        add rbx, 8
        cmp rbx, patterns.end
        jne .pass
        mov rsi, good
        jmp .say
.bad:   mov rsi, bad
.say:   mov edi, 0xb8000 + 160 * 21
.next:  lodsb
        test al, al
        jz .halt
        mov ah, 0x2f
        stosw
        mov ah, al
        mov dx, 0x3fd
.busy:  in al, dx
        test al, 0x20
        jz .busy
        mov dl, 0xf8
        mov al, ah
        out dx, al
        jmp .next
.halt:  hlt
        jmp .halt

good:   db "conventional memory: 636 KiB tested, no errors", 0
bad:    db "conventional memory: bad", 0
        align 8
patterns:
        dq 0x5555555555555555, 0xaaaaaaaaaaaaaaaa, 0xcccccccccccccccc, -1
.end:
gdt:    dq 0, 0x00af9a000000ffff
gdtr:   dw gdtr - gdt - 1
        dq gdt
        align 4096
pml4:   dq pdpt + 3
        times 511 dq 0
pdpt:   dq pd + 3
        times 511 dq 0
pd:     times 512 dq 0
stack:  times 512 db 0
stack_top:
