#include "pc.h"

void console_write(const char *text);

void console_write(const char *text)
{
    print(text);
}
