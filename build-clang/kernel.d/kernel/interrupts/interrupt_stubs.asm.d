build-clang/kernel.d/kernel/interrupts/interrupt_stubs.asm.o : \
  kernel/interrupts/interrupt_stubs.asm \
  build-clang/include/layout.inc \
  kernel/interrupts/interrupt_frame.inc

kernel/interrupts/interrupt_stubs.asm :

build-clang/include/layout.inc :

kernel/interrupts/interrupt_frame.inc :

