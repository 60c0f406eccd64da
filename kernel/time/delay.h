/* delay.h - short waits that hardware asks for; for longer ones there is timer_sleep_ms(). */
#ifndef FIRSTLIGHT_KERNEL_TIME_DELAY_H
#define FIRSTLIGHT_KERNEL_TIME_DELAY_H

/* Waits at least `us` microseconds, busily, with interrupts as they are. */
void delay_us(unsigned us);

#endif
