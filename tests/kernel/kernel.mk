# kernel.mk - the test image: the kernel with the tests that run inside it
#
# The same objects as in the normal kernel, plus the runner (kernel/test/) and
# the tests (test_*.c here).  They are entered at test_start, which looks at
# the machine before the kernel does, and the linker's --wrap puts the runner
# where the shell would be.  kernel.list names the tests, one a line, each
# with its kind (kernel/test/test.h).

KERNEL_TEST_SOURCES := $(wildcard kernel/test/*.asm kernel/test/*.c tests/kernel/*.asm \
    tests/kernel/*.c)
KERNEL_TEST_OBJECTS := $(KERNEL_TEST_SOURCES:%=$(BUILD)/kernel.d/%.o)
KERNEL_TESTS := $(BUILD)/tests/kernel.img $(BUILD)/tests/kernel.list

$(BUILD)/tests/kernel.elf: $(BUILD)/kernel.ld $(KERNEL_OBJECTS) $(KERNEL_TEST_OBJECTS) \
        tests/kernel/kernel.mk
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(LINK_kernel) $(LINK_FLAGS) --wrap=shell_run -T $(BUILD)/kernel.ld -Map=$(@:.elf=.map) -o $@ \
	    $(KERNEL_OBJECTS) $(KERNEL_TEST_OBJECTS)

$(BUILD)/tests/kernel.list: $(BUILD)/tests/kernel.elf
	$(call say,LIST,$@)
	$(Q)$(NM) $< | sed -n 's/.* kernel_test_\(passes\|panics\|fails\)_/\1 /p' | sort > $@

$(eval $(call disk_image,$(BUILD)/tests/kernel.img,$(BUILD)/tests,test_start))
