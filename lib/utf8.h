/*
 * utf8.h - Unicode characters as bytes.  RFC 3629.
 */
#ifndef FIRSTLIGHT_LIB_UTF8_H
#define FIRSTLIGHT_LIB_UTF8_H

#include <stddef.h>
#include <stdint.h>

#define UTF8_MAX 4              /* bytes of the longest character */
#define UTF8_REPLACEMENT 0xfffd /* Unicode's sign for bytes that are not a character */

/* Stores the bytes of `character`, at most 10FFFFh; returns their number. */
static inline size_t utf8_encode(char bytes[UTF8_MAX], uint32_t character)
{
    if (character < 0x80) {
        bytes[0] = (char)character;
        return 1;
    }

    size_t length = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;

    for (size_t i = length - 1; i > 0; i--) {
        bytes[i] = (char)(0x80 | (character & 0x3f));
        character >>= 6;
    }
    bytes[0] = (char)(0xf00 >> length | character); /* 110xxxxx, 1110xxxx or 11110xxx */
    return length;
}

/* The part of a character decoded so far.  All zero at first. */
struct utf8_decoder {
    uint32_t character;
    uint32_t smallest;  /* a smaller value would have fitted in fewer bytes: not valid UTF-8 */
    uint8_t bytes_left; /* 0: the next byte begins a character */
};

enum utf8_result {
    UTF8_MORE,      /* the character is incomplete */
    UTF8_DONE,      /* `character` is complete */
    UTF8_BAD,       /* this byte is not valid here: print UTF8_REPLACEMENT */
    UTF8_BAD_BEFORE /* the character before it was cut off: print it, then pass this byte again */
};

static inline enum utf8_result utf8_begin(struct utf8_decoder *decoder, uint8_t byte)
{
    static const uint32_t smallest[] = {0, 0x80, 0x800, 0x10000};

    if (byte < 0x80) {
        decoder->character = byte;
        return UTF8_DONE;
    }
    if (byte < 0xc2 || byte > 0xf4) /* C0, C1 and F5 up never occur */
        return UTF8_BAD;
    decoder->bytes_left = (uint8_t)(byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3);
    decoder->character = byte & (0x3fu >> decoder->bytes_left);
    decoder->smallest = smallest[decoder->bytes_left];
    return UTF8_MORE;
}

static inline enum utf8_result utf8_decode(struct utf8_decoder *decoder, uint8_t byte)
{
    if (decoder->bytes_left == 0)
        return utf8_begin(decoder, byte);
    if ((byte & 0xc0) != 0x80) {
        decoder->bytes_left = 0;
        return UTF8_BAD_BEFORE;
    }
    decoder->character = decoder->character << 6 | (byte & 0x3f);
    if (--decoder->bytes_left > 0)
        return UTF8_MORE;
    if (decoder->character < decoder->smallest || decoder->character > 0x10ffff ||
        (decoder->character & 0xfffff800) == 0xd800)
        return UTF8_BAD;
    return UTF8_DONE;
}

#endif
