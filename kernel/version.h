/* version.h - the release of Firstlight, written once. */
#ifndef FIRSTLIGHT_KERNEL_VERSION_H
#define FIRSTLIGHT_KERNEL_VERSION_H

#define FIRSTLIGHT_VERSION "0.1.0"

#endif
