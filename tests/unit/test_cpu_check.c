/*
 * test_cpu_check.c - which CPUs may continue, tested with simulated ones.
 *
 * The fake answers CPUID and keeps MSRs as Intel SDM 2A (CPUID) and 4 (MSRs)
 * describe them: while IA32_MISC_ENABLE bit 34 is set, CPUID hides NX.  QEMU
 * does not model that bit, so this is the place to show that it is cleared.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "boot_info.h"
#include "lib/cpu.h"
#include "stage2/console.h"
#include "stage2/cpu_check.h"
#include "stage2/error.h"

#define TSC (1u << 4)
#define MSR (1u << 5)
#define PAE (1u << 6)
#define NX (1u << 20)
#define LM (1u << 29)
#define MISC_ENABLE 0x1a0
#define XD_DISABLE (1ull << 34)
#define MISC_OTHERS 0x850089ull /* bits that have nothing to do with it */

static struct fake_cpu {
    bool no_cpuid;
    const char *vendor;            /* 12 characters */
    uint32_t version;              /* leaf 1, EAX */
    uint32_t basic, extended;      /* EDX of leaves 1 and 80000001h */
    uint32_t last_extended;        /* EAX of leaf 80000000h */
    bool has_misc_enable;          /* without it, an access is a #GP */
    uint64_t misc_enable;
    unsigned misc_accesses;
} cpu;

static jmp_buf stopped;
static enum error error;
static char said[256];

bool cpu_has_cpuid(void)
{
    return !cpu.no_cpuid;
}

struct cpuid_result cpuid(uint32_t leaf)
{
    struct cpuid_result r = {0};

    assert_false(cpu.no_cpuid); /* #UD */
    if (leaf == 0) {
        r.eax = 1;
        memcpy(&r.ebx, cpu.vendor, 4);
        memcpy(&r.edx, cpu.vendor + 4, 4);
        memcpy(&r.ecx, cpu.vendor + 8, 4);
    } else if (leaf == 1 || (leaf >= 0x80000000u && cpu.last_extended == 0)) {
        r.eax = cpu.version; /* an unknown leaf returns the highest known one */
        r.edx = cpu.basic;
    } else if (leaf == 0x80000000u) {
        r.eax = cpu.last_extended;
    } else if (leaf == 0x80000001u) {
        r.edx = cpu.extended & (cpu.misc_enable & XD_DISABLE ? ~NX : ~0u);
    } else if (leaf <= 0x80000004u && leaf <= cpu.last_extended) {
        memcpy(&r, &"  Fake CPU for tests, at no price whatsoever    "[16 * (leaf - 0x80000002u)],
               sizeof r);
    }
    return r;
}

static void check_misc_enable(uint32_t number)
{
    assert_int_equal(number, MISC_ENABLE);
    assert_true(cpu.has_misc_enable);
    cpu.misc_accesses++;
}

uint64_t read_msr(uint32_t number)
{
    check_misc_enable(number);
    return cpu.misc_enable;
}

void write_msr(uint32_t number, uint64_t value)
{
    check_misc_enable(number);
    cpu.misc_enable = value;
}

void print(const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    vsnprintf(said, sizeof said, fmt, args);
    va_end(args);
}

void fatal(enum error e, const char *details, ...)
{
    (void)details;
    error = e;
    longjmp(stopped, 1);
}

/* The error that cpu_check() ends with, or ERROR_NONE. */
static enum error outcome(struct fake_cpu fake)
{
    cpu = fake;
    error = ERROR_NONE;
    said[0] = '\0';
    if (setjmp(stopped) == 0)
        cpu_check();
    return error;
}

#define INTEL "GenuineIntel"
#define AMD "AuthenticAMD"
#define CORE_2 0x06fd /* family 6, model 0Fh */

static struct fake_cpu good(const char *vendor)
{
    return (struct fake_cpu){
        .vendor = vendor,
        .version = CORE_2,
        .basic = TSC | MSR | PAE,
        .extended = LM | NX,
        .last_extended = 0x80000008,
        .has_misc_enable = strcmp(vendor, INTEL) == 0,
        .misc_enable = MISC_OTHERS,
    };
}

static void test_good_cpu_continues(void **state)
{
    (void)state;
    assert_int_equal(outcome(good(AMD)), ERROR_NONE);
    assert_string_equal(said, "CPU: Fake CPU for tests, at no price whatsoever, 64-bit, NX.\n");
    assert_int_equal(cpu_features(), CPU_FEATURE_TSC | CPU_FEATURE_NX);
}

static void test_no_cpuid_is_named(void **state)
{
    struct fake_cpu fake = good(INTEL);

    (void)state;
    fake.no_cpuid = true;
    assert_int_equal(outcome(fake), ERROR_NO_CPUID);
    assert_int_equal(cpu_features(), 0);
}

static void test_no_long_mode_is_named(void **state)
{
    struct fake_cpu fake = good(INTEL);

    (void)state;
    fake.extended = NX;
    assert_int_equal(outcome(fake), ERROR_NO_LONG_MODE);
}

/* A Pentium III answers leaf 80000001h with its highest leaf, where bit 29 may be set. */
static void test_unknown_extended_leaf_is_not_used(void **state)
{
    struct fake_cpu fake = good(INTEL);

    (void)state;
    fake.last_extended = 0;
    fake.basic |= LM | NX;
    assert_int_equal(outcome(fake), ERROR_NO_LONG_MODE);
}

static void test_missing_pae_or_msr_is_named(void **state)
{
    struct fake_cpu fake = good(AMD);

    (void)state;
    fake.basic = TSC | MSR;
    assert_int_equal(outcome(fake), ERROR_CPU_LACKS);
    fake.basic = TSC | PAE;
    assert_int_equal(outcome(fake), ERROR_CPU_LACKS);
}

static void test_cpu_without_nx_continues(void **state)
{
    struct fake_cpu fake = good(AMD);

    (void)state;
    fake.extended = LM;
    assert_int_equal(outcome(fake), ERROR_NONE);
    assert_non_null(strstr(said, "no NX"));
    assert_int_equal(cpu_features() & CPU_FEATURE_NX, 0);
}

static void test_execute_disable_that_firmware_switched_off_is_switched_on(void **state)
{
    struct fake_cpu fake = good(INTEL);

    (void)state;
    fake.misc_enable |= XD_DISABLE;
    assert_int_equal(outcome(fake), ERROR_NONE);
    assert_true(cpu.misc_enable == MISC_OTHERS); /* that bit alone has changed */
    assert_int_equal(cpu_features() & CPU_FEATURE_NX, CPU_FEATURE_NX);
    assert_non_null(strstr(said, ", NX."));
}

static void test_msr_is_left_alone_where_nothing_is_wrong(void **state)
{
    (void)state;
    assert_int_equal(outcome(good(INTEL)), ERROR_NONE);
    assert_int_equal(cpu.misc_accesses, 1); /* read, not written */
}

/* Neither AMD's CPUs nor the first of Intel's family 6 have the register: #GP. */
static void test_msr_is_not_touched_where_there_is_none(void **state)
{
    struct fake_cpu fake = good(INTEL);

    (void)state;
    assert_int_equal(outcome(good(AMD)), ERROR_NONE);
    fake.has_misc_enable = false;
    fake.version = 0x06b1; /* a Pentium III, if one had long mode */
    assert_int_equal(outcome(fake), ERROR_NONE);
    fake.version = 0x0543; /* family 5 */
    assert_int_equal(outcome(fake), ERROR_NONE);
}

/* The extended model matters: 06_1Ah is a Nehalem, and 06_0Dh the first with the register. */
static void test_models_with_the_msr(void **state)
{
    static const uint32_t versions[] = {0x06d6, 0x106a5, 0x0f41, 0x906ed};
    struct fake_cpu fake = good(INTEL);

    (void)state;
    fake.misc_enable |= XD_DISABLE;
    for (unsigned i = 0; i < sizeof versions / sizeof versions[0]; i++) {
        fake.version = versions[i];
        assert_int_equal(outcome(fake), ERROR_NONE);
        assert_int_equal(cpu_features() & CPU_FEATURE_NX, CPU_FEATURE_NX);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good_cpu_continues),
        cmocka_unit_test(test_no_cpuid_is_named),
        cmocka_unit_test(test_no_long_mode_is_named),
        cmocka_unit_test(test_unknown_extended_leaf_is_not_used),
        cmocka_unit_test(test_missing_pae_or_msr_is_named),
        cmocka_unit_test(test_cpu_without_nx_continues),
        cmocka_unit_test(test_execute_disable_that_firmware_switched_off_is_switched_on),
        cmocka_unit_test(test_msr_is_left_alone_where_nothing_is_wrong),
        cmocka_unit_test(test_msr_is_not_touched_where_there_is_none),
        cmocka_unit_test(test_models_with_the_msr),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
