#include "stubs.S"

stub rtc
