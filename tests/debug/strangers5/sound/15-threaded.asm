; 15-threaded.asm - a small Forth: RSP is its instruction pointer, each word ends with RET, and
; a colon definition keeps the way back on a stack of its own in RBP.  Interrupts stay off.
bits 64
org 0x100000

    mov rbp, returns
    mov rbx, data_stack
    mov rsp, main
    ret                     ; to the first word

%macro word_number 1
    dq literal, %1
%endmacro

literal:                    ; ( -- n )
    pop rax
    add rbx, 8
    mov [rbx], rax
    ret
plus:                       ; ( a b -- a+b )
    mov rax, [rbx]
    sub rbx, 8
    add [rbx], rax
    ret
duplicate:
    mov rax, [rbx]
    add rbx, 8
    mov [rbx], rax
    ret
emit:                       ; ( c -- )
    mov dx, 0x3fd
.wait:
    in al, dx
    test al, 0x20
    jz .wait
    mov rax, [rbx]
    sub rbx, 8
    mov dx, 0x3f8
    out dx, al
    ret
not_zero_back:              ; ( n -- ) jumps by the number after it if n is not 0
    pop rax
    mov rcx, [rbx]
    sub rbx, 8
    test rcx, rcx
    jz .go_on
    mov rsp, rax
.go_on:
    ret
exit:
    mov rsp, [rbp]
    sub rbp, 8
    ret
bye:
    hlt
    jmp bye

spell:
    mov rax, .list
    jmp colon
.list:
    dq duplicate, emit
    word_number 1
    dq plus, exit
colon:                      ; run the list in RAX (CALL would write over the caller's list)
    add rbp, 8
    mov [rbp], rsp
    mov rsp, rax
    ret

align 8
main:
    word_number 26          ; letters left
    word_number 'a'
.loop:
    dq spell                ; ( left letter -- left letter+1 )
    dq swap
    word_number -1
    dq plus, swap, over, not_zero_back, .loop
    word_number ' '
    dq emit
%assign index 0
%define TEXT "threaded code is done"
%strlen length TEXT
%rep length
%assign index index + 1
%substr letter TEXT index
    word_number letter
    dq emit
%endrep
    dq bye

swap:
    mov rax, [rbx]
    xchg rax, [rbx - 8]
    mov [rbx], rax
    ret
over:
    mov rax, [rbx - 8]
    add rbx, 8
    mov [rbx], rax
    ret

align 8
data_stack: times 64 dq 0
returns: times 64 dq 0
