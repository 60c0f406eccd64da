; safe_read.asm - reads that survive a fault
;
;   bool safe_read_byte(uint64_t address, uint8_t *value)
;   bool safe_read_u64(uint64_t address, uint64_t *value)
;
;   in        RDI = address, RSI = where the value is stored
;   out       AL = 1 and the value stored, or AL = 0: a fault
;   clobbers  RAX
;
; Each read is in the table of fixup.h, with `failed` as its recovery.

bits 64
default rel

section .text
global safe_read_byte
safe_read_byte:
.read:  mov     al, [rdi]
        mov     [rsi], al
        mov     eax, 1
        ret

global safe_read_u64
safe_read_u64:
.read:  mov     rax, [rdi]
        mov     [rsi], rax
        mov     eax, 1
        ret

failed: xor     eax, eax
        ret

section .fixups progbits alloc noexec nowrite align=8
        dq      safe_read_byte.read, failed
        dq      safe_read_u64.read, failed

section .note.GNU-stack noalloc noexec nowrite progbits
