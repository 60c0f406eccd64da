/*
 * rtc.c - reads the MC146818 clock in the CMOS, but never during an update.
 *
 * Owns ports 70h and 71h while it reads.  Bit 7 of port 70h, the NMI mask,
 * stays clear, as nmi.c left it.  Follows Motorola's MC146818A data sheet,
 * "Update cycle".
 */
#include "kernel/time/rtc.h"

#include "kernel/time/delay.h"
#include "lib/pc.h"
#include "lib/port.h"
#include "lib/string.h"

enum {
    SECONDS = 0x00,
    MINUTES = 0x02,
    HOURS = 0x04,
    DAY_OF_MONTH = 0x07,
    MONTH = 0x08,
    YEAR = 0x09,
    STATUS_A = 0x0a,
    STATUS_B = 0x0b,
};

#define STATUS_A_UPDATING 0x80
#define LAST_REGISTER 0x7f

/* An update takes 2.2 ms at most, including the warning before it. */
#define UPDATE_POLL_US 10
#define UPDATE_POLLS 1000

#define TRIES 4

static uint8_t read_register(uint8_t number)
{
    outb(CMOS_INDEX, number);
    return inb(CMOS_DATA);
}

/* After the warning ends, 244 us are left for reading. */
static bool wait_for_update_to_end(void)
{
    for (unsigned i = 0; i < UPDATE_POLLS; i++) {
        if (!(read_register(STATUS_A) & STATUS_A_UPDATING))
            return true;
        delay_us(UPDATE_POLL_US);
    }
    return false;
}

static struct calendar_registers read_registers(uint8_t century_register)
{
    return (struct calendar_registers){
        .second = read_register(SECONDS),
        .minute = read_register(MINUTES),
        .hour = read_register(HOURS),
        .day = read_register(DAY_OF_MONTH),
        .month = read_register(MONTH),
        .year = read_register(YEAR),
        .century = century_register == 0 ? 0 : read_register(century_register),
        .status_b = read_register(STATUS_B),
    };
}

enum rtc_result rtc_read(uint8_t century_register, struct date_time *time)
{
    struct calendar_registers first, second = {0};

    if (century_register > LAST_REGISTER)
        century_register = 0;
    for (unsigned i = 0; i < TRIES; i++) {
        if (!wait_for_update_to_end())
            return RTC_BUSY;
        first = second;
        second = read_registers(century_register);
        if (i > 0 && memcmp(&first, &second, sizeof first) == 0)
            return calendar_decode(&second, time) ? RTC_OK : RTC_NONSENSE;
    }
    return RTC_UNSTABLE;
}
