/*
 * nearest.c - edit distance with swaps (optimal string alignment; Damerau 1964,
 * Wagner and Fischer 1974).  Called by shell.c only.
 */
#include "kernel/shell/internal/nearest.h"

#include "lib/string.h"

#define NAME_MAX 16 /* letters; a longer word has no nearest name */
#define CHANGES_MAX 2

static unsigned smaller(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Both at most NAME_MAX long.  Row i holds the distances from a[0..i) to each prefix of b. */
static unsigned distance(const char *a, const char *b)
{
    size_t length_a = strlen(a), length_b = strlen(b);
    unsigned rows[NAME_MAX + 1][NAME_MAX + 1];

    for (size_t j = 0; j <= length_b; j++)
        rows[0][j] = (unsigned)j;
    for (size_t i = 1; i <= length_a; i++) {
        rows[i][0] = (unsigned)i;
        for (size_t j = 1; j <= length_b; j++) {
            unsigned replaced = rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]);

            rows[i][j] = smaller(replaced, smaller(rows[i - 1][j], rows[i][j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                rows[i][j] = smaller(rows[i][j], rows[i - 2][j - 2] + 1);
        }
    }
    return rows[length_a][length_b];
}

const char *nearest_name(const char *word, nearest_names *names)
{
    const char *nearest = NULL;
    size_t length = strlen(word);
    unsigned least = smaller(CHANGES_MAX, (unsigned)length / 2) + 1;

    if (length > NAME_MAX)
        return NULL;
    for (size_t i = 0; names(i) != NULL; i++) {
        unsigned changes = strlen(names(i)) <= NAME_MAX ? distance(word, names(i)) : least;

        if (changes < least) {
            least = changes;
            nearest = names(i);
        }
    }
    return nearest;
}
