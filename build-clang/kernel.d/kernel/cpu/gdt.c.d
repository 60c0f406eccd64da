build-clang/kernel.d/kernel/cpu/gdt.c.o: kernel/cpu/gdt.c \
  kernel/cpu/gdt.h kernel/cpu/registers.h lib/cpu.h kernel/cpu/stacks.h \
  kernel/cpu/stacks.def

kernel/cpu/gdt.h:

kernel/cpu/registers.h:

lib/cpu.h:

kernel/cpu/stacks.h:

kernel/cpu/stacks.def:
