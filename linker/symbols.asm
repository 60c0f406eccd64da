; symbols.asm - adds a program's table of functions and lines to its second link
;
; tools/build/symbols.py makes the table (-DTABLE="file") from the first link,
; which has none.  lib/symbols.h describes it and reads it.

section .symbols progbits alloc noexec nowrite align=8
        incbin  TABLE

section .note.GNU-stack noalloc noexec nowrite progbits
