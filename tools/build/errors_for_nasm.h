/*
 * errors_for_nasm.h - the errors' letters and words as NASM reads them.
 *
 * The Makefile sends this through the C preprocessor: each error becomes a row of words, in
 * which sed makes a line "%define NAME value" of each NEXT and joins adjacent literals.
 */
#define MBR_ERROR(letter, name, text, cause, advice) NEXT MBR_ERROR_##name letter
#define ERROR(number, name, text, cause, advice) \
    NEXT ERROR_##name##_TEXT text NEXT ERROR_##name##_CAUSE cause NEXT ERROR_##name##_ADVICE advice

#include "errors.def"
