build-clang/kernel.d/kernel/shell/status_text.c.o: \
  kernel/shell/status_text.c kernel/shell/status_text.h include/layout.h \
  kernel/input/keyboard.h kernel/input/keyboard_layout.h \
  kernel/input/keys.h lib/format.h lib/string.h

kernel/shell/status_text.h:

include/layout.h:

kernel/input/keyboard.h:

kernel/input/keyboard_layout.h:

kernel/input/keys.h:

lib/format.h:

lib/string.h:
