/*
 * long_mode.c - the student's page tables and switch to long mode, before the kernel is entered.
 *
 * The student's link makes the switch.  long_mode_enter() then runs once more, in compatibility
 * mode and with the student's CR3: it sets the rest of the state that docs/boot-protocol.md promises.
 */
#include "boot_info.h"
#include "stage2/console.h"
#include "stage2/paging.h"
#include "tools/labs/mine/mine.h"

#define EFER_LMA 0x400u /* the CPU's own bit; whoever writes EFER must not change it (AMD APM 2 3.1.7) */
#define PASSED_ON 0x51a70ed0u /* long_mode.asm */
#define RFLAGS_IF 0x200u
#define RFLAGS_DF 0x400u

void __wrap_paging_build(uint64_t tables[PAGE_TABLES_PAGES][PAGE_ENTRIES], uint64_t address);
void __real_paging_build(uint64_t tables[PAGE_TABLES_PAGES][PAGE_ENTRIES], uint64_t address);
void __wrap_long_mode_enter(uint32_t page_tables, uint32_t efer, uint64_t entry, uint32_t info);
void __real_long_mode_enter(uint32_t page_tables, uint32_t efer, uint64_t entry, uint32_t info)
    __attribute__((noreturn));

uint32_t mine_long_mode(void);

extern const struct mine_long_mode_state {
    uint64_t rsp, rflags;
    uint32_t edx;
} mine_long_mode_state;

extern struct boot_info boot_info;

void __wrap_paging_build(uint64_t tables[PAGE_TABLES_PAGES][PAGE_ENTRIES], uint64_t address)
{
    if (mine_is_theirs(LINK_LONG_MODE))
        mine_load(LINK_LONG_MODE); /* while the BIOS can still read the disk */
    else
        __real_paging_build(tables, address);
}

static void check_registers(void)
{
    const struct mine_long_mode_state *left = &mine_long_mode_state;

    if (left->rsp != STACK_TOP)
        mine_fault(LINK_LONG_MODE, "left RSP = %llXh instead of %Xh", (unsigned long long)left->rsp,
                   STACK_TOP);
    if (left->edx != PASSED_ON)
        mine_fault(LINK_LONG_MODE, "left EDX = %Xh instead of %Xh", left->edx, PASSED_ON);
    if (left->rflags & (RFLAGS_IF | RFLAGS_DF))
        mine_fault(LINK_LONG_MODE, "left IF or DF set: RFLAGS = %llXh",
                   (unsigned long long)left->rflags);
}

static void check_tables(uint32_t cr3)
{
    const char *wrong = mine_find_wrong_page(cr3, 0, IDENTITY_SIZE);

    if (wrong == NULL)
        wrong = mine_find_wrong_page(cr3, KERNEL_BASE, KERNEL_BASE_SIZE);
    if (wrong != NULL)
        mine_fault(LINK_LONG_MODE, "made page tables in which %s", wrong);
}

void __wrap_long_mode_enter(uint32_t page_tables, uint32_t efer, uint64_t entry, uint32_t info)
{
    if (mine_is_theirs(LINK_LONG_MODE)) {
        mine_start(LINK_LONG_MODE);
        page_tables = mine_long_mode();
        mine_has_returned();
        check_registers();
        check_tables(page_tables);
        efer |= EFER_LMA;
    }
    if (mine_is_theirs(LINK_LINKER_SCRIPT))
        mine_start(LINK_LINKER_SCRIPT); /* kernel/linker_script/ takes the note back */
    boot_info.cursor_row = console_row(); /* after what was printed since stage2_main() has set them */
    boot_info.cursor_column = console_column();
    __real_long_mode_enter(page_tables, efer, entry, info);
}
