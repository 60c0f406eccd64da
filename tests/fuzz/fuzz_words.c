/*
 * fuzz_words.c - any line into the shell's word splitter, number parser and "did you mean".
 */
#include <stdlib.h>
#include <string.h>

#include "kernel/shell/internal/nearest.h"
#include "kernel/shell/internal/number.h"
#include "kernel/shell/internal/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define LINE_SIZE 766

static void require(int holds)
{
    if (!holds)
        abort();
}

static const char *name(size_t index)
{
    static const char *const names[] = {"help", "reboot", "poweroff", "a_name_longer_than_most"};

    return index < sizeof names / sizeof names[0] ? names[index] : NULL;
}

/* C's own function decides what a number is. */
static void check_number(const char *text)
{
    uint64_t value = 0;

    if (number_parse(text, &value) == NUMBER_OK) {
        int base = text[0] == '0' && (text[1] == 'x' || text[1] == 'X') ? 16 : 10;
        char *end;

        require(strtoull(text, &end, base) == value && *end == '\0');
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char line[LINE_SIZE] = "";
    const char *words[WORDS_MAX];
    size_t length = size < LINE_SIZE - 1 ? size : LINE_SIZE - 1;

    memcpy(line, data, length);

    int count = words_split(line, words);

    require(count <= WORDS_MAX);
    for (int i = 0; i < count; i++) {
        require(words[i] >= line && words[i] + strlen(words[i]) <= line + length);
        require(i == 0 || words[i] > words[i - 1]);
        nearest_name(words[i], name);
        check_number(words[i]);
    }
    return 0;
}
