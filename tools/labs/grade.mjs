// Grades one submission of one lab: assembles it, boots it, looks at the machine.
//
//   node tools/labs/grade.mjs LAB SUBMISSION --seed N --image OUT [--build FOLDER] [--own] [--sandbox KIND] [--times N]
//
// --times: so many reports, one a line, for the test that they are the same.
// --own: the submission is one's own work, so its C may be compiled without a sandbox if there is none.
// LAB is a folder of docs/labs/, whose format docs/labs/format.md describes.  The report is one JSON object on
// stdout; the exit status 0 passed, 1 not passed, 2 the grader failed (the object then has `failure`).

import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { factsOf } from './boots.mjs';
import { kernelOf } from './c/kernel.mjs';
import { symbolData } from './names.mjs';
import { assembleAll, Refused, sourcesOf, warnings } from './submission.mjs';

const MBR = 0x7c00;

// A lab of flat programs: { image, data }
async function flatPrograms(lab, { ours = [] }, sources, messages) {
    const mains = Object.keys(sources).filter((name) => name.endsWith('.asm'));
    const parts = await assembleAll(sources, mains, { ours });
    messages.push(...mains.flatMap((name) => warnings(parts[name].messages)));
    return { image: lab.image ? lab.image(parts) : parts[mains[0]].bytes,
        data: symbolData(mains.map((file) => ({ file, base: lab.bases?.[file] ?? MBR, size: parts[file].bytes.length, ...parts[file] }))) };
}

async function grade(lab, { image, data, seed }) {
    const { facts, executed } = await factsOf(lab, { image, data, seed });
    const checks = lab.checks.map((check) => {
        const fault = check.test(facts);
        return { id: check.id, name: check.name, points: fault ? fault.points ?? 0 : check.points, of: check.points,
            ...fault && { expected: check.expected, found: fault.found, hint: fault.hint ?? check.hint,
                at: fault.at ?? 0 } };
    });
    return { executed, checks, place: place(checks) };
}

// ---- the report

const nothing = (lab, reason) => lab.checks.map(({ id, name, points, expected, hint }) =>
    ({ id, name, points: 0, of: points, expected, found: reason, hint, at: 0 }));

// attempt.img has its names in attempt.elf
const elfOf = (image) => image.replace(/(\.img)?$/, '.elf');

// `at` is a number of instructions, or a place in the words of the page
function place(checks) {
    const first = checks.find(({ points, of }) => points < of);
    if (typeof first?.at === 'string')
        return first.at;
    if (first?.id === 'start')
        return null;                // the first instruction was never reached
    return first?.at > 0 ? `MBR+${first.at}` : 'MBR';
}

async function report(labFolder, submission, { seed, out, ...options }) {
    const settings = JSON.parse(readFileSync(join(labFolder, 'lab.json')));
    const lab = await import(pathToFileURL(join(labFolder, 'checks.mjs')));
    const result = { lab: settings.number, title: settings.title, seed, image: null, elf: null, place: 'MBR', messages: [], refused: null, executed: 0 };
    try {
        const sources = { ...sourcesOf(submission, settings.files), ...sourcesOf(labFolder, settings.ours ?? []) };
        const { image, data, elf } = settings.link ? await kernelOf(settings, sources, { ...options, messages: result.messages })
            : await flatPrograms(lab, settings, sources, result.messages);
        if (typeof image === 'string')
            throw new Refused(image);
        writeFileSync(out, image);
        if (elf)
            writeFileSync(elfOf(out), elf);
        Object.assign(result, { image: out, elf: elf ? elfOf(out) : null });
        Object.assign(result, await grade(lab, { image, data, seed }));
    } catch (error) {
        if (!(error instanceof Refused))
            throw error;
        result.refused = error.message;
        result.checks = nothing(lab, 'Nothing was graded.');
    }
    const sum = (key) => result.checks.reduce((total, check) => total + check[key], 0);
    Object.assign(result, { points: sum('points'), of: sum('of') });
    return { ...result, passed: result.points === result.of };
}

function parse([labFolder, submission, ...options]) {
    const option = (name, otherwise) => (options.includes(name) ? options[options.indexOf(name) + 1] : otherwise);
    return [resolve(labFolder), resolve(submission), { seed: Number(option('--seed')), out: option('--image'),
        build: resolve(option('--build', 'build')), own: options.includes('--own'), sandbox: option('--sandbox'), times: Number(option('--times', 1)) }];
}

try {
    const task = parse(process.argv.slice(2));
    for (let time = 0; time < task.at(-1).times; time++) {
        const result = await report(...task);
        console.log(JSON.stringify(result));
        process.exitCode = result.passed ? 0 : 1;
    }
} catch (error) {
    console.log(JSON.stringify({ failure: error.message }));
    console.error(error.stack);
    process.exitCode = 2;
}
