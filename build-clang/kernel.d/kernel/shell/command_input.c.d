build-clang/kernel.d/kernel/shell/command_input.c.o: \
  kernel/shell/command_input.c kernel/console/console.h \
  include/boot_info.h kernel/input/input.h kernel/input/keys.h \
  kernel/input/key_name.h kernel/input/keyboard_device.h \
  kernel/input/keyboard.h kernel/input/keyboard_layout.h \
  kernel/shell/commands.h kernel/shell/commands.def

kernel/console/console.h:

include/boot_info.h:

kernel/input/input.h:

kernel/input/keys.h:

kernel/input/key_name.h:

kernel/input/keyboard_device.h:

kernel/input/keyboard.h:

kernel/input/keyboard_layout.h:

kernel/shell/commands.h:

kernel/shell/commands.def:
