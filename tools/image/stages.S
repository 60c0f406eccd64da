/*
 * stages.S - stage 1 and stage 2 of this build, inside the tool: it works
 * wherever it is carried.  STAGE1 and STAGE2 are the files' names.
 */
    .section .rodata
    .globl embedded_stage1, embedded_stage2, embedded_stage2_end
embedded_stage1:
    .incbin STAGE1
embedded_stage2:
    .incbin STAGE2
embedded_stage2_end:
    .byte 0
    .section .note.GNU-stack, "", %progbits
