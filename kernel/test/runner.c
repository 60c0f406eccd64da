/*
 * runner.c - runs the tests of the test image, at a prompt that replaces the shell.
 *
 * kernel_main calls shell_run() when everything is set up; the linker redirects
 * that call to here (tests/kernel/kernel.mk).  The host requests one test after
 * another over COM1; a person can do the same with a keyboard.  Reports are
 * lines of TAP, so that both can read them:
 *
 *     # run map_is_sorted
 *     ok 1 - map_is_sorted
 *
 * A test that panics or hangs ends the boot: the host then starts another one.
 */
#include <stddef.h>

#include "kernel/console/console.h"
#include "kernel/input/prompt.h"
#include "kernel/test/internal/test_exit.h"
#include "kernel/test/internal/test_runner.h"
#include "kernel/test/machine_state.h"
#include "kernel/test/test.h"
#include "kernel/time/delay.h"
#include "lib/cpu.h"
#include "lib/port.h"
#include "lib/string.h"

#define PROMPT "test> "

#define UART_LSR 5
#define UART_POLLS 100000     /* 16 bytes take 1.4 ms */
#define EXIT_TAKES_US 2000000 /* plenty: in QEMU 11 the guest runs until another thread ends it */

/* All tests that leave the kernel running. */
extern const struct kernel_test *const kernel_tests_start[];
extern const struct kernel_test *const kernel_tests_end[];

void __wrap_shell_run(void) __attribute__((noreturn));

static unsigned passed;
static unsigned failed;

static size_t test_count(void)
{
    return (size_t)(kernel_tests_end - kernel_tests_start);
}

const struct boot_info *test_boot_info(void)
{
    return physical_pointer(entry_rdi);
}

static void run(const struct kernel_test *test)
{
    printk("# run %s\n", test->name);
    if (test->kind == kernel_test_panics)
        test_expect_in_report("%s", test->report);
    test_expect_begin();
    test->run();

    bool ok = test_expect_failures() == 0 && test->kind != kernel_test_panics;

    if (test->kind == kernel_test_panics)
        printk("# it returned, but should have panicked\n");
    passed += ok;
    failed += !ok;
    printk("%s %u - %s\n", ok ? "ok" : "not ok", passed + failed, test->name);
}

void test_exit(unsigned char code)
{
    for (unsigned i = 0; i < UART_POLLS && !(inb(COM1_PORT + UART_LSR) & UART_LSR_TEMT); i++)
        cpu_relax();
    outb(TEST_EXIT_PORT, code);
}

static void leave(void)
{
    printk("# %u passed, %u failed\n", passed, failed);
    test_exit(passed > 0 && failed == 0 ? TEST_EXIT_PASSED : TEST_EXIT_FAILED);
    delay_us(EXIT_TAKES_US);
    printk("The tests are done. No isa-debug-exit at port 0x%x: reset the machine by hand.\n",
           TEST_EXIT_PORT);
}

/* All tests that a boot survives. */
static void run_all(void)
{
    for (size_t i = 0; i < test_count(); i++)
        if (kernel_tests_start[i]->kind == kernel_test_passes)
            run(kernel_tests_start[i]);
    printk("1..%u\n", passed + failed);
    leave();
}

static void list(void)
{
    static const char *const kinds[] = {
        [kernel_test_passes] = "passes",
        [kernel_test_panics] = "panics",
        [kernel_test_fails] = "fails",
    };

    for (size_t i = 0; i < test_count(); i++)
        printk("  %s %s\n", kinds[kernel_tests_start[i]->kind], kernel_tests_start[i]->name);
}

static void run_named(const char *name)
{
    for (size_t i = 0; i < test_count(); i++) {
        if (strcmp(name, kernel_tests_start[i]->name) == 0) {
            run(kernel_tests_start[i]);
            return;
        }
    }
    printk("Unknown test \"%s\". Type \"list\" for a list.\n", name);
}

static void execute_command(const char *text)
{
    if (strcmp(text, "all") == 0)
        run_all();
    else if (strcmp(text, "list") == 0)
        list();
    else if (strcmp(text, "exit") == 0)
        leave();
    else if (*text != '\0')
        run_named(text);
}

static const char *test_name(size_t index)
{
    return index < test_count() ? kernel_tests_start[index]->name : NULL;
}

void __wrap_shell_run(void)
{
    static struct line_editor editor;

    printk("This is the test image, with %zu tests.\n"
           "Type the name of one, \"list\", \"all\" or \"exit\".\n",
           test_count());
    prompt_start(&editor, PROMPT, test_name);
    for (;;)
        execute_command(prompt_read(&editor));
}
