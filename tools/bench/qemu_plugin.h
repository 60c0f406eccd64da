/*
 * qemu_plugin.h - the few declarations of QEMU's TCG plugin interface that we use.
 *
 * Debian does not package QEMU's own header.  From version 1 of the interface
 * (QEMU 5.2 to 8.2) to version 7 (11.1) only the two callbacks without a CPU
 * have changed: version 7 passes user data instead of the plugin's id.
 * docs/devel/tcg-plugins.rst in QEMU's source explains them.
 */
#ifndef FIRSTLIGHT_QEMU_PLUGIN_H
#define FIRSTLIGHT_QEMU_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#define PLUGIN_EXPORT __attribute__((visibility("default")))

typedef uint64_t qemu_plugin_id_t;
struct qemu_info;                 /* about the machine: not needed here */
struct qemu_plugin_tb;            /* a block of guest code that is being translated */
struct qemu_plugin_insn;          /* one instruction of it */

enum qemu_plugin_cb_flags {
    QEMU_PLUGIN_CB_NO_REGS,       /* the callback reads no guest register */
};

enum qemu_plugin_mem_rw {
    QEMU_PLUGIN_MEM_RW = 3,       /* reads and writes */
};

typedef uint32_t qemu_plugin_meminfo_t;

/* What the plugin offers. */
extern PLUGIN_EXPORT int qemu_plugin_version;
PLUGIN_EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_info *info,
                                      int argc, char **argv);

/* What QEMU offers.  It calls translated(id, block), from version 7 on translated(block, data). */
void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id, void (*translated)(void),
                                           void *data);
void qemu_plugin_register_vcpu_insn_exec_cb(
    struct qemu_plugin_insn *insn, void (*executed)(unsigned cpu, void *data),
    enum qemu_plugin_cb_flags flags, void *data);
void qemu_plugin_register_vcpu_mem_cb(
    struct qemu_plugin_insn *insn,
    void (*accessed)(unsigned cpu, qemu_plugin_meminfo_t info, uint64_t address, void *data),
    enum qemu_plugin_cb_flags flags, enum qemu_plugin_mem_rw rw, void *data);
_Bool qemu_plugin_mem_is_store(qemu_plugin_meminfo_t info);
/* It calls ended(id, data), from version 7 on ended(data). */
void qemu_plugin_register_atexit_cb(qemu_plugin_id_t id, void (*ended)(void), void *data);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *block);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *block, size_t index);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);

/* Not in every QEMU: where one is missing its address is NULL. */
__attribute__((weak)) void *qemu_plugin_scoreboard_new(size_t bytes);   /* from QEMU 9.0 on */
__attribute__((weak)) _Bool qemu_plugin_set_pc(uint64_t address);       /* from QEMU 11 on */

#endif
