build-clang/kernel.d/kernel/input/keyboard.c.o: kernel/input/keyboard.c \
  kernel/input/keyboard.h kernel/input/keyboard_layout.h \
  kernel/input/keys.h

kernel/input/keyboard.h:

kernel/input/keyboard_layout.h:

kernel/input/keys.h:
