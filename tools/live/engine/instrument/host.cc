// The machine must be the same in every browser: Bochs asks for the local time to set the guest's
// clock, and gets UTC, whatever the host's time zone.

#include <time.h>

extern "C" struct tm *localtime(const time_t *seconds) { return gmtime(seconds); }
