# mine.mk - the loader of `make mine`: stage 2's own objects, with calls led to a student's links
#
# ld's --wrap=NAME turns each call of NAME into one of __wrap_NAME (tools/labs/mine/), which can
# still call the original as __real_NAME.  Only this loader is linked so.

MINE_SOURCES := $(wildcard tools/labs/mine/*.asm tools/labs/mine/*.c)
MINE_WRAPPED := stage2_entry stage2_main disk_start memory_map_collect bios_call

$(eval $(call link_with_symbols,stage2,$(BUILD)/mine/stage2,elf32,$(STAGE2_OBJECTS) \
    $(MINE_SOURCES:%=$(BUILD)/stage2.d/%.o),--functions-only))
$(BUILD)/mine/stage2.first.elf $(BUILD)/mine/stage2.elf: LINK_stage2 += $(MINE_WRAPPED:%=--wrap=%) \
    --defsym=mine_note=$(MINE_NOTE_ADDRESS) --defsym=mine_directory=$(MINE_DIRECTORY_ADDRESS)
$(BUILD)/mine/stage2.first.elf: tools/labs/mine/mine.mk
