/* rtc.h - the clock that runs while the PC is off. */
#ifndef FIRSTLIGHT_KERNEL_TIME_RTC_H
#define FIRSTLIGHT_KERNEL_TIME_RTC_H

#include "kernel/time/calendar.h"

enum rtc_result {
    RTC_OK,
    RTC_BUSY,     /* it never stopped updating its registers, or there is no clock */
    RTC_UNSTABLE, /* no two readings were the same */
    RTC_NONSENSE, /* the registers hold no valid time */
};

/* Reads date and time; `century_register` is the number of that CMOS register, 0 for none. */
enum rtc_result rtc_read(uint8_t century_register, struct date_time *time)
    __attribute__((warn_unused_result));

#endif
