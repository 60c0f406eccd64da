build-clang/kernel.d/kernel/input/keyboard_layout.c.o: \
  kernel/input/keyboard_layout.c kernel/input/keyboard_layout.h \
  lib/string.h

kernel/input/keyboard_layout.h:

lib/string.h:
