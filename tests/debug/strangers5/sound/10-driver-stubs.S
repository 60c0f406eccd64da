#include "stubs.S"

stub timer
