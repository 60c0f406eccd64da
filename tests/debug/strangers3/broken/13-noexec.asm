; W^X from the first instruction on: only the page of the boot sector may be executed
bits 16
org 0x7c00

PML4    equ 0x1000
PDPT    equ 0x2000
PD      equ 0x3000
PT      equ 0x4000

        cli
        xor ax, ax
        mov ds, ax
        mov es, ax
        mov ss, ax
        mov sp, 0x7c00
        cld
        mov di, PML4
        xor eax, eax
        mov cx, 4096
        rep stosd
        mov dword [PML4], PDPT + 3
        mov dword [PDPT], PD + 3
        mov dword [PD], PT + 3
        mov di, PT
        mov eax, 3
.page:  mov [di], eax
        mov dword [di + 4], 0x80000000          ; data: not for execution
        add eax, 0x1000
        add di, 8
        cmp di, PT + 0x1000
        jne .page
        mov dword [PT + 8 * 7], 0x7001          ; the code: read and execute
        mov dword [PT + 8 * 7 + 4], 0

        mov eax, cr4
        or al, 0x20                             ; PAE
        mov cr4, eax
        mov eax, PML4
        mov cr3, eax
        mov ecx, 0xc0000080
        rdmsr
%ifdef MENDED
        or eax, 0x900                           ; LME, NXE
%else
        or eax, 0x100                           ; LME
%endif
        wrmsr
        lgdt [gdtr]
        mov eax, cr0
        or eax, 0x80000001
        mov cr0, eax
        jmp 8:long64

bits 64
long64: mov rsp, 0x90000
        mov rdi, 0xb8000
        mov rsi, text
        mov ah, 0x1f
.next:  lodsb
        test al, al
        jz .end
        stosw
        jmp .next
.end:   hlt
        jmp .end

text:   db "W^X is on", 0
align 8
gdt:    dq 0, 0x00af9b000000ffff
gdtr:   dw gdtr - gdt - 1
        dd gdt

        times 510-($-$$) db 0
        dw 0xaa55
