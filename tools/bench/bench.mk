# bench.mk - what `make bench` boots and runs besides the image itself

# needed for the counts of our own code, which the tests also check
BENCH_IMAGES := $(BUILD)/tools/count.so $(BUILD)/bench/printk.img

SCROLL_OBJECTS := $(patsubst %,$(BUILD)/bench.d/%.o,tools/bench/scroll.c kernel/console/ansi.c \
    lib/vga_text.c lib/string.c)

$(eval $(call objects,bench,elf64,$(CC_FOR_64) -march=x86-64 -O2 -mno-red-zone))
$(BUILD)/bench.d/lib/string.c.o: FREESTANDING += $(NO_LOOP_PATTERNS)

$(BUILD)/bench/%.ld: tools/bench/%.ld $(BUILD)/toolchain
	@mkdir -p $(@D)
	$(Q)$(CC) -E -P -x c -nostdinc -Iinclude -Ilinker -include layout.h -MMD -MT $@ -MF $@.d -o $@ $<

$(BUILD)/bench/scroll.elf: $(BUILD)/bench/scroll.ld $(SCROLL_OBJECTS)
	$(call say,LD,$@)
	$(Q)$(LD) -m elf_x86_64 $(LINK_FLAGS) -T $< -Map=$(@:.elf=.map) -o $@ $(SCROLL_OBJECTS)

# the heap's cost, compared with the C library's
$(BUILD)/tools/heap_bench: tools/bench/heap.c kernel/memory/heap_core.c kernel/memory/heap_core.h Makefile
	@mkdir -p $(@D)
	$(call say,HOSTCC,$@)
	$(Q)$(HOSTCC) $(HOST_CFLAGS) -o $@ tools/bench/heap.c kernel/memory/heap_core.c

# the kernel, printing lines instead of starting its shell
$(BUILD)/bench/printk.elf: $(BUILD)/kernel.ld $(KERNEL_OBJECTS) $(BUILD)/kernel.d/tools/bench/printk.c.o
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(LINK_kernel) --wrap=shell_run $(LINK_FLAGS) -T $< -o $@ $(filter %.o,$^)

$(BUILD)/bench/printk.img: $(BUILD)/bench/printk.bin $(BUILD)/tools/firstlight-image
	$(call say,IMAGE,$@)
	$(Q)$(BUILD)/tools/firstlight-image make --kernel $< --out $@ --load $(KERNEL_LOAD_ADDRESS) \
	    --entry $(call symbol,$(<:.bin=.elf),_start) \
	    --memory $(call symbol,$(<:.bin=.elf),kernel_memory_bytes)
