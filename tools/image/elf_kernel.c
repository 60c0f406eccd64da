/*
 * elf_kernel.c - what of a linked kernel gets into memory, and where.
 *
 * Sections decide, as they do for objcopy: those that are allocated and have
 * contents are in the flat file, from the lowest load address on.  System V ABI,
 * chapter 4; nothing in the file is trusted.
 */
#include "image/elf_kernel.h"

#include <elf.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "layout.h"

#define PAGE 4096u
#define GAP (64u << 20)                 /* bytes between two sections that no kernel means */

/* The part of the kernel's memory that its sections occupy. */
struct extent {
    uint64_t low, file_end, memory_end; /* physical; low > file_end: nothing is in the file */
    Elf64_Shdr before, after;           /* the sections on both sides of the largest gap */
    uint64_t gap;
};

__attribute__((format(printf, 3, 4)))
static bool report(struct problem *p, const char *advice, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(p->cause, sizeof p->cause, format, arguments);
    va_end(arguments);
    snprintf(p->advice, sizeof p->advice, "%s", advice);
    return true;
}

static bool copy(const struct file *elf, uint64_t at, void *to, size_t bytes)
{
    if (at > elf->size || bytes > elf->size - at)
        return false;
    memcpy(to, elf->data + at, bytes);
    return true;
}

static Elf64_Ehdr head_of(const struct file *elf)
{
    Elf64_Ehdr head = { 0 };

    copy(elf, 0, &head, sizeof head);
    return head;
}

static bool section(const struct file *elf, const Elf64_Ehdr *head, size_t number, Elf64_Shdr *s)
{
    return number < head->e_shnum &&
           copy(elf, head->e_shoff + number * sizeof *s, s, sizeof *s);
}

static const char *name_of(const struct file *elf, const Elf64_Ehdr *head, const Elf64_Shdr *s)
{
    Elf64_Shdr names;
    uint64_t at;

    if (!section(elf, head, head->e_shstrndx, &names))
        return "?";
    at = names.sh_offset + s->sh_name;
    if (at >= elf->size || memchr(elf->data + at, '\0', elf->size - at) == NULL)
        return "?";
    return (const char *)elf->data + at;
}

static uint64_t physical(uint64_t address)
{
    return address >= KERNEL_BASE ? address - KERNEL_BASE : address;
}

/* Where a section is loaded: its segment knows. */
static uint64_t load_address(const struct file *elf, const Elf64_Ehdr *head, const Elf64_Shdr *s)
{
    Elf64_Phdr p;

    for (size_t i = 0; i < head->e_phnum; i++)
        if (copy(elf, head->e_phoff + i * sizeof p, &p, sizeof p) && p.p_type == PT_LOAD &&
            s->sh_addr >= p.p_vaddr && s->sh_addr - p.p_vaddr < p.p_memsz)
            return physical(p.p_paddr + (s->sh_addr - p.p_vaddr));
    return physical(s->sh_addr);
}

static bool is_loaded(const Elf64_Shdr *s)
{
    return (s->sh_flags & SHF_ALLOC) != 0 && s->sh_size > 0 &&
           !(s->sh_type == SHT_NOBITS && (s->sh_flags & SHF_TLS) != 0);
}

/* The nearest section above `s`, by load address; false if `s` is the last. */
static bool next_section(const struct file *elf, const Elf64_Ehdr *head, const Elf64_Shdr *s,
                         Elf64_Shdr *next)
{
    uint64_t here = load_address(elf, head, s), best = UINT64_MAX;
    Elf64_Shdr other;

    for (size_t i = 0; section(elf, head, i, &other); i++) {
        uint64_t there = load_address(elf, head, &other);

        if (is_loaded(&other) && there > here && there < best) {
            best = there;
            *next = other;
        }
    }
    return best != UINT64_MAX;
}

static struct extent extent_of(const struct file *elf, const Elf64_Ehdr *head)
{
    struct extent e = { .low = UINT64_MAX };
    Elf64_Shdr s, next;

    for (size_t i = 0; section(elf, head, i, &s); i++) {
        uint64_t start = load_address(elf, head, &s), end = start + s.sh_size;

        if (!is_loaded(&s) || end < start)
            continue;
        e.memory_end = end > e.memory_end ? end : e.memory_end;
        if (s.sh_type == SHT_NOBITS)
            continue;
        e.low = start < e.low ? start : e.low;
        e.file_end = end > e.file_end ? end : e.file_end;
        if (next_section(elf, head, &s, &next) && load_address(elf, head, &next) > end &&
            load_address(elf, head, &next) - end > e.gap) {
            e.gap = load_address(elf, head, &next) - end;
            e.before = s;
            e.after = next;
        }
    }
    return e;
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

    for (size_t i = 0; section(elf, head, i, &s); i++)
        if ((s.sh_flags & SHF_ALLOC) != 0 && s.sh_entsize > 0 &&
            (s.sh_type == SHT_RELA || s.sh_type == SHT_REL))
            count += s.sh_size / s.sh_entsize;
    return count;
}

static bool layout_problem(const struct file *elf, const Elf64_Ehdr *head, struct problem *p)
{
    struct extent e = extent_of(elf, head);
    char name[64];

    if (e.low >= e.file_end)
        return report(p, "look at the linker script and at what was linked",
                      "no section of the kernel is loaded: there is no code in it");
    if (e.gap <= GAP)
        return false;
    snprintf(name, sizeof name, "%s", name_of(elf, head, &e.before));
    return report(p, "give every section its place in the linker script, and discard .note*, .comment and "
                  ".eh_frame*; the linker puts sections that the script does not name anywhere",
                  "section %s at %" PRIX64 "h lies %" PRIu64 " MiB before %s at %" PRIX64 "h: a flat binary "
                  "would contain all that is between them", name, (uint64_t)e.before.sh_addr,
                  e.gap >> 20, name_of(elf, head, &e.after), (uint64_t)e.after.sh_addr);
}

bool elf_problem(const struct file *elf, struct problem *p)
{
    Elf64_Ehdr head = head_of(elf);
    uint64_t count;

    if (head.e_ident[EI_CLASS] != ELFCLASS64)
        return report(p, "compile with -m64 and link with -m elf_x86_64 (NASM: bits 64, -f elf64)",
                      "the kernel is a 32-bit ELF file, and Firstlight enters a kernel in 64-bit mode");
    if (head.e_ident[EI_DATA] != ELFDATA2LSB || head.e_machine != EM_X86_64)
        return report(p, "compile it for x86-64", "the kernel is an ELF file for another processor than x86-64");
    if (head.e_type == ET_REL)
        return report(p, "link it: ld -T kernel.ld -o my.elf my.o", "the kernel is an object file, which was not linked");
    count = relocations(elf, &head);
    if (count > 0)
        return report(p, "compile with -fno-pic and link with -no-pie -static",
                      "the kernel is linked as position-independent code (PIE): %" PRIu64 " relocations are left, "
                      "which nobody applies", count);
    return layout_problem(elf, &head, p);
}

struct file elf_flatten(const struct file *elf, struct kernel_wishes *wishes)
{
    Elf64_Ehdr head = head_of(elf);
    struct extent e = extent_of(elf, &head);
    uint64_t low = e.low / PAGE * PAGE; /* the loader loads to whole pages */
    struct file flat = { .size = e.file_end - low };
    Elf64_Shdr s;

    flat.data = calloc(1, flat.size);
    if (flat.data == NULL)
        fail("kernel", "out of memory");
    for (size_t i = 0; section(elf, &head, i, &s); i++)
        if (is_loaded(&s) && s.sh_type != SHT_NOBITS)
            copy(elf, s.sh_offset, flat.data + (load_address(elf, &head, &s) - low), s.sh_size);
    *wishes = (struct kernel_wishes){
        .load = low,
        .entry = head.e_entry,
        .memory_bytes = (e.memory_end > e.file_end ? e.memory_end : e.file_end) - low,
    };
    return flat;
}

/* Whether the flat file has a section's bytes where they belong. */
static bool is_in(const struct file *elf, const Elf64_Shdr *s, const struct file *flat, uint64_t at)
{
    if (s->sh_offset > elf->size || s->sh_size > elf->size - s->sh_offset)
        return true;                    /* the ELF file is cut off: nothing to compare */
    return at <= flat->size && s->sh_size <= flat->size - at &&
           memcmp(flat->data + at, elf->data + s->sh_offset, s->sh_size) == 0;
}

static bool lacks_section(const struct file *elf, const struct file *flat, uint64_t low, bool is_code,
                          struct problem *p)
{
    Elf64_Ehdr head = head_of(elf);
    Elf64_Shdr s;

    for (size_t i = 0; section(elf, &head, i, &s); i++) {
        if (!is_loaded(&s) || s.sh_type == SHT_NOBITS ||
            ((s.sh_flags & SHF_EXECINSTR) != 0) != is_code ||
            is_in(elf, &s, flat, load_address(elf, &head, &s) - low))
            continue;
        return report(p, "objcopy -O binary without -j and -R takes every section; so does make image KERNEL=my.elf",
                      "section %s (%" PRIu64 " bytes at %" PRIX64 "h) was left out: it is not in the flat kernel",
                      name_of(elf, &head, &s), (uint64_t)s.sh_size, (uint64_t)s.sh_addr);
    }
    return false;
}

/* The name of the function at an address, or "". */
static const char *symbol_at(const struct file *elf, const Elf64_Ehdr *head, uint64_t address)
{
    Elf64_Shdr table, names;
    Elf64_Sym symbol;

    for (size_t i = 0; section(elf, head, i, &table); i++) {
        if (table.sh_type != SHT_SYMTAB || !section(elf, head, table.sh_link, &names))
            continue;
        for (uint64_t at = 0; at + sizeof symbol <= table.sh_size; at += sizeof symbol) {
            uint64_t name;

            if (!copy(elf, table.sh_offset + at, &symbol, sizeof symbol))
                break;
            name = names.sh_offset + symbol.st_name;
            if (symbol.st_value == address && symbol.st_name != 0 &&
                ELF64_ST_TYPE(symbol.st_info) <= STT_FUNC && name < elf->size &&
                memchr(elf->data + name, '\0', elf->size - name) != NULL)
                return (const char *)elf->data + name;
        }
    }
    return "";
}

static bool wrong_place(const struct file *elf, const struct kernel_wishes *w, struct problem *p)
{
    Elf64_Ehdr head = head_of(elf);
    struct extent e = extent_of(elf, &head);
    char advice[sizeof p->advice];

    if (e.low != w->load && e.low / PAGE * PAGE != w->load) {
        snprintf(advice, sizeof advice, "LOAD=0x%" PRIx64 ", or link it for 0x%" PRIx64, e.low, w->load);
        return report(p, advice, "the kernel is linked for %" PRIX64 "h and is loaded at %" PRIX64 "h: its absolute "
                      "addresses are wrong", e.low, w->load);
    }
    if (head.e_entry != 0 && physical(head.e_entry) != physical(w->entry)) {
        snprintf(advice, sizeof advice, "ENTRY=0x%" PRIx64 ", or put the entry first in the linker script",
                 (uint64_t)head.e_entry);
        return report(p, advice, "the kernel's entry is %s at %" PRIX64 "h, and the image is entered at %" PRIX64 "h: another "
                      "function comes first", symbol_at(elf, &head, head.e_entry),
                      (uint64_t)head.e_entry, w->entry);
    }
    return false;
}

enum elf_match elf_compare(const struct file *elf, const struct file *flat,
                           const struct kernel_wishes *w, struct problem *p)
{
    Elf64_Ehdr head = head_of(elf);
    struct extent e = extent_of(elf, &head);
    uint64_t low = e.low, needed;
    char advice[sizeof p->advice];

    if (lacks_section(elf, flat, low, true, p)) {
        low = e.low / PAGE * PAGE;      /* as elf_flatten() makes it */
        if (lacks_section(elf, flat, low, true, p))
            return ELF_OTHER_BUILD;
    }
    if (wrong_place(elf, w, p) || lacks_section(elf, flat, low, false, p))
        return ELF_DIFFERS;
    needed = e.memory_end - low;
    if (e.memory_end <= low || needed <= w->memory_bytes)
        return ELF_MATCHES;
    snprintf(advice, sizeof advice, "MEMSZ=%" PRIu64 "; make image KERNEL=my.elf knows it", needed);
    report(p, advice, "the kernel needs %" PRIu64 " bytes in memory, with its .bss, and the image's header says %" PRIu64
           ": the rest is neither zeroed nor reserved", needed, w->memory_bytes);
    return ELF_DIFFERS;
}
