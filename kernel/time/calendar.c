/*
 * calendar.c - BCD, 12 hours, centuries and leap years.
 *
 * Pure; rtc.c reads the registers.  Follows Motorola's MC146818A data sheet.
 */
#include "kernel/time/calendar.h"

#define HOUR_PM 0x80

/* For a machine without a century register: no PC older than 2003 runs 64-bit code. */
#define DEFAULT_CENTURY 20

static bool is_bcd(uint8_t value)
{
    return value >> 4 <= 9 && (value & 15) <= 9;
}

/* One register's value; false if it is not a valid number. */
static bool number_of(const struct calendar_registers *registers, uint8_t value, uint8_t *number)
{
    if (registers->status_b & STATUS_B_BINARY)
        *number = value;
    else
        *number = (uint8_t)((value >> 4) * 10 + (value & 15));
    return registers->status_b & STATUS_B_BINARY || is_bcd(value);
}

/* 12-hour clocks count 12, 1, 2 ... 11 from midnight, and again from noon. */
static bool hour_of(const struct calendar_registers *registers, uint8_t *hour)
{
    if (registers->status_b & STATUS_B_24_HOURS)
        return number_of(registers, registers->hour, hour) && *hour < 24;
    if (!number_of(registers, registers->hour & (uint8_t)~HOUR_PM, hour))
        return false;
    if (*hour < 1 || *hour > 12)
        return false;
    *hour = (uint8_t)(*hour % 12 + (registers->hour & HOUR_PM ? 12 : 0));
    return true;
}

/* A century register that does not hold a century is ignored. */
static bool year_of(const struct calendar_registers *registers, uint16_t *year)
{
    uint8_t century, in_century;

    if (!number_of(registers, registers->year, &in_century) || in_century > 99)
        return false;
    if (!number_of(registers, registers->century, &century) || century < 19 || century > 22)
        century = DEFAULT_CENTURY;
    *year = (uint16_t)(century * 100 + in_century);
    return true;
}

static bool is_leap_year(unsigned year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static uint8_t days_in(uint16_t year, uint8_t month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return (uint8_t)(days[month - 1] + (month == 2 && is_leap_year(year)));
}

static bool date_of(const struct calendar_registers *registers, struct date_time *time)
{
    if (!year_of(registers, &time->year))
        return false;
    if (!number_of(registers, registers->month, &time->month) || time->month < 1 ||
        time->month > 12)
        return false;
    return number_of(registers, registers->day, &time->day) && time->day >= 1 &&
           time->day <= days_in(time->year, time->month);
}

bool calendar_decode(const struct calendar_registers *registers, struct date_time *time)
{
    return date_of(registers, time) && hour_of(registers, &time->hour) &&
           number_of(registers, registers->minute, &time->minute) && time->minute < 60 &&
           number_of(registers, registers->second, &time->second) && time->second < 60;
}

/* Days since 1 March of the year 0, a Wednesday, modulo 7; the leap day is then a year's last. */
const char *calendar_weekday(const struct date_time *time)
{
    static const char *const names[] = {"Wednesday", "Thursday", "Friday", "Saturday",
                                        "Sunday",    "Monday",   "Tuesday"};
    unsigned month = (time->month + 9u) % 12; /* March is 0 */
    unsigned year = time->year - (month >= 10 ? 1u : 0u);
    unsigned days = 365 * year + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 +
                    time->day - 1;

    return names[days % 7];
}
