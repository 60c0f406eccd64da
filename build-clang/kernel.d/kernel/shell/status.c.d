build-clang/kernel.d/kernel/shell/status.c.o: kernel/shell/status.c \
  kernel/shell/status.h kernel/console/console.h include/boot_info.h \
  kernel/input/keyboard_device.h kernel/input/keyboard.h \
  kernel/input/keyboard_layout.h kernel/input/keys.h \
  kernel/memory/frames.h kernel/memory/frame_pool.h \
  kernel/shell/status_text.h include/layout.h kernel/time/timer.h

kernel/shell/status.h:

kernel/console/console.h:

include/boot_info.h:

kernel/input/keyboard_device.h:

kernel/input/keyboard.h:

kernel/input/keyboard_layout.h:

kernel/input/keys.h:

kernel/memory/frames.h:

kernel/memory/frame_pool.h:

kernel/shell/status_text.h:

include/layout.h:

kernel/time/timer.h:
