// The checks of lab 10: PICs, timer and keyboard of a kernel of ours (carrier.c), which calls the student's functions.

import { counterAfter, endsOf, PIC1, PIC2, picAfter } from '../../../tools/labs/ports.mjs';
import { bytesAt, deathInWords, hex, quote } from '../../../tools/labs/watch.mjs';

const KERNEL = 0xffffffff80100000n;     // where Firstlight's loader starts the kernel
const place = (distance) => KERNEL + distance;         // of entry.asm
const [CALL, RETURN, WAIT, TICK, TICK_RETURN, KEY, KEY_RETURN, SPURIOUS, SPURIOUS_RETURN]
    = [0x20n, 0x40n, 0x60n, 0x80n, 0xa0n, 0xc0n, 0xe0n, 0x100n, 0x120n].map(place);
const CALLS = ['setup', 'keyboard', 'count', 'next', 'lost'];      // enum call of carrier.c
const BOOT_LIMIT = 60e6;                // instructions: to the kernel
const CALL_LIMIT = 20000;               // of one call, each of which is looked at
const LIMIT = 400000;                   // between two looks at a kernel that never waits
const TICKS_PER_SECOND = 50e6, PIT_HZ = 1193182;
const WATCHED = 0.1, STROKE = 0.005;    // seconds of the guest's, in which ticks are counted, and after each key
const VECTORS = { timer: 0x20, keyboard: 0x21 };
const ROOM = 64, TOO_MANY = 3;          // characters that wait, and more

export const boots = { plain: {} };

export async function observe(machine, random) {
    const mbr = machine.count;
    const entry = await machine.find({ rip: KERNEL }, +1, mbr + BOOT_LIMIT);
    await machine.goto(entry ?? mbr + BOOT_LIMIT);
    const facts = { reached: entry !== null, screen: machine.screen(), setups: [], groups: {} };
    if (facts.reached && await setUp(machine, facts))
        await ticksAndKeys(machine, facts, random);
    return facts;
}

// ---- what is seen

// Goes to a place, if the machine comes there
const goesTo = (machine, rip, seconds = WATCHED) => machine.advance(machine.count + LIMIT, { until: { rip }, seconds });

// From a call's first instruction to where it has come back: the ports that it used
async function traced(machine, end) {
    const ports = [];
    for (let steps = 0; steps < CALL_LIMIT; steps++) {
        await machine.step();
        ports.push(...machine.lastEvents().filter(({ kind }) => kind === 'port'));
        const { linear, dead, interrupts } = machine.state();
        if (linear === end)
            return { ports, returned: true, interrupts };
        if (dead)
            break;
    }
    return { ports, returned: false, words: whereItIs(machine) };
}

function whereItIs(machine) {
    const { linear, dead } = machine.state();
    const { path, line } = machine.symbols?.find(linear) ?? {};
    return dead ? `The machine died: ${deathInWords(machine, { died: dead })}.`
        : `The CPU is at ${hex(linear)}${path ? ` (${path}:${line})` : ''}.`;
}

// The calls before the kernel waits for interrupts.  Whether all of them came back
async function setUp(machine, facts) {
    machine.key('F1', true);            // somebody types while the PC boots
    for (const name of ['timer_setup', 'timer_setup', 'keyboard_setup']) {
        if (!await goesTo(machine, CALL))
            return false;
        const hz = Number(machine.state().registers.rsi);
        facts.setups.push({ name, hz, ...await traced(machine, RETURN) });
        if (!facts.setups.at(-1).returned)
            return false;
    }
    if (!await goesTo(machine, SPURIOUS))
        return false;
    facts.spurious = await traced(machine, SPURIOUS_RETURN);
    return facts.spurious.returned && goesTo(machine, WAIT);
}

async function ticksAndKeys(machine, facts, random) {
    const typist = new Typist(machine, facts);
    await typist.watch(WATCHED);
    facts.first = typist.ticks();
    for (const [name, strokes] of Object.entries(groups(random))) {
        facts.groups[name] = [];
        for (const stroke of strokes)
            if (!typist.isStuck)
                facts.groups[name].push(await typist.press(stroke));
    }
    await typist.watch(WATCHED);
    facts.last = typist.ticks();
}

// Types, and collects what the kernel fetches
class Typist {
    constructor(machine, facts) {
        const { registers: { rdi }, ticks } = machine.state();
        Object.assign(this, { machine, facts, carrier: machine.translate(rdi), from: machine.count, begun: ticks, isStuck: false, lost: 0, counted: 0 });
    }

    // Lets guest time pass.  { interrupts: of line 1, characters }
    async watch(seconds) {
        const { machine } = this, until = machine.state().ticks + seconds * TICKS_PER_SECOND, limit = machine.count + LIMIT;
        const seen = { interrupts: 0, characters: [] };
        const left = () => Math.max(until - machine.state().ticks, 0) / TICKS_PER_SECOND;
        while (await machine.advance(limit, { until: { rip: [TICK, KEY, RETURN] }, seconds: left() }))
            await this.look(seen);
        if (machine.count >= limit || machine.state().dead) {
            this.isStuck = true;
            this.facts.stuck ??= whereItIs(machine);
        }
        return seen;
    }

    async look(seen) {
        const { machine, facts } = this, { linear, registers: { rax, rsp } } = machine.state();
        if (linear === RETURN)
            this.returned(CALLS[bytesAt(machine, rsp, 1)?.[0]], Number(BigInt.asIntN(32, rax)), seen);
        else if (linear === KEY)
            seen.interrupts++;
        if (linear === TICK)
            facts.tick ??= await traced(machine, TICK_RETURN);
        else if (linear === KEY)
            facts.key ??= await traced(machine, KEY_RETURN);
    }

    returned(call, value, seen) {
        if (call === 'count')
            this.counted = value;
        else if (call === 'lost')
            this.lost = value;
        else if (call === 'next' && value !== -1)
            seen.characters.push(value);
    }

    async press(stroke) {
        const { code, down: isDown, fetches } = stroke;
        if (fetches !== undefined)
            await this.machine.poke({ address: this.carrier, value: fetches, length: 4 });
        this.machine.key(code, isDown);
        const seen = await this.watch(STROKE);
        this.isStuck ||= seen.interrupts === 0;
        return { ...stroke, lost: this.lost, ...seen };
    }

    // The interrupts so far, and the ticks that the student's function has counted
    ticks() {
        const { machine, from, begun, counted } = this;
        const interrupts = machine.events(from, machine.count).filter(({ kind, hardware }) => kind === 'interrupt' && hardware);
        return { seconds: (machine.state().ticks - begun) / TICKS_PER_SECOND, counted, number: interrupts.filter(({ vector }) => vector === VECTORS.timer).length,
            other: interrupts.find(({ vector }) => !Object.values(VECTORS).includes(vector)) ?? null };
    }
}

// ---- what is typed

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'], DIGITS = [...'0123456789'];
const OTHERS = { ' ': 'Space', '\n': 'Enter', '\b': 'Backspace' };
const codeOf = (c) => OTHERS[c] ?? (c <= '9' ? `Digit${c}` : `Key${c.toUpperCase()}`);
const down = (code, expected = '') => ({ code, down: true, expected });
const up = (code) => ({ code, down: false, expected: '' });
const key = (c, expected = c) => [down(codeOf(c), expected), up(codeOf(c))];

function shuffled(list, random) {
    const left = list.slice(), result = [];
    while (left.length)
        result.push(...left.splice(random(left.length), 1));
    return result;
}

const some = (number, random) => Array.from({ length: number }, () => LETTERS[random(LETTERS.length)]);

function groups(random) {
    const all = shuffled([...LETTERS, ...DIGITS, ...Object.keys(OTHERS)], random);
    return { keys: [up('F1'), ...all.flatMap((c) => key(c)), ...fast(some(3, random))], shift: withShift(some(9, random)),
        extended: extended(some(6, random)), queue: queued(random) };
}

// Each key is pressed before the one before it is released; the first one repeats
const fast = ([a, b, c]) => [down(codeOf(a), a), down(codeOf(a), a), down(codeOf(b), b), up(codeOf(a)), down(codeOf(c), c), up(codeOf(b)), up(codeOf(c))];

function withShift(letters) {
    const [a, b, c, d, e, f, g, h, i] = letters, large = (letter) => key(letter, letter.toUpperCase());
    return [down('ShiftLeft'), ...large(a), ...large(b), ...large(c), up('ShiftLeft'), ...key(d),
        down('ShiftRight'), down('ShiftRight'), ...large(e), ...large(f), up('ShiftRight'), ...key(g),
        down('ShiftLeft'), down('ShiftRight'), up('ShiftLeft'), ...large(h), up('ShiftRight'), ...key(i)];
}

function extended([a, b, c, d, e, f]) {
    const without = (code) => [down(code), up(code)];
    return [...without('ArrowUp'), ...key(a), ...without('NumpadEnter'), ...key(b), ...without('ControlRight'), ...without('Delete'), ...key(c),
        down('ArrowLeft'), ...key(d), up('ArrowLeft'), ...key(e),
        down('ShiftLeft'), ...without('PrintScreen'), ...key(f, f.toUpperCase()), up('ShiftLeft')];
}

// Twice more than there is room for, while nobody fetches; a few in between, so that the queue's begin has moved
function queued(random) {
    const fill = (more) => {
        const letters = some(ROOM + more, random), [first, ...strokes] = letters.flatMap((c) => key(c, ''));
        return [{ ...first, fetches: 0 }, ...strokes,
            { ...up('F1'), fetches: 1, expected: letters.slice(0, ROOM).join(''), typed: letters.length }];
    };
    return [...fill(TOO_MANY), ...some(11, random).flatMap((c) => key(c)), ...fill(1), ...some(1, random).flatMap((c) => key(c))];
}

// ---- what each check found

const fault = (found, at, more) => ({ found, at, ...more });
const NOT_TRIED = 'Something before this failed, so this was not tried.';
const notCalled = (name) => `The kernel never came to its call of ${name}().`;
const inC = (codes) => quote(codes.map((code) => String.fromCharCode(code)).join('').replace(/[\n\b]/g, (c) => (c === '\n' ? '\\n' : '\\b')));
const asked = ({ name, hz }) => (name === 'timer_setup' ? `timer_setup(${hz})` : `${name}()`);
const placeOf = ({ setups }, setup) => (setups.indexOf(setup) === 1 ? `${setup.name}~2` : setup.name);
const timerSetups = ({ setups }) => setups.filter(({ name, returned }) => name === 'timer_setup' && returned);

function startFault({ plain }) {
    const { reached, screen, setups, stuck, spurious, tick, key: first } = plain;
    if (!reached)
        return fault(`The loader never started your kernel. On the screen: ${quote(screen.map((row) => row.trim()).filter(Boolean).at(-1) ?? '')}.`);
    const bad = setups.find(({ returned, interrupts }) => !returned || interrupts);
    if (bad)
        return fault(bad.returned ? `${asked(bad)} returned with interrupts on.` : `${asked(bad)} did not come back. ${bad.words}`, placeOf(plain, bad));
    const handler = Object.entries({ timer_spurious: spurious, timer_interrupt: tick, keyboard_interrupt: first }).find(([, seen]) => seen && !seen.returned);
    if (handler)
        return fault(`${handler[0]}() did not come back. ${handler[1].words}`, handler[0] === 'keyboard_interrupt' ? TYPE_HERE : handler[0]);
    return stuck ? fault(`${strayInterrupt(plain)}${stuck}`, 'timer_setup') : null;
}

// An interrupt that came at a vector for which the kernel has no handler, in words
function strayInterrupt({ last: { other } = { other: null } }) {
    return other ? `An interrupt came at vector ${hex(other.vector, 2)}${other.vector < 0x20 ? ', which belongs to an exception of the CPU' : ''}. ` : '';
}

const PICS = [{ name: 'first', port: PIC1, vector: 0x20, before: 0x08, icw3: 4, why: 'bit 2 says that the second one is at its line 2' },
    { name: 'second', port: PIC2, vector: 0x28, before: 0x70, icw3: 2, why: 'it is at line 2 of the first one' }];
const range = (vector) => `${hex(vector, 2)} to ${hex(vector + 7, 2)}`;

function vectorFault(uses) {
    for (const { name, port, vector, before, icw3, why } of PICS) {
        const pic = picAfter(uses, port), found = pic.vector ?? before;
        if (!pic.begun || found !== vector)
            return `The lines of the ${name} PIC go to vectors ${range(found)}${pic.begun ? '' : ', as the BIOS has set them'}; they should go to ${range(vector)}.`;
        if (pic.waitsFor)
            return `The ${name} PIC still waits for its ICW${pic.waitsFor}.`;
        if (pic.icw3 !== icw3)
            return `ICW3 of the ${name} PIC is ${pic.icw3 === null ? 'missing' : hex(pic.icw3, 2)} and should be ${hex(icw3, 2)}: ${why}.`;
        if (!(pic.icw4 & 1))
            return `ICW4 of the ${name} PIC does not have bit 0, so it works as for an 8080 and not for an x86.`;
    }
    return null;
}

const CASCADE = 2;      // may be open: nothing comes through it while the second PIC is masked

function maskFault({ uses, open, when }) {
    const masks = picAfter(uses, PIC1).masks | picAfter(uses, PIC2).masks << 8;
    const lines = Array.from({ length: 16 }, (_, line) => line).filter((line) => !(masks >> line & 1));
    const right = open.every((line) => lines.includes(line)) && lines.every((line) => open.includes(line) || line === CASCADE);
    return right ? null : `After ${when}, the masks are ${hex(masks & 0xff, 2)} and ${hex(masks >> 8, 2)}: ${inWords(lines)} open. Only ${inWords(open)} should be open.`
        .replace(/Only (lines? [\d and]+) (is|are) should/, 'Only $1 should');
}

const inWords = (lines) => (!lines.length ? 'no line is' : lines.length === 1 ? `line ${lines[0]} is` : `lines ${lines.slice(0, -1).join(', ')} and ${lines.at(-1)} are`);

function picFault({ plain }) {
    const timer = timerSetups(plain), keyboard = plain.setups.find(({ name, returned }) => name === 'keyboard_setup' && returned);
    if (!timer.length)
        return fault(plain.setups.length ? NOT_TRIED : notCalled('timer_setup'));
    const uses = timer.flatMap(({ ports }) => ports), vectors = vectorFault(timer[0].ports);
    if (vectors)
        return fault(vectors, 'timer_setup');
    const masks = maskFault({ uses: timer[0].ports, open: [0], when: asked(timer[0]) });
    if (masks)
        return fault(masks, 'timer_setup', { points: 1, hint: 'masks' });
    const both = keyboard && maskFault({ uses: [...uses, ...keyboard.ports], open: [0, 1], when: asked(keyboard) });
    if (!keyboard || both)
        return fault(both ?? notCalled('keyboard_setup'), 'keyboard_setup', { points: 1, hint: 'masks' });
    return null;
}

const swapped = (divisor) => divisor >> 8 | (divisor & 0xff) << 8;
const isRight = (divisor, hz) => Math.abs(divisor - PIT_HZ / hz) <= 1;

function counterFault({ hz, ports }) {
    const { begun, mode, decimal, divisor } = counterAfter(ports);
    if (!begun)
        return 'wrote no control word for counter 0 to port 43h';
    if (mode !== 2 && mode !== 3)
        return `set counter 0 to mode ${mode}; modes 2 and 3 begin again by themselves`;
    if (decimal)
        return 'lets counter 0 count in decimal digits: bit 0 of the control word is 1';
    if (divisor === null)
        return 'left counter 0 without both bytes of its divisor';
    if (isRight(divisor, hz))
        return null;
    return `gave counter 0 the divisor ${divisor} (${hex(divisor, 4)}), which makes ${(PIT_HZ / (divisor || 65536)).toFixed(1)} ticks a second`
        + `${isRight(swapped(divisor), hz) ? '; its two bytes are swapped' : ''}`;
}

function pitFault({ plain }) {
    const timer = timerSetups(plain);
    for (const setup of timer) {
        const found = counterFault(setup);
        if (found)
            return fault(`${asked(setup)} ${found}.`, placeOf(plain, setup));
    }
    return timer.length === 2 ? null : fault(timer.length || plain.setups.length ? NOT_TRIED : notCalled('timer_setup'));
}

// What a handler told the PICs, in words
function ended(name, { ports }) {
    const [end] = endsOf(ports);
    return !end ? `${name}() told neither PIC that the interrupt has ended`
        : end.port === PIC1 ? `${name}() wrote ${hex(end.value, 2)} to port 20h` : `${name}() wrote ${hex(end.value, 2)} to port A0h, which is the second PIC, and nothing to the first`;
}

const TICKS = 'timer_interrupt';
const TIMER_LINE = 0, KEYBOARD_LINE = 1;
const endsFirst = ({ ports }) => endsOf(ports).some(({ port }) => port === PIC1);
const isMasked = ({ setups }, line) => Boolean(picAfter(setups.flatMap(({ ports }) => ports), PIC1).masks >> line & 1);

function ticksFault({ plain }) {
    const { first, last, tick } = plain;
    if (!last || tick?.returned === false)
        return fault(NOT_TRIED);
    if (!tick)
        return fault(`${strayInterrupt(plain)}In ${WATCHED} seconds, no interrupt came at vector 20h.${isMasked(plain, TIMER_LINE) ? ' Line 0 is masked.' : ''}`, 'keyboard_setup');
    return rateFault(plain, first, '') ?? rateFault(plain, last, 'With the keys, ') ?? countFault(last) ?? spuriousFault(plain);
}

function rateFault(plain, { seconds, number }, when) {
    const { divisor, mode } = counterAfter(timerSetups(plain).at(-1).ports), due = seconds * PIT_HZ / (divisor || 65536);
    const why = !endsFirst(plain.tick) ? ` ${ended(TICKS, plain.tick)}.` : mode < 2 ? ` Counter 0 is in mode ${mode}.` : '';
    if (number >= Math.min(due, 2) && Math.abs(number - due) <= 2 + due / 50)
        return null;
    const came = number === 1 ? 'one tick came' : `${number} ticks came`;
    return fault(`${when}${when ? came : came[0].toUpperCase() + came.slice(1)} in ${seconds.toFixed(1)} seconds; by its divisor, counter 0 makes ${Math.round(due)}.${why}`,
    TICKS, { hint: endsFirst(plain.tick) ? 'ticks' : 'end' });
}

const countFault = ({ number, counted }) => (number === counted ? null
    : fault(`${number === 1 ? 'One interrupt' : `${number} interrupts`} came at vector 20h, and then timer_count() returned ${counted}.`, TICKS));

function spuriousFault({ spurious }) {
    const [end] = endsOf(spurious.ports);
    return end ? fault(`At vector 27h nothing was in service, and timer_spurious() wrote ${hex(end.value, 2)} to port ${hex(end.port, 2)}: `
        + 'that ends another interrupt.', 'timer_spurious', { points: 1, hint: 'spurious' }) : null;
}

// ---- keys

const NAMES = { F1: 'F1', Space: 'Space', Enter: 'Enter', Backspace: 'Backspace', ShiftLeft: 'the left Shift key', ShiftRight: 'the right Shift key', ArrowUp: 'the Up key',
    ArrowLeft: 'the Left key', NumpadEnter: 'Enter of the keypad', ControlRight: 'the right Ctrl key', Delete: 'the Delete key', PrintScreen: 'the Print key' };
const nameOf = (code) => NAMES[code] ?? code.replace(/^(Key|Digit)/, '');
const gave = (characters) => (characters.length ? `keyboard_next() gave ${inC(characters)}` : 'no character came');
const TYPE_HERE = 'keyboard_setup';     // nobody types in the page but its reader

const same = (characters, expected) => characters.length === expected.length && characters.every((code, i) => code === expected.charCodeAt(i));
const action = ({ code, down: isDown }) => `${nameOf(code)} was ${isDown ? 'pressed' : 'released'}`;

function strokeFault(plain, stroke) {
    if (stroke.interrupts === 0)
        return `When ${action(stroke)}, no interrupt came at vector 21h.${whyNoKeys(plain)}`;
    if (stroke.typed && !same(stroke.characters, stroke.expected))
        return queueFault(stroke);
    if (!same(stroke.characters, stroke.expected))
        return `When ${action(stroke)}, ${gave(stroke.characters)}; expected was ${stroke.expected ? inC([...stroke.expected].map((c) => c.charCodeAt(0))) : 'none'}.`;
    return null;
}

const readsKeys = ({ ports }) => ports.some(({ port, out }) => port === 0x60 && !out);

function whyNoKeys(plain) {
    const { tick, key: handler, setups } = plain;
    if (tick && !endsFirst(tick))
        return ` The tick before it has not ended: ${ended(TICKS, tick)}.`;
    if (isMasked(plain, KEYBOARD_LINE))
        return ' Line 1 is masked.';
    if (handler && !readsKeys(handler))
        return ' At the first one, keyboard_interrupt() did not read port 60h, where the scancode waits.';
    if (handler)
        return ` At the first one, ${ended('keyboard_interrupt', handler)}.`;
    return readsKeys(setups.at(-1)) ? ' None has come at all.'
        : ' keyboard_setup() did not read port 60h: while a scancode from before waits there, the line does not rise again.';
}

function queueFault({ typed, characters, expected }) {
    const wrong = [...expected].findIndex((c, i) => characters[i] !== c.charCodeAt(0));
    return `${typed} keys were typed while nobody fetched; then keyboard_next() gave ${characters.length} characters`
        + `${wrong >= 0 && wrong < characters.length ? `, of which number ${wrong + 1} is ${inC([characters[wrong]])} instead of ${quote(expected[wrong])}` : `; there is room for ${ROOM}`}.`;
}

function groupFault(name, hint) {
    return ({ plain }) => {
        const strokes = plain.groups[name] ?? [];
        for (const stroke of strokes) {
            const found = strokeFault(plain, stroke);
            if (found)
                return fault(found, TYPE_HERE, { hint: stroke.interrupts ? hint : 'interrupts' });
        }
        return strokes.length ? null : fault(NOT_TRIED);
    };
}

function queueCheck({ plain }) {
    const order = groupFault('queue', 'queue')({ plain });
    if (order)
        return order;
    const total = plain.groups.queue.at(-1).lost, due = TOO_MANY + 1;
    return total === due ? null : fault(`${due} characters found the queue full, and keyboard_lost() returned ${total}.`, TYPE_HERE);
}

export const checks = [
    { id: 'start', points: 1, name: 'each call comes back', hint: 'start', expected: 'Each of your functions returns to its caller, and those for the setup with interrupts off.', test: startFault },
    { id: 'pic', points: 2, name: 'the interrupt controllers', hint: 'vectors',
        expected: 'Lines 0 to 15 go to vectors 20h to 2Fh; after timer_setup() line 0 is open, after keyboard_setup() line 1 as well.', test: picFault },
    { id: 'pit', points: 1, name: 'the frequency', hint: 'frequency', expected: 'Counter 0 divides 1193182 Hz so that it ticks as often as asked, again and again.', test: pitFault },
    { id: 'ticks', points: 2, name: 'the ticks', hint: 'ticks', expected: 'Each tick comes, before, between and after keys, and is counted; a spurious interrupt is not ended.', test: ticksFault },
    { id: 'keys', points: 1, name: 'characters', hint: 'keys', expected: 'Each key that is pressed gives its character, in order; one that is released gives none.', test: groupFault('keys', 'keys') },
    { id: 'shift', points: 1, name: 'Shift', hint: 'shift', expected: 'While one of the Shift keys is held, letters are capital.', test: groupFault('shift', 'shift') },
    { id: 'extended', points: 1, name: 'scancodes with a prefix', hint: 'prefix', expected: 'A code after E0h gives no character, and changes nothing.', test: groupFault('extended', 'prefix') },
    { id: 'queue', points: 1, name: 'the queue', hint: 'queue', expected: `${ROOM} characters wait; further ones are dropped and counted.`, test: queueCheck },
];
