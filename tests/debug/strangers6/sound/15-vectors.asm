; turns SSE on as the manual says, adds four floats with an aligned operand, prints the sum
        bits 64
        org 0x100000
start:  mov rax, cr0
        and al, ~4                      ; EM off
        or al, 2                        ; MP on
        mov cr0, rax
        mov rax, cr4
        or ax, 0x600                    ; OSFXSR, OSXMMEXCPT
        mov cr4, rax
        ldmxcsr [mxcsr]
        movaps xmm0, [numbers]
        haddps xmm0, xmm0
        haddps xmm0, xmm0
        cvttss2si eax, xmm0             ; 1 + 2 + 3 + 36
        mov ecx, 10
        xor edx, edx
        div ecx
        add al, '0'
        add dl, '0'
        mov [sum], al
        mov [sum + 1], dl
        mov rsi, text
.next:  mov dx, 0x3fd
.wait:  in al, dx
        test al, 0x20
        jz .wait
        lodsb
        test al, al
        jz .end
        mov dx, 0x3f8
        out dx, al
        jmp .next
.end:   cli
        hlt
        jmp .end
mxcsr:  dd 0x1f80
text:   db "the floats add up to "
sum:    db "??", 13, 10, 0
        align 16
numbers: dd 1.0, 2.0, 3.0, 36.0
