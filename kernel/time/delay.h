/* delay.h - short waits for hardware; for longer ones there is timer_sleep_ms(). */
#ifndef FIRSTLIGHT_KERNEL_TIME_DELAY_H
#define FIRSTLIGHT_KERNEL_TIME_DELAY_H

/* Waits at least `us` microseconds in a busy loop; interrupts stay as they are. */
void delay_us(unsigned us);

#endif
