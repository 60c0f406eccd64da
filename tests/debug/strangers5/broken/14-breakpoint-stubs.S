#include "stubs.S"

stub breakpoint
