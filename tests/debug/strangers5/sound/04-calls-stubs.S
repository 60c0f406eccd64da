#include "stubs.S"

stub invalid
