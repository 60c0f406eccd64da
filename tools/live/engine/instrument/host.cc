// The machine must be the same in every browser and at every speed, so Bochs sees nothing of the
// host's time.  It asks for it even where the guest's clock does not follow it: a timer without any
// use fires at the host's pace, and after a snapshot was put back it had an hour to make up for.

#include <sys/time.h>
#include <time.h>

static const time_t POWERED_ON = 1767225600; // as time0 in tools/live/page/pc.js: 2026-01-01

extern "C" time_t time(time_t *seconds)
{
    if (seconds)
        *seconds = POWERED_ON;
    return POWERED_ON;
}

extern "C" int gettimeofday(struct timeval *now, void *)
{
    now->tv_sec = POWERED_ON;
    now->tv_usec = 0;
    return 0;
}

// Nor of its time zone
extern "C" struct tm *localtime(const time_t *seconds) { return gmtime(seconds); }
