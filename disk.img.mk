# disk.img.mk - the disk image, sector by sector
#
#   LBA 0       the MBR: stage 1, and in its bytes 1B8h-1FDh the disk signature
#               and the partition table, which depend on the finished kernel
#   LBA 1       stage 2: header, real-mode loader, the rest
#   LBA 64      reserved for a student's own links of the chain; empty
#   LBA 1024    the second copy of stage 2
#   LBA 2048    partition 1: header of the kernel, then the kernel, unmodified
#   after it    partition 2: the second copy of both
#
# COPIES=1 leaves the second copies out.
# The numbers (SECTOR_SIZE, STAGE2_LBA, KERNEL_LBA ...) are those of include/layout.h.  dd's
# oflag=seek_bytes is not used anywhere: every seek is in units of bs.

# make first writes this file (Makefile), then restarts and reads it.
ifneq ($(filter-out $(NO_COMPILER),$(or $(MAKECMDGOALS),all)),)
include $(BUILD)/include/layout.mk
endif

COPIES ?= 2
ifeq ($(filter 1 2,$(COPIES)),)
$(error COPIES=$(COPIES): an image has 1 or 2 copies of stage 2 and kernel)
endif

# Another number of copies makes another image.
$(BUILD)/copies: FORCE
	@mkdir -p $(@D)
	@echo '$(COPIES)' | cmp -s - $@ || echo '$(COPIES)' > $@

# $(call put,FILE,SECTOR): writes FILE into the image, starting at that sector
put = dd if=$(1) of=$@.tmp bs=$(SECTOR_SIZE) seek=$(2) conv=notrunc status=none

# $(call symbol,ELF,NAME): address of a symbol, for the kernel's header
symbol = 0x$$($(NM) $(1) | sed -n 's/ [A-Za-z] $(2)$$//p')

$(BUILD)/stage2.sectors $(BUILD)/mine/stage2.sectors: %.sectors: %.bin $(BUILD)/tools/mkheader
	$(call say,HEADER,$@)
	$(Q)$(BUILD)/tools/mkheader stage2 $< > $@.tmp && mv $@.tmp $@

# $(call disk_image,IMAGE,FOLDER,ENTRY): the loader with the kernel in FOLDER, which is entered at
# the symbol ENTRY.  Kernels that end beyond the floppy make the image longer, in whole cylinders
# (tools/image/plan.c says why).
define disk_image
$(2)/kernel.hdr: $(2)/kernel.bin $(2)/kernel.elf $(BUILD)/tools/mkheader
	$$(call say,HEADER,$$@)
	$$(Q)$(BUILD)/tools/mkheader kernel $$< $(KERNEL_LOAD_ADDRESS) $$(call symbol,$(2)/kernel.elf,$(3)) \
	    $$(call symbol,$(2)/kernel.elf,kernel_memory_bytes) > $$@.tmp && mv $$@.tmp $$@

$(2)/table.bin: $(2)/kernel.bin $(BUILD)/tools/mkheader $(BUILD)/copies
	$$(call say,TABLE,$$@)
	$$(Q)$(BUILD)/tools/mkheader table $$< $(COPIES) > $$@.tmp && mv $$@.tmp $$@

$(1): $(BUILD)/stage1.bin $(2)/table.bin $(BUILD)/stage2.sectors \
        $(2)/kernel.hdr $(2)/kernel.bin include/layout.h disk.img.mk
	$$(call say,IMAGE,$$@)
	$$(Q)rm -f $$@.tmp
	$$(Q)truncate -s "$$$$($(BUILD)/tools/mkheader size $(2)/kernel.bin $(COPIES))" $$@.tmp
	$$(Q)$$(call put,$(BUILD)/stage1.bin,0)
	$$(Q)dd if=$(2)/table.bin of=$$@.tmp bs=1 seek=$$$$(($(MBR_SIGNATURE_OFFSET))) conv=notrunc status=none
	$$(Q)$$(call put,$(BUILD)/stage2.sectors,$(STAGE2_LBA))
	$$(Q)$$(call put,$(2)/kernel.hdr,$(KERNEL_LBA))
	$$(Q)$$(call put,$(2)/kernel.bin,$$$$(($(KERNEL_LBA) + 1)))
ifeq ($(COPIES),2)
	$$(Q)$$(call put,$(BUILD)/stage2.sectors,$(STAGE2_COPY_LBA))
	$$(Q)copy=$$$$($(BUILD)/tools/mkheader copy $(2)/kernel.bin) && \
	    $$(call put,$(2)/kernel.hdr,$$$$copy) && $$(call put,$(2)/kernel.bin,$$$$((copy + 1)))
endif
	$$(Q)mv $$@.tmp $$@
endef
$(eval $(call disk_image,$(BUILD)/disk.img,$(BUILD),_start))
