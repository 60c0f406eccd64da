; idt_stubs.asm - lab 9: nothing, because idt.c has its instructions in it
