// Links Firstlight's kernel anew, with a student's parts of it, for `make mine`.
//
//   node tools/labs/link_kernel.mjs < JOB
//
// JOB is a JSON object:
//   parts     [{ name, lab, folder, files, exports, room }]: C, these files of `folder`, for the lab whose own folder is `lab`; others see the names in `exports`
//   script    null for ours, or { lab, folder, file, further, room }: the student's, and one of ours that ld reads before it
//   objects   ours, in the order of the link
//   wraps     functions whose calls go to the glue among them, __wrap_NAME
//   build, own, copies       as for a lab in C; of the image
//   python    what runs tools/build/symbols.py, which makes the table of names for backtraces; null: no table
//   image, elf               files to write
// On stdout comes { sizes: { lab's number: bytes }, note }, where note is null or says how safely C was compiled; or { lab, refused }: a
// sentence, and the number of the lab whose part it is about; or { failure }: a sentence about what is not the student's fault.

import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assemble } from './assemble.mjs';
import { compile, compileObject } from './c/compile.mjs';
import { FIRST, LOAD, NUMBERS, objects, ofProject } from './c/kernel.mjs';
import { kernelImage } from './c/kernel_image.mjs';
import { Refused, sourcesOf } from './submission.mjs';

const SCRIPT = 'linker/kernel.ld', TABLE = 'linker/symbols.asm';
const NO_PLACE = /\.rodata not found for insert/;        // of further.ld
const ROOT = new URL('../../', import.meta.url);

class NotLinked extends Error {
    constructor(lab, refused) {
        super(refused);
        this.answer = { lab, refused };
    }
}

const settingsOf = (lab) => JSON.parse(readFileSync(join(lab, 'lab.json')));

// What a lab's page names in its contract, not what carries the student's part there
const headers = (names = []) => names.filter((name) => /\.(h|inc)$/.test(name));
const headersOf = (lab, { ours, shared }) => ({ ...ofProject(headers(shared)), ...sourcesOf(lab, headers(ours)) });

function withinRoom(what, size, room) {
    if (size > room)
        throw new Refused(`${what} has ${size} bytes; there is room for ${room}.`);
}

// A student's files -> { number, name, bytes, size } of one object
async function part({ name: link, lab, folder, files, exports, room }, { build, own }) {
    const settings = settingsOf(lab);
    try {
        const theirs = sourcesOf(folder, files), sources = { ...theirs, ...headersOf(lab, settings) };
        const assembled = await objects(sources, files.filter((name) => name.endsWith('.asm')), []);
        const made = await compileObject({ sources: { ...sources, ...assembled.files }, exports, build, own,
            units: [...files.filter((name) => name.endsWith('.c')), ...Object.keys(assembled.files)] });
        if (made.refused)
            throw new Refused(made.refused);
        withinRoom('your part', made.size, room);
        return { number: settings.number, name: `${link}.o`, bytes: made.bytes, size: made.size };
    } catch (error) {
        throw error instanceof Refused ? new NotLinked(settings.number, error.message) : error;
    }
}

// The linker script, as compile() takes it, and the number of its lab and its size
function scriptOf(job) {
    if (!job.script)
        return { sources: { [SCRIPT]: readFileSync(new URL(SCRIPT, ROOT)) }, script: SCRIPT, number: null };
    const { lab, folder, file, further, room } = job.script, { number } = settingsOf(lab);
    try {
        const sources = sourcesOf(folder, [file]);
        withinRoom(file, sources[file].length, room);
        return { sources: { ...sources, 'further.ld': readFileSync(further) }, script: file, raw: true, further: 'further.ld', number, size: sources[file].length };
    } catch (error) {
        throw error instanceof Refused ? new NotLinked(number, error.message) : error;
    }
}

// One link of { name: bytes } in their order
async function linkOnce(job, { sources, number, size, ...script }, objects) {
    const program = await compile({ sources: { ...objects, ...sources }, units: Object.keys(objects), ...script,
        numbers: NUMBERS, wraps: job.wraps, base: FIRST, build: job.build, own: job.own });
    if (program.refused)
        throw new NotLinked(number, NO_PLACE.test(program.refused) ? `${script.script} has no output section .rodata, after which the kernel's further constants go.` : program.refused);
    return program;
}

// The table of a kernel's names and lines, as the Makefile adds it to a second link
async function tableOf({ elf }, { elf: path, python }) {
    const table = `${path}.symbols`, tool = fileURLToPath(new URL('tools/build/symbols.py', ROOT));
    writeFileSync(path, elf);
    try {
        execFileSync(python, ['-B', tool, path, table]);
        const { bytes, messages } = await assemble({ sources: { table: readFileSync(table), 'symbols.asm': readFileSync(new URL(TABLE, ROOT)) },
            main: 'symbols.asm', defines: { TABLE: '"table"' }, format: 'elf64' });
        if (!bytes)
            throw new Error(`${TABLE} cannot be assembled: ${messages[0]}`);
        return { 'symbols.o': bytes };
    } finally {
        rmSync(table, { force: true });
    }
}

async function linkKernel(job) {
    const script = scriptOf(job);
    const theirs = await Promise.all(job.parts.map((each) => part(each, job)));
    const objects = Object.fromEntries([...job.objects.map((path) => [`ours/${relative(job.build, path)}`, readFileSync(path)]),
        ...theirs.map(({ name, bytes }) => [name, bytes])]);
    let program = await linkOnce(job, script, objects);
    if (job.python)
        program = await linkOnce(job, script, { ...objects, ...await tableOf(program, job) });
    const image = kernelImage({ bytes: program.bytes, load: LOAD, entry: FIRST, memory: program.addresses.kernel_memory_bytes, copies: job.copies, build: job.build });
    if (typeof image === 'string')
        throw new NotLinked(script.number, image);
    writeFileSync(job.image, image);
    writeFileSync(job.elf, program.elf);
    return { sizes: Object.fromEntries([...theirs, ...script.number === null ? [] : [script]].map(({ number, size }) => [number, size])), note: program.note };
}

async function answer(job) {
    try {
        return await linkKernel({ ...job, build: resolve(job.build) });
    } catch (error) {
        return error instanceof NotLinked ? error.answer : { failure: error.message.split('\n')[0] };
    }
}

console.log(JSON.stringify(await answer(JSON.parse(readFileSync(0)))));
