build-clang/kernel.d/kernel/input/input.c.o: kernel/input/input.c \
  kernel/input/input.h kernel/input/keys.h \
  kernel/input/keyboard_device.h kernel/input/keyboard.h \
  kernel/input/keyboard_layout.h kernel/input/serial_input.h \
  kernel/input/terminal.h lib/utf8.h kernel/time/timer.h lib/cpu.h

kernel/input/input.h:

kernel/input/keys.h:

kernel/input/keyboard_device.h:

kernel/input/keyboard.h:

kernel/input/keyboard_layout.h:

kernel/input/serial_input.h:

kernel/input/terminal.h:

lib/utf8.h:

kernel/time/timer.h:

lib/cpu.h:
