# kernel.mk - the test image: the kernel with the tests that run inside it
#
# The kernel's own sources, compiled again with checks for undefined behaviour
# (kernel/test/ubsan.c), plus the runner (kernel/test/) and the tests (test_*.c here).  They are
# entered at test_start, which saves the machine's state before the kernel changes it; the
# linker's --wrap replaces the shell with the runner, and a panic's halt with an exit from QEMU.
# kernel.list names the tests, one per line, each with its kind (kernel/test/test.h).

KERNEL_TEST_SOURCES := $(KERNEL_SOURCES) lib/xxh32.c $(wildcard kernel/test/*.asm kernel/test/*.c \
    tests/kernel/*.asm tests/kernel/*.c)
KERNEL_TEST_OBJECTS := $(KERNEL_TEST_SOURCES:%=$(BUILD)/tests/kernel.d/%.o)
KERNEL_TESTS := $(BUILD)/tests/kernel.img $(BUILD)/tests/kernel.list

$(eval $(call objects,tests/kernel,elf64,$(KERNEL_CFLAGS) -fsanitize=undefined $(NO_CHECK_OF_CALLS)))
$(eval $(call link_with_symbols,kernel,$(BUILD)/tests/kernel,elf64,$(KERNEL_TEST_OBJECTS)))
$(BUILD)/tests/kernel.first.elf $(BUILD)/tests/kernel.elf: LINK_kernel += --wrap=shell_run --wrap=panic_halt

$(BUILD)/tests/kernel.list: $(BUILD)/tests/kernel.elf
	$(call say,LIST,$@)
	$(Q)$(NM) $< | sed -n 's/.* kernel_test_\(passes\|panics\|fails\)_/\1 /p' | sort > $@

$(eval $(call disk_image,$(BUILD)/tests/kernel.img,$(BUILD)/tests,test_start))
