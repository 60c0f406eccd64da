build-clang/kernel.d/kernel/entry.asm.o : kernel/entry.asm

kernel/entry.asm :

