/* key_name.h - the names that people have for keys. */
#ifndef FIRSTLIGHT_KERNEL_INPUT_KEY_NAME_H
#define FIRSTLIGHT_KERNEL_INPUT_KEY_NAME_H

#include "kernel/input/keys.h"

#define KEY_NAME_SIZE 40 /* "Ctrl-Alt-Shift-Page Down" and the NUL; the longest has 24 letters */

/* "Shift-Page Up", "Ctrl-A", "a", "U+20AC": always ASCII. */
void key_name(char name[KEY_NAME_SIZE], key_code key);

#endif
