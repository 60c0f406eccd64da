/*
 * keyboard_layout.c - the layouts: US and German.
 *
 * keyboard.c looks keys up here.  A further layout only needs another element
 * of keyboard_layouts[].
 */
#include "kernel/input/keyboard_layout.h"

#include "lib/string.h"

static const uint16_t no_dead_keys[] = u"";

const struct keyboard_layout keyboard_layouts[] = {
    {
        .name = "us",
        .description = "US English",
        .rows[LEVEL_PLAIN] = {u"1234567890-=", u"qwertyuiop[]", u"asdfghjkl;'`", u"\\zxcvbnm,./",
                              u"\\"},
        .rows[LEVEL_SHIFT] = {u"!@#$%^&*()_+", u"QWERTYUIOP{}", u"ASDFGHJKL:\"~", u"|ZXCVBNM<>?",
                              u"|"},
        .rows[LEVEL_ALTGR] = {u"", u"", u"", u"", u""},
        .dead = no_dead_keys,
        .has_altgr = false,
    },
    {
        .name = "de",
        .description = "German",
        .rows[LEVEL_PLAIN] = {u"1234567890ß´", u"qwertzuiopü+", u"asdfghjklöä^", u"#yxcvbnm,.-",
                              u"<"},
        .rows[LEVEL_SHIFT] = {u"!\"§$%&/()=?`", u"QWERTZUIOPÜ*", u"ASDFGHJKLÖÄ°", u"'YXCVBNM;:_",
                              u">"},
        .rows[LEVEL_ALTGR] = {u" ²³   {[]}\\", u"@ €        ~", u"", u"       µ", u"|"},
        .dead = u"^´`",
        .has_altgr = true,
    },
};

const size_t keyboard_layout_count = sizeof keyboard_layouts / sizeof keyboard_layouts[0];

static const struct {
    uint8_t first;
    uint8_t keys;
} rows[KEYBOARD_ROWS] = {
    [ROW_DIGITS] = {0x02, 12}, [ROW_UPPER] = {0x10, 12},  [ROW_HOME] = {0x1e, 12},
    [ROW_LOWER] = {0x2b, 11},  [ROW_ISO_KEY] = {0x56, 1},
};

static const struct {
    uint16_t dead;
    const uint16_t *letters;
    const uint16_t *composed;
} accents[] = {
    {u'^', u"aeiouAEIOU", u"âêîôûÂÊÎÔÛ"},
    {u'´', u"aeiouyAEIOUY", u"áéíóúýÁÉÍÓÚÝ"},
    {u'`', u"aeiouAEIOU", u"àèìòùÀÈÌÒÙ"},
};

const struct keyboard_layout *keyboard_layout_find(const char *name)
{
    for (size_t i = 0; i < keyboard_layout_count; i++)
        if (strcmp(name, keyboard_layouts[i].name) == 0)
            return &keyboard_layouts[i];
    return NULL;
}

/* text[index], or 0 if the string ends before it. */
static uint16_t character_at(const uint16_t *text, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (text[i] == 0)
            return 0;
    return text[index];
}

/* The index of `character` in `text`; the length of `text` if it is not there. */
static size_t find(const uint16_t *text, uint32_t character)
{
    size_t i = 0;

    while (text[i] != 0 && text[i] != character)
        i++;
    return i;
}

uint32_t keyboard_layout_character(const struct keyboard_layout *layout, enum keyboard_level level,
                                   uint8_t scancode)
{
    for (size_t row = 0; row < KEYBOARD_ROWS; row++) {
        unsigned index = scancode - (unsigned)rows[row].first; /* huge for a key before the row */

        if (index < rows[row].keys) {
            uint16_t character = character_at(layout->rows[level][row], index);

            return character == ' ' ? 0 : character;
        }
    }
    return 0;
}

bool keyboard_layout_is_dead(const struct keyboard_layout *layout, uint32_t character)
{
    return character != 0 && character_at(layout->dead, find(layout->dead, character)) != 0;
}

uint32_t keyboard_layout_compose(uint32_t dead, uint32_t letter)
{
    for (size_t i = 0; i < sizeof accents / sizeof accents[0]; i++)
        if (accents[i].dead == dead)
            return accents[i].composed[find(accents[i].letters, letter)];
    return 0;
}
