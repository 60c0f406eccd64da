// The sources of a lab in C -> one flat binary, and its names and lines.  The host's tools do it (the build's
// choice of a compiler, and GNU binutils), in a sandbox (sandbox.mjs), as inside.sh says.

import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CPU_LIMIT, FILE_LIMIT, MEMORY_LIMIT, chooseSandbox, runInside } from './sandbox.mjs';

const ROOT = new URL('../../../', import.meta.url);
const SCRIPT = readFileSync(new URL('inside.sh', import.meta.url), 'utf8');
// what each source can include, beside the lab's own files
const HEADERS = [...readdirSync(new URL('include/', ROOT)).map((name) => `include/${name}`), 'linker/common.ld', 'lib/port.h', 'lib/cpu.h', 'lib/string.h'];
const MIB = 1 << 20;
const MESSAGES = 5;
const NO_REASON = 'they gave no reason.';

// The lines NAME=VALUE that the Makefile wrote
export function readToolchain(build) {
    try {
        const text = readFileSync(join(build, 'labs.toolchain'), 'utf8');
        return Object.fromEntries([...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]));
    } catch {
        throw new Error(`${build}/labs.toolchain, which says how C is compiled, is missing: \`make\` writes it`);
    }
}

function writeAll(folder, files) {
    for (const [name, bytes] of Object.entries(files)) {
        mkdirSync(join(folder, dirname(name)), { recursive: true });
        writeFileSync(join(folder, name), bytes);
    }
}

// "NAME BYTES", a line feed and the bytes, over and over: { name: Buffer }
function results(stdout) {
    const found = {};
    for (let at = 0; at < stdout.length;) {
        const end = stdout.indexOf(10, at);
        const [name, length] = stdout.toString('latin1', at, end).split(' ');
        found[name] = stdout.subarray(end + 1, end + 1 + Number(length));
        at = end + 1 + Number(length);
    }
    return found;
}

// How a message of the linker begins; binutils 2.47 calls itself ld.bfd
const LINKER = /^\/\S*\/[\w-]*ld(\.bfd)?: ?/;

// Messages are a stranger's words: one line each, of printable characters, without the sandbox's folders
const clean = (line) => line.replace(/[^ -~]/g, '?').replace(LINKER, '').replace(/^\/(\S*\/)?(lab|out)\//, '').slice(0, 300);

// The messages that say something by themselves
const isMessage = (line) => (/: (fatal )?(error|warning): |: Error: |undefined reference|multiple definition|defined in discarded section|relocation truncated|: syntax error/i.test(line)
    || LINKER.test(line)) && !/: in function /.test(line);

// One that is about a file outside: it may have that file's words
const OUTSIDE = /^(\/[^\s:]*|\.\.[^\s:]*|[^\s:]*\/\.\.\/[^\s:]*):/;

// What a limit, or only_here of inside.sh, has stopped, in words; null if neither did
function failure(failed, text) {
    if (failed.startsWith('outside '))
        return `${failed.split(' ')[1]} uses ${failed.split(' ').slice(2).join(' ')}, which is not a file of this lab.`;
    const [, status, step] = /^status (\d+) (.*)$/.exec(failed);
    if (/CPU time limit|\bKilled\b/.test(text) || [137, 152].includes(Number(status)))
        return `${step} takes more than ${CPU_LIMIT} s to compile and link, or too much memory.`;
    if (/File size limit|File too large|No space left/.test(text) || Number(status) === 153)
        return `${step} makes a file of more than ${FILE_LIMIT / MIB} MiB.`;
    if (/out of memory|memory exhausted|[Cc]annot allocate|virtual memory|bad_alloc/.test(text))
        return `${step} takes more than ${MEMORY_LIMIT / MIB} MiB to compile and link.`;
    return null;
}

const FUNCTION = /^([0-9a-f]+) [TtWw] (\S+)$/gm;
const SYMBOL = /^([0-9a-f]+) \w (\S+)$/gm;
const SIZE = /^\s*\d+\s+\d+\s+\d+\s+(\d+)/m;        // of size: text, data, bss and their sum
const LINE = /^(\S+) +(\d+) +0x([0-9a-f]+) /gm;

// What symbolData() of names.mjs makes for flat programs: one program, { files, functions, lines }
function program(symbols, lines, base, size) {
    const files = [];
    const offset = (address) => Number(BigInt(`0x${address}`) - base);
    const inside = ([at]) => at >= 0 && at < size;
    const number = (name) => (files.includes(name) ? files.indexOf(name) : files.push(name) - 1);
    return {
        functions: [...symbols.matchAll(FUNCTION)].map(([, address, name]) => [offset(address), 1, name]).filter(inside),
        lines: [...lines.matchAll(LINE)].map(([, name, line, address]) => [offset(address), number(name), Number(line)])
            .filter(inside).sort((a, b) => a[0] - b[0]),
        files: files.map((path) => ({ path })),
    };
}

// Runs inside.sh on `sources` with further variables; { found: its results, note, sandbox }
async function inSandbox({ sources, units, build, own, only }, variables) {
    const toolchain = readToolchain(build);
    const folder = mkdtempSync(join(tmpdir(), 'firstlight-lab-'));
    try {
        chmodSync(folder, 0o755);
        writeAll(join(folder, 'lab'), Object.fromEntries(HEADERS.map((name) => [name, readFileSync(new URL(name, ROOT))])));
        writeAll(join(folder, 'lab'), sources);
        const readable = toolchain.READABLE.split(' ').filter(Boolean);
        const kind = chooseSandbox(folder, readable, { own, only });
        const stdout = await runInside(kind, folder, readable, { script: SCRIPT, environment: { ...toolchain, ...variables,
            UNITS: units.join(' '), OURS: readable.join(' ') } });
        return { found: results(stdout), note: kind.note, sandbox: kind.name };
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

// sources: { name: bytes }; units: the names of the .c and .o among them, in the order of the link; script: the
// linker script, which the preprocessor reads first unless it is `raw`; further: one that ld reads before it; numbers: { NAME: value } for both;
// wraps: functions whose calls go to __wrap_NAME; base: the address of the first byte; and build, own, only: whose work it is, and in which sandbox.
// { bytes, elf, addresses: { name: BigInt }, program, messages, note }, or { refused, step, messages, note }
export async function compile({ script, raw, further = '', numbers, wraps = [], base, ...job }) {
    const { found, ...kind } = await inSandbox(job, { SCRIPT: script, RAW_SCRIPT: raw ? 'yes' : '', FURTHER: further,
        NUMBERS: [...Object.entries(numbers).map(([name, value]) => `--defsym=${name}=${value}`), ...wraps.map((name) => `--wrap=${name}`)].join(' ') });
    return { ...answer(found, base), ...kind };
}

// The same sources -> one object file, of which others see the names in `exports` only.
// { bytes, size: bytes of memory, messages, note }, or { refused, step, messages, note }
export async function compileObject({ exports, ...job }) {
    const { found, ...kind } = await inSandbox(job, { SCRIPT: 'the object', EXPORTS: exports.join(' ') });
    if (!found.object)
        return { ...refusal(found), ...kind };
    const [, size] = SIZE.exec(text(found, 'size'));
    return { bytes: new Uint8Array(found.object), size: Number(size), messages: shown(found), ...kind };
}

const text = (found, name) => found[name]?.toString('latin1') ?? '';
const allSaid = (found) => text(found, 'messages').split('\n').filter(isMessage).map(clean);
const fromInside = (lines) => lines.filter((line) => !OUTSIDE.test(line));
const shown = (found) => fromInside(allSaid(found)).slice(0, MESSAGES);

function answer(found, base) {
    if (!found.flat)
        return refusal(found);
    const symbols = text(found, 'symbols');
    const addresses = Object.fromEntries([...symbols.matchAll(SYMBOL)].map(([, address, name]) => [name, BigInt(`0x${address}`)]));
    return { bytes: new Uint8Array(found.flat), elf: found.elf, addresses, messages: shown(found),
        program: program(symbols, text(found, 'lines'), base, found.flat.length) };
}

function refusal(found) {
    const said = allSaid(found), failed = text(found, 'failed');
    return { step: /^status \d+ (.*)$/.exec(failed)?.[1], messages: shown(found),
        refused: whyRefused(failed, text(found, 'messages'), said, fromInside(said)) };
}

function whyRefused(failed, all, said, messages) {
    const [, outside] = OUTSIDE.exec(said.find((line) => OUTSIDE.test(line) && !/warning/i.test(line)) ?? '') ?? [];
    const limit = failure(failed, all);
    if (limit || outside)
        return limit ?? `A source uses ${outside}, which is not a file of this lab.`;
    const error = messages.find((line) => !/warning/i.test(line)) ?? messages[0] ?? NO_REASON;
    return `The compiler or the linker did not accept your program: ${error}`;
}
