build-clang/kernel.d/kernel/interrupts/safe_read.asm.o : \
  kernel/interrupts/safe_read.asm

kernel/interrupts/safe_read.asm :

