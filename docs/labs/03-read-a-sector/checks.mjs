// The checks of lab 3: an MBR that reads stage 2 by CHS or EDD, with retries, and starts it.

import { callsOf, deathInWords, hex, ifStarted, newText, REST, startCheck, word } from '../../../tools/labs/watch.mjs';
import { disk, ENTRY, findStage2, NUMBER, STAGE2, whichSector } from './disk.mjs';

const LIMIT = 1e5;          // instructions, eight times what three sectors take when reads fail
const SECTOR = 512, CODE_END = 0x1b8, SIGNATURE = 510;
const DRIVE = 0x81;         // on the PC that names another drive than the usual one

const stage2Fails = { bad_from: 1, bad_to: 1 + NUMBER };
export const boots = {
    plain: {},
    odd: { bios: { shown_as: DRIVE, entry_dl: DRIVE, entry_segment: 0x7c0, entry_registers: 1, entry_segments: 1,
        entry_df: 1, entry_cli: 1, al_result: 0x100 } },
    chs: { bios: { no_41: 1, no_42: 1, sectors: 2, heads: 3 } },
    edd: { bios: { ...stage2Fails, bad_by: 2 } },
    retry: { bios: { fail_each: 2 } },
    random: { bios: { random: 1 } },
    damaged: { bios: { wrong_from: 2, wrong_to: 3 } },
    dead: { bios: { dead: 1 } },
};

export const image = (parts) => disk(parts['boot.asm'].bytes);

// ---- what a boot came to

export async function observe(machine) {
    const from = machine.count, before = machine.screen(), mbr = machine.read(0x7c00, SECTOR);
    const reached = await machine.advance(from + LIMIT, { until: { rip: BigInt(ENTRY) }, seconds: REST });
    const state = machine.state();
    const run = {
        reached, steps: machine.count - from, state,
        died: state.dead && state.dead.reason !== 'halted with interrupts disabled' ? state.dead : null,
        shown: newText(before, machine.screen()),
        used: mbr.subarray(CODE_END, SIGNATURE).some((byte) => byte),
        sectors: Array.from({ length: NUMBER }, (_, i) => whichSector(machine.read(STAGE2 + i * SECTOR, SECTOR), mbr)),
        place: findStage2(machine.read(0, 0x90000)),
        failed: failedReads(machine.events(from, machine.count)),
    };
    const death = run.died && deathInWords(machine, run);
    if (!run.reached)
        await machine.goto(from);
    return { ...run, death, drive: run.reached ? null : await firstDrive(machine) };
}

// The drive of the first disk call, also on a PC whose vectors are hooked; null: there was none
async function firstDrive(machine) {
    const [call] = await callsOf(machine, 0x13, { limit: LIMIT, most: 1 });
    return call ? Number(call.state.registers.rdx & 0xffn) : null;
}

// The reads that the BIOS refused: those of a PC whose vectors are not hooked
function failedReads(events) {
    const calls = [], failed = [];
    for (const event of events)
        if (event.kind === 'bios')
            calls.push(event);
        else if (event.kind === 'bios-return') {
            const call = calls.pop();
            if (call?.vector === 0x13 && event.cf && [0x02, 0x42].includes(call.ax >> 8))
                failed.push({ ...call, status: event.ax >> 8 });
        }
    return failed;
}

const isLoaded = ({ sectors }) => sectors.every((number, i) => number === i + 1);
const works = (run) => run.started && run.reached && isLoaded(run);

// ---- in words

function whatLies({ sectors }) {
    const at = sectors.findIndex((number, i) => number !== i + 1);
    const found = sectors[at];
    const what = found === null ? 'none of the disk\'s sectors, or not all of one' : found === 0 ? 'sector 0, your own MBR' : `sector ${found}`;
    return `At ${hex(STAGE2 + at * SECTOR)}, where sector ${at + 1} should be, lies ${what}`;
}

const farAddress = (segment, offset) => `${word(segment).slice(0, -1)}:${word(offset).slice(0, -1)}`;

function readInWords({ ax, cx, dx, es, bx, ds, si, status }) {
    const drive = `drive ${hex(dx & 0xff, 2)}`;
    const what = ax >> 8 === 0x42 ? `with a packet at ${farAddress(ds, si)}, ${drive}`
        : `cylinder ${cx >> 8}, head ${dx >> 8}, sector ${cx & 63}, ${drive}, to ${farAddress(es, bx)}`;
    return `The BIOS refused a read (AH = ${hex(ax >> 8, 2)}, ${what}) with status ${hex(status, 2)}`;
}

function end({ reached, death, shown }) {
    if (death)
        return `The machine died: ${death}.`;
    if (reached)
        return 'It was started nevertheless.';
    return `${hex(ENTRY)} was never reached${shown.length ? ', and new text is on the screen' : ''}.`;
}

function notLoaded(run) {
    const [refused] = run.failed;
    if (refused)
        return { found: `${readInWords(refused)}. ${end(run)}`,
            hint: (refused.cx & 63) === 0 && refused.ax >> 8 === 2 ? 'sector-number' : 'load' };
    if (run.place >= 0 && run.place !== STAGE2)
        return { found: `Sector 1 was read to ${hex(run.place)} instead of ${hex(STAGE2)}. ${end(run)}`, hint: 'buffer' };
    return { found: `${whatLies(run)}. ${end(run)}`, hint: run.sectors.some((number) => number !== null) ? 'sector-number' : 'load' };
}

function loads(run) {
    if (works(run))
        return null;
    if (isLoaded(run))
        return { points: 1, found: `All three sectors are in place. ${end(run)}`, hint: 'jump', at: run.steps };
    return { ...notLoaded(run), at: run.steps };
}

// ---- the state at the entry of stage 2

function wrongState({ state: { segments, registers, rflags } }) {
    const wrong = ['cs', 'ds', 'es', 'ss'].filter((name) => segments[name].base !== 0n)
        .map((name) => `${name.toUpperCase()} = ${word(segments[name].selector)}`);
    const dl = Number(registers.rdx & 0xffn), si = Number(registers.rsi & 0xffffn);
    if (dl !== DRIVE)
        wrong.push(`DL = ${hex(dl, 2)} instead of ${hex(DRIVE, 2)}`);
    if (si !== 1)
        wrong.push(`SI = ${word(si)}`);
    if (rflags >> 10n & 1n)
        wrong.push('DF = 1');
    if (!(rflags >> 9n & 1n))
        wrong.push('IF = 0');
    return wrong;
}

const OTHER_BIOS = `This BIOS boots from drive ${hex(DRIVE, 2)}, starts your sector at 07C0:0000 with DF = 1 and IF = 0, and returns AL = 0 after a read.`;

function keepsState(run) {
    if (!run.reached && run.drive !== null && run.drive !== DRIVE)
        return { found: `${OTHER_BIOS} Your MBR called INT 13h for drive ${hex(run.drive, 2)}. ${end(run)}`, hint: 'drive' };
    if (!works(run))
        return { found: `${OTHER_BIOS} ${inPlace(run)}` };
    const wrong = wrongState(run);
    return wrong.length ? { found: `Stage 2 was started on drive ${hex(DRIVE, 2)} with ${wrong.join(', ')}.`,
        hint: wrong[0].startsWith('DL') ? 'drive' : 'state' } : null;
}

// ---- the checks

const inPlace = (run) => (isLoaded(run) ? `The sectors are in place. ${end(run)}` : `${whatLies(run)}. ${end(run)}`);

// `story`: what is odd about this PC
const onPc = (name, story, test = null) => (facts) => ifStarted(facts.plain, () => {
    const run = facts[name];
    if (!works(facts.plain))
        return { found: 'Your MBR does not load stage 2 on the friendly PC yet.' };
    if (!run.started)
        return { found: 'Your sector was never started.' };
    return test ? test(run) : works(run) ? null : { found: `${story} ${inPlace(run)}` };
});

function refusal({ damaged, dead }) {
    const faults = [
        [damaged, 'A bit of sector 2 arrived wrong, with CF = 0', 'sum'], [dead, 'Every read failed', 'message'],
    ].map(([run, story, hint]) => {
        if (run.reached || run.death)
            return { found: `${story}. ${run.reached ? `The MBR jumped to ${hex(ENTRY)} nevertheless.` : end(run)}`, hint };
        return run.shown.length ? null : { found: `${story}. Nothing new is on the screen.`, hint: 'message' };
    }).filter(Boolean);
    return faults.length ? { ...faults[0], points: 2 - faults.length } : null;
}

const start = startCheck(1);

export const checks = [
    { ...start, expected: `${start.expected} The code ends before 1B8h.`,
        test: (facts) => start.test(facts) ?? (facts.plain.used ? { points: 0, found: 'Bytes 1B8h to 1FDh are not all zero: the disk signature and the '
            + 'partition table would overwrite your code or data there.', hint: 'room' } : null) },
    { id: 'load', points: 2, name: 'stage 2 is loaded and started', hint: 'load',
        expected: `Sectors 1 to 3 lie at ${hex(STAGE2)}, and the CPU arrives at ${hex(ENTRY)}.`,
        test: ({ plain }) => ifStarted(plain, loads) },
    { id: 'state', points: 1, name: 'the state is certain, and DL is kept', hint: 'state',
        expected: 'Stage 2 starts with CS = DS = ES = SS = 0, DF = 0, IF = 1, SI = 1 and the BIOS\'s drive in DL.',
        test: onPc('odd', null, keepsState) },
    { id: 'chs', points: 1, name: 'without EDD, it reads by CHS', hint: 'geometry',
        expected: 'Stage 2 starts on a BIOS without EDD, with 2 sectors a track and 3 heads.',
        test: onPc('chs', 'This BIOS knows no EDD; its tracks have 2 sectors.') },
    { id: 'edd', points: 1, name: 'without CHS, it reads by EDD', hint: 'edd',
        expected: 'Stage 2 starts on a BIOS that can read it only by EDD.',
        test: onPc('edd', 'This BIOS refuses to read these sectors by CHS.') },
    { id: 'retry', points: 1, name: 'it tries again', hint: 'retry',
        expected: 'Stage 2 starts on a PC where the first two reads of each sector fail.',
        test: onPc('retry', 'The first two reads of each sector failed, with CF = 1.') },
    { id: 'junk', points: 1, name: 'the BIOS may change registers', hint: 'registers',
        expected: 'Stage 2 starts on a BIOS that fails now and then, and leaves junk in registers, segments and flags.',
        test: onPc('random', 'This BIOS fails now and then, and leaves junk in registers, DS, ES and flags.') },
    { id: 'refuse', points: 2, name: 'without an intact stage 2, it says so', hint: 'message',
        expected: 'New text is on the screen, and stage 2 is not started.',
        test: (facts) => onPc('plain', null, () => refusal(facts))(facts) },
];
