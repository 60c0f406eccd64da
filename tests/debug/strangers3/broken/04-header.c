#include "pc.h"

void kernel_main(void);

void kernel_main(void)
{
    print("TinyOS 0.0.3, now on Firstlight\n");
}
