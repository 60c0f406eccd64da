build-clang/kernel.d/kernel/panic/panic_hint.c.o: \
  kernel/panic/panic_hint.c kernel/panic/panic_hint.h \
  kernel/debug/kernel_symbols.h lib/symbols.h kernel/debug/canonical.h \
  kernel/interrupts/vectors.h kernel/memory/poison.h lib/format.h

kernel/panic/panic_hint.h:

kernel/debug/kernel_symbols.h:

lib/symbols.h:

kernel/debug/canonical.h:

kernel/interrupts/vectors.h:

kernel/memory/poison.h:

lib/format.h:
