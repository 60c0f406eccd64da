/*
 * csi.h - the numbers of an escape sequence, "ESC [ 1 ; 31 m" (ECMA-48 5.4): for the
 * screen, which executes sequences, and for the serial terminal's keys.
 */
#ifndef FIRSTLIGHT_LIB_CSI_H
#define FIRSTLIGHT_LIB_CSI_H

#include <stdint.h>

#define CSI_PARAMETERS 8
#define CSI_PARAMETER_MAX 999 /* no sequence means a larger number */

/* All zero where a sequence begins. */
struct csi {
    uint16_t parameters[CSI_PARAMETERS]; /* 0: not given */
    uint8_t count; /* the parameter being read; from CSI_PARAMETERS on they are ignored */
};

/* Takes a byte of a sequence before its last one; those that belong to no number are ignored. */
static inline void csi_take(struct csi *csi, uint8_t byte)
{
    if (csi->count >= CSI_PARAMETERS)
        return;
    if (byte == ';')
        csi->count++;
    if (byte < '0' || byte > '9')
        return;

    unsigned value = csi->parameters[csi->count] * 10u + (byte - '0');

    csi->parameters[csi->count] = (uint16_t)(value < CSI_PARAMETER_MAX ? value : CSI_PARAMETER_MAX);
}

#endif
