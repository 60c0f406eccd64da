/*
 * report.h - the report on COM1: one TAP line for each statement of the protocol.
 *
 *     statement("entry-rsp");
 *     equal("RSP", entry_state.general[RSP], STACK_TOP);
 *
 * prints "ok 4 - [entry-rsp]", or before a "not ok" what was found instead.
 */
#ifndef PROTOCOL_REPORT_H
#define PROTOCOL_REPORT_H

#include <stdbool.h>
#include <stdint.h>

/* Ends the statement before and begins the one with this id in docs/boot-protocol.md. */
void statement(const char *id);

/* Its conditions.  Each that is not met is reported on a line of its own. */
void equal(const char *what, uint64_t found, uint64_t wanted);
void holds(const char *what, bool is_so);

/* A line "# name=value" for tests that know what to expect. */
void remark(const char *name, uint64_t value);

/* Ends the last statement and the report. */
void report_end(void);

#endif
