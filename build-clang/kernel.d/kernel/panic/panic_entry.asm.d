build-clang/kernel.d/kernel/panic/panic_entry.asm.o : \
  kernel/panic/panic_entry.asm \
  kernel/interrupts/interrupt_frame.inc

kernel/panic/panic_entry.asm :

kernel/interrupts/interrupt_frame.inc :

