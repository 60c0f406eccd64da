/*
 * test_input.c - the keyboard controller is asked, never waited for.
 */
#include "kernel/input/keyboard.h"
#include "kernel/test/test.h"

/* The host runs it on a machine without a controller, too. */
KERNEL_TEST(keyboard_poll_returns_without_a_key)
{
    struct keyboard keyboard = {0};
    unsigned characters = 0;

    for (unsigned i = 0; i < 10000; i++)
        characters += keyboard_poll(&keyboard) != 0;
    EXPECT_EQ(characters, 0);
    EXPECT_EQ(keyboard.held, 0);
}
