# protocol.mk - the kernel that checks docs/boot-protocol.md
#
# A separate kernel: it shares only the contract in include/ and the small freestanding library
# with Firstlight's.  Position-independent, so that one binary is tested at many load addresses
# and in both mappings.

PROTOCOL_SOURCES := $(wildcard tests/protocol/*.asm tests/protocol/*.c) lib/format.c lib/string.c
PROTOCOL_OBJECTS := $(PROTOCOL_SOURCES:%=$(BUILD)/tests/protocol.d/%.o)
PROTOCOL_KERNEL := $(BUILD)/tests/protocol.flat.bin

$(eval $(call objects,tests/protocol,elf64,$(CC_FOR_64) -march=x86-64 -O2 -mno-red-zone))
$(PROTOCOL_OBJECTS): FREESTANDING += -fpie -fvisibility=hidden
$(BUILD)/tests/protocol.d/lib/string.c.o: FREESTANDING += $(NO_LOOP_PATTERNS)

$(BUILD)/tests/protocol.ld: tests/protocol/protocol.ld $(BUILD)/toolchain
	@mkdir -p $(@D)
	$(Q)$(CC) -E -P -x c -nostdinc -Iinclude -Ilinker -MMD -MT $@ -MF $@.d -o $@ $<

$(BUILD)/tests/protocol.elf: $(BUILD)/tests/protocol.ld $(PROTOCOL_OBJECTS)
	$(call say,LD,$@)
	$(Q)$(LD) -m elf_x86_64 $(LINK_FLAGS) -T $< -Map=$(@:.elf=.map) -o $@ $(PROTOCOL_OBJECTS)

# Not protocol.bin: beside protocol.elf, make image would refuse the headers that contradict it on purpose.
$(PROTOCOL_KERNEL): $(BUILD)/tests/protocol.elf
	$(call say,OBJCOPY,$@)
	$(Q)$(OBJCOPY) -O binary $< $@
