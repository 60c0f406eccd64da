#include "stubs.S"

stub tick
stub spurious
