// Grades one submission of one lab: assembles it, boots it, looks at the machine.
//
//   node tools/labs/grade.mjs LAB SUBMISSION --seed N --image OUT
//
// LAB is a folder of docs/labs/, whose format docs/labs/format.md describes.  The report is one JSON object on
// stdout; the exit status 0 passed, 1 not passed, 2 the grader failed (the object then has `failure`).

import { lstatSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { newMachine } from '../live/node.mjs';
import { assemble } from './assemble.mjs';
import { symbolData } from './names.mjs';
import { oddBios } from './odd_bios.mjs';

const MBR = 0x7c00;
const SOURCE_LIMIT = 64 << 10;      // bytes of one file
const START_LIMIT = 60e6;           // instructions from reset to the submission's first one

class Refused extends Error {}      // the submission's fault: the report says it, without points

// ---- the submission

function readSource(folder, name) {
    const path = join(folder, name);
    let file;
    try {
        file = lstatSync(path);
    } catch {
        throw new Refused(`${name} is missing.`);
    }
    if (!file.isFile())
        throw new Refused(`${name} is not an ordinary file; links are not followed.`);
    if (file.size > SOURCE_LIMIT)
        throw new Refused(`${name} has ${file.size} bytes; a source may have ${SOURCE_LIMIT}.`);
    return readFileSync(path);
}

// "boot.asm:7: warning: ...", "boot.asm:7: error: ..."
const kind = (...kinds) => (line) => kinds.some((name) => line.includes(`: ${name}: `));
const warnings = (messages) => messages.filter(kind('warning')).slice(0, 5);
const whyRefused = (messages) => messages.find(kind('error', 'fatal', 'panic')) ?? messages.at(-1) ?? 'it gave no reason';

// What a submission can include: the numbers of include/layout.h, and the links' own files
function included() {
    const layout = readFileSync(new URL('../../include/layout.h', import.meta.url), 'utf8');
    const defines = [...layout.matchAll(/^#define (\w+) (\w+)/gm)].map(([, name, value]) => `%define ${name} ${value}\n`);
    const text = (name) => [name, readFileSync(new URL(`links/${name}`, import.meta.url))];
    return Object.fromEntries([['layout.inc', new TextEncoder().encode(defines.join(''))], text('link.inc'), text('carrier.inc')]);
}

async function assembleAll(sources, mains, ours) {
    const parts = {};
    for (const main of mains) {
        const part = await assemble({ sources, main });
        if (!part.bytes && ours.includes(main))
            throw new Error(`the lab's own ${main} cannot be assembled: ${part.messages[0]}`);
        if (!part.bytes)
            throw new Refused(`NASM did not accept your source: ${whyRefused(part.messages)}`);
        parts[main] = part;
    }
    return parts;
}

// ---- the boots

const generator = (seed) => {
    let state = seed;
    return (below) => {
        state = Math.imul(state ^ state >>> 15, 0x2c1b3c6d) + 0x9e3779b9 | 0;
        return (state >>> 0) % below;
    };
};

async function boot(lab, { bios, ...config }, image, data, seed) {
    const before = bios ? await oddBios({ ...bios, random: bios.random ? seed : 0 }) : null;
    const machine = await newMachine({ image, data, config: { ...config, before } });
    // the odd BIOS itself is started at the same address first
    const start = await machine.find({ rip: BigInt(MBR), skip: before ? 1 : 0 }, +1, START_LIMIT);
    if (start === null) {
        await machine.goto(machine.end);
        return { started: false, lastBytes: [...machine.read(MBR + 510, 2)], at: machine.count };
    }
    await machine.goto(start);
    return { started: true, start, ...await lab.observe(machine, generator(seed)) };
}

// The emulator ends by throwing what is not an Error when the guest switches the PC off through a port
async function bootOrRefuse(...args) {
    try {
        return await boot(...args);
    } catch (thrown) {
        if (thrown instanceof Error)
            throw thrown;
        throw new Refused('Your program switched the PC off, or did something else after which the emulator cannot go on.');
    }
}

async function grade(lab, { image, data, seed }) {
    const facts = {};
    for (const [name, options] of Object.entries(lab.boots))
        facts[name] = await bootOrRefuse(lab, options, image, data, seed);
    return lab.checks.map((check) => {
        const fault = check.test(facts);
        return { id: check.id, name: check.name, points: fault ? fault.points ?? 0 : check.points, of: check.points,
            ...fault && { expected: check.expected, found: fault.found, hint: fault.hint ?? check.hint,
                at: fault.at ?? 0 } };
    });
}

// ---- the report

const nothing = (lab, reason) => lab.checks.map(({ id, name, points, expected, hint }) =>
    ({ id, name, points: 0, of: points, expected, found: reason, hint, at: 0 }));

function place(checks) {
    const first = checks.find(({ points, of }) => points < of);
    if (first?.id === 'start')
        return null;                // the first instruction was never reached
    return first?.at > 0 ? `MBR+${first.at}` : 'MBR';
}

async function report(labFolder, submission, seed, out) {
    const settings = JSON.parse(readFileSync(join(labFolder, 'lab.json')));
    const lab = await import(pathToFileURL(join(labFolder, 'checks.mjs')));
    const result = { lab: settings.number, title: settings.title, seed, image: null, place: 'MBR', messages: [], refused: null };
    try {
        const ours = settings.ours ?? [];
        const sources = { ...Object.fromEntries(settings.files.map((name) => [name, readSource(submission, name)])),
            ...Object.fromEntries(ours.map((name) => [name, readSource(labFolder, name)])), ...included() };
        const mains = [...settings.files, ...ours].filter((name) => name.endsWith('.asm'));
        const parts = await assembleAll(sources, mains, ours);
        const image = lab.image ? lab.image(parts) : parts[mains[0]].bytes;
        if (typeof image === 'string')
            throw new Refused(image);
        writeFileSync(out, image);
        const data = symbolData(mains.map((file) => ({ file, base: lab.bases?.[file] ?? MBR, size: parts[file].bytes.length, ...parts[file] })));
        result.image = out;
        result.messages = mains.flatMap((name) => warnings(parts[name].messages));
        result.checks = await grade(lab, { image, data, seed });
        result.place = place(result.checks);
    } catch (error) {
        if (!(error instanceof Refused))
            throw error;
        result.refused = error.message;
        result.checks = nothing(lab, 'Nothing could be started.');
    }
    const sum = (key) => result.checks.reduce((total, check) => total + check[key], 0);
    Object.assign(result, { points: sum('points'), of: sum('of') });
    return { ...result, passed: result.points === result.of };
}

function parse([labFolder, submission, ...options]) {
    const option = (name) => options[options.indexOf(name) + 1];
    return [resolve(labFolder), resolve(submission), Number(option('--seed')), option('--image')];
}

try {
    const result = await report(...parse(process.argv.slice(2)));
    console.log(JSON.stringify(result));
    process.exitCode = result.passed ? 0 : 1;
} catch (error) {
    console.log(JSON.stringify({ failure: error.message }));
    console.error(error.stack);
    process.exitCode = 2;
}
