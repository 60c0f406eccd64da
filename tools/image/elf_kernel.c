/*
 * elf_kernel.c - what of a linked kernel gets into memory, and where.
 *
 * Sections decide, as they do for objcopy: those that are allocated and have
 * contents are in the flat file, from the lowest load address on.
 */
#include "image/elf_kernel.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "image/elf_sections.h"
#include "layout.h"

#define PAGE 4096u
#define GAP (64u << 20) /* bytes between two sections that no kernel means */

bool elf_report(struct problem *p, const char *advice, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(p->cause, sizeof p->cause, format, arguments);
    va_end(arguments);
    snprintf(p->advice, sizeof p->advice, "%s", advice);
    return true;
}

bool elf_is(const struct file *file)
{
    return file->size >= sizeof(Elf32_Ehdr) && memcmp(file->data, ELFMAG, SELFMAG) == 0 &&
           (file->data[EI_CLASS] == ELFCLASS32 || file->data[EI_CLASS] == ELFCLASS64);
}

/* Relocations that somebody would have to apply before the code runs. */
static uint64_t relocations(const struct file *elf, const Elf64_Ehdr *head)
{
    uint64_t count = 0;
    Elf64_Shdr s;

    for (size_t i = 0; elf_section(elf, head, i, &s); i++)
        if ((s.sh_flags & SHF_ALLOC) != 0 && s.sh_entsize > 0 &&
            (s.sh_type == SHT_RELA || s.sh_type == SHT_REL))
            count += s.sh_size / s.sh_entsize;
    return count;
}

static bool layout_problem(const struct file *elf, const Elf64_Ehdr *head, struct problem *p)
{
    struct extent e = elf_extent(elf, head);
    char name[64];

    if (e.low >= e.file_end)
        return elf_report(p, "look at the linker script and at what was linked",
                          "no section of the kernel is loaded: there is no code in it");
    if (e.gap <= GAP)
        return false;
    snprintf(name, sizeof name, "%s", elf_section_name(elf, head, &e.before));
    return elf_report(
        p,
        "give every section its place in the linker script, and discard .note*, .comment and "
        ".eh_frame*; the linker puts sections that the script does not name anywhere",
        "section %s at %" PRIX64 "h lies %" PRIu64 " MiB before %s at %" PRIX64
        "h: a flat binary would contain all that is between them",
        name, (uint64_t)e.before.sh_addr, e.gap >> 20, elf_section_name(elf, head, &e.after),
        (uint64_t)e.after.sh_addr);
}

bool elf_problem(const struct file *elf, struct problem *p)
{
    Elf64_Ehdr head = elf_head(elf);
    uint64_t count;

    if (head.e_ident[EI_CLASS] != ELFCLASS64)
        return elf_report(
            p, "compile with -m64 and link with -m elf_x86_64 (NASM: bits 64, -f elf64)",
            "the kernel is a 32-bit ELF file, and Firstlight enters a kernel in 64-bit mode");
    if (head.e_ident[EI_DATA] != ELFDATA2LSB || head.e_machine != EM_X86_64)
        return elf_report(p, "compile it for x86-64",
                          "the kernel is an ELF file for another processor than x86-64");
    if (head.e_type == ET_REL)
        return elf_report(p, "link it: ld -T kernel.ld -o my.elf my.o",
                          "the kernel is an object file, which was not linked");
    count = relocations(elf, &head);
    if (count > 0)
        return elf_report(p, "compile with -fno-pic and link with -no-pie -static",
                          "the kernel is linked as position-independent code (PIE): %" PRIu64
                          " relocations are left, which nobody applies",
                          count);
    return layout_problem(elf, &head, p);
}

bool elf_is_linked_for_0(const struct file *elf)
{
    Elf64_Ehdr head = elf_head(elf);

    return head.e_type != ET_DYN && elf_extent(elf, &head).low < PAGE;
}

bool elf_runs_anywhere(const struct file *elf)
{
    return elf_head(elf).e_type == ET_DYN || elf_is_linked_for_0(elf);
}

struct file elf_flatten(const struct file *elf, struct kernel_wishes *wishes)
{
    Elf64_Ehdr head = elf_head(elf);
    struct extent e = elf_extent(elf, &head);
    uint64_t low = e.low / PAGE * PAGE; /* the loader loads to whole pages */
    struct file flat = {.size = e.file_end - low};
    Elf64_Shdr s;

    flat.data = calloc(1, flat.size);
    if (flat.data == NULL)
        fail("kernel", "out of memory");
    for (size_t i = 0; elf_section(elf, &head, i, &s); i++)
        if (elf_is_loaded(&s) && s.sh_type != SHT_NOBITS)
            elf_copy(elf, s.sh_offset, flat.data + (elf_load_address(elf, &head, &s) - low),
                     s.sh_size);
    *wishes = (struct kernel_wishes){
        .load = low,
        .entry = head.e_entry,
        .memory_bytes = (e.memory_end > e.file_end ? e.memory_end : e.file_end) - low,
    };
    if (elf_runs_anywhere(elf) && low < KERNEL_LOAD_ADDRESS) {
        wishes->load = KERNEL_LOAD_ADDRESS;
        wishes->entry += KERNEL_LOAD_ADDRESS - low;
    }
    return flat;
}
