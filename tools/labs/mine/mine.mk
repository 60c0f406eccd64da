# mine.mk - the loader of `make mine`: stage 2's own objects, with calls led to a student's links
#
# ld's --wrap=NAME turns each call of NAME into one of __wrap_NAME (tools/labs/mine/), which can
# still call the original as __real_NAME.  Only this loader is linked so.  It has no table of its
# functions' names: what calls the links takes that room.
#
# The kernel is linked anew for each student (tools/labs/link_kernel.mjs), of its own objects and the glue in kernel/.

MINE_SOURCES := $(wildcard tools/labs/mine/*.asm tools/labs/mine/*.c)
MINE_OBJECTS := $(MINE_SOURCES:%=$(BUILD)/stage2.d/%.o)
MINE_WRAPPED := stage2_entry stage2_main disk_start a20_open memory_map_collect bios_call \
    paging_build long_mode_enter

LINK_mine = $(LINK_stage2) $(MINE_WRAPPED:%=--wrap=%) \
    --defsym=mine_note=$(MINE_NOTE_ADDRESS) --defsym=mine_directory=$(MINE_DIRECTORY_ADDRESS)

$(BUILD)/mine/stage2.elf: $(BUILD)/stage2.ld $(STAGE2_OBJECTS) $(MINE_OBJECTS) tools/labs/mine/mine.mk
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(LINK_mine) $(LINK_FLAGS) -T $< -Map=$(@:.elf=.map) -o $@ $(STAGE2_OBJECTS) $(MINE_OBJECTS)

MINE_KERNEL_SOURCES := $(wildcard tools/labs/mine/kernel/*.c tools/labs/mine/kernel/*/*.c tools/labs/mine/kernel/*/*.asm)
MINE_KERNEL_OBJECTS := $(MINE_KERNEL_SOURCES:%=$(BUILD)/kernel.d/%.o)

# the names of the sources, in the order of the link
$(BUILD)/mine/kernel.sources: $(KERNEL_OBJECTS) $(MINE_KERNEL_OBJECTS) tools/labs/mine/mine.mk
	@mkdir -p $(@D)
	$(Q)printf '%s\n' $(KERNEL_SOURCES) $(MINE_KERNEL_SOURCES) > $@

# everything that `make mine` puts together
MINE_PARTS := $(addprefix $(BUILD)/,mine/stage2.sectors mine/kernel.sources disk.img tools/firstlight-image labs.toolchain)
