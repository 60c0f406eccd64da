/*
 * calendar.h - what the clock chip's registers mean.  Pure.
 */
#ifndef FIRSTLIGHT_KERNEL_TIME_CALENDAR_H
#define FIRSTLIGHT_KERNEL_TIME_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

/* A moment in the Gregorian calendar, in whichever time zone the clock was set to. */
struct date_time {
    uint16_t year;
    uint8_t month; /* 1-12 */
    uint8_t day;   /* 1-31 */
    uint8_t hour;  /* 0-23 */
    uint8_t minute;
    uint8_t second;
};

/* The registers as read, in BCD or binary as `status_b` says. */
struct calendar_registers {
    uint8_t second, minute, hour, day, month, year;
    uint8_t century; /* 0 if the machine has no register for it */
    uint8_t status_b;
};

#define STATUS_B_24_HOURS 0x02 /* else bit 7 of the hour means p.m. */
#define STATUS_B_BINARY 0x04   /* else BCD */

/* False if the registers hold no valid time: the clock was never set, or there is none. */
bool calendar_decode(const struct calendar_registers *registers, struct date_time *time)
    __attribute__((warn_unused_result));

/* "Monday" ... "Sunday". */
const char *calendar_weekday(const struct date_time *time);

#endif
