build-clang/kernel.d/kernel/input/key_name.c.o: kernel/input/key_name.c \
  kernel/input/key_name.h kernel/input/keys.h lib/format.h

kernel/input/key_name.h:

kernel/input/keys.h:

lib/format.h:
