build-clang/kernel.d/kernel/interrupts/idt.c.o: kernel/interrupts/idt.c \
  kernel/interrupts/idt.h kernel/cpu/gdt.h kernel/cpu/registers.h \
  lib/cpu.h kernel/cpu/stacks.h kernel/cpu/stacks.def include/layout.h \
  lib/port.h

kernel/interrupts/idt.h:

kernel/cpu/gdt.h:

kernel/cpu/registers.h:

lib/cpu.h:

kernel/cpu/stacks.h:

kernel/cpu/stacks.def:

include/layout.h:

lib/port.h:
