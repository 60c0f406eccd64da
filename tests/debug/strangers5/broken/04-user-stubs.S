#include "stubs.S"

stub timer
stub service
