build-clang/kernel.d/kernel/input/keyboard_device.c.o: \
  kernel/input/keyboard_device.c kernel/input/keyboard_device.h \
  kernel/input/keyboard.h kernel/input/keyboard_layout.h \
  kernel/input/keys.h kernel/console/console.h include/boot_info.h \
  kernel/console/log.h kernel/input/byte_queue.h kernel/input/i8042.h \
  kernel/input/keyboard_leds.h kernel/interrupts/irq.h \
  kernel/memory/physical.h include/layout.h

kernel/input/keyboard_device.h:

kernel/input/keyboard.h:

kernel/input/keyboard_layout.h:

kernel/input/keys.h:

kernel/console/console.h:

include/boot_info.h:

kernel/console/log.h:

kernel/input/byte_queue.h:

kernel/input/i8042.h:

kernel/input/keyboard_leds.h:

kernel/interrupts/irq.h:

kernel/memory/physical.h:

include/layout.h:
