// The checks of lab 10: PICs, timer and keyboard of a kernel of ours (carrier.c), which calls the student's functions.

import { counterAfter, endsOf, PIC1, PIC2, picAfter } from '../../../tools/labs/ports.mjs';
import { hex, quote } from '../../../tools/labs/watch.mjs';
import { observe, WATCHED } from './kernel.mjs';
import { DROPPED, ROOM } from './typing.mjs';

const PIT_HZ = 1193182;

export const boots = { plain: {} };
export { observe };

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
    const handlers = { timer_spurious: spurious, timer_interrupt: tick, keyboard_interrupt: first };
    const [handler, { words } = {}] = Object.entries(handlers).find(([, seen]) => seen?.returned === false) ?? [];
    if (handler)
        return fault(`${handler}() did not come back. ${words}`, handler === 'keyboard_interrupt' ? TYPE_HERE : handler);
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
    return right ? null : `After ${when}, the masks ${hex(masks & 0xff, 2)} and ${hex(masks >> 8, 2)} leave ${inWords(lines)} open; they should leave ${inWords(open)} open.`;
}

const inWords = (lines) => (lines.length > 1 ? `lines ${lines.slice(0, -1).join(', ')} and ${lines.at(-1)}` : lines.length ? `line ${lines[0]}` : 'no line');

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
    return !end ? `${name}() told neither PIC that the interrupt has ended` : `${name}() wrote ${hex(end.value, 2)} to port ${hex(end.port, 2)}`
        + `${end.port === PIC1 ? '' : ', which is the second PIC, and nothing to the first'}`;
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
        return fault(`${strayInterrupt(plain)}In ${WATCHED} seconds, no interrupt came at vector 20h.${isMasked(plain, TIMER_LINE) ? ' Line 0 is masked.' : ''}`,
            'keyboard_setup');
    return rateFault(plain, first, 'Before any key,') ?? rateFault(plain, last, 'With the keys,') ?? countFault(last) ?? spuriousFault(plain);
}

function rateFault(plain, { seconds, number }, when) {
    const { divisor, mode } = counterAfter(timerSetups(plain).at(-1).ports), due = seconds * PIT_HZ / (divisor || 65536);
    const why = !endsFirst(plain.tick) ? ` ${ended(TICKS, plain.tick)}.` : mode < 2 ? ` Counter 0 is in mode ${mode}.` : '';
    if (number >= Math.min(due, 2) && Math.abs(number - due) <= 2 + due / 50)
        return null;
    return fault(`${when} ${number === 1 ? 'one tick' : `${number} ticks`} came in ${seconds.toFixed(1)} seconds; by its divisor, counter 0 makes ${Math.round(due)}.${why}`,
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
    const detail = wrong >= 0 && wrong < characters.length ? `, of which number ${wrong + 1} is ${inC([characters[wrong]])} instead of ${quote(expected[wrong])}`
        : `; there is room for ${ROOM}`;
    return `${typed} keys were typed while nobody fetched; then keyboard_next() gave ${characters.length} characters${detail}.`;
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
    const total = plain.groups.queue.at(-1).lost;
    return total === DROPPED ? null : fault(`${DROPPED} characters found the queue full, and keyboard_lost() returned ${total}.`, TYPE_HERE);
}

const check = (id, points, name, hint, test, expected) => ({ id, points, name, hint, expected, test });

export const checks = [
    check('start', 1, 'each call comes back', 'start', startFault, 'Each of your functions returns to its caller, and those for the setup with interrupts off.'),
    check('pic', 2, 'the interrupt controllers', 'vectors', picFault,
        'Lines 0 to 15 go to vectors 20h to 2Fh; after timer_setup() line 0 is open, after keyboard_setup() line 1 as well.'),
    check('pit', 1, 'the frequency', 'frequency', pitFault, 'Counter 0 divides 1193182 Hz so that it ticks as often as asked, again and again.'),
    check('ticks', 2, 'the ticks', 'ticks', ticksFault, 'Each tick comes, before and after keys, and is counted; a spurious interrupt is not ended.'),
    check('keys', 1, 'characters', 'keys', groupFault('keys', 'keys'), 'Each key that is pressed gives its character, in order; one that is released gives none.'),
    check('shift', 1, 'Shift', 'shift', groupFault('shift', 'shift'), 'While one of the Shift keys is held, letters are capital.'),
    check('extended', 1, 'scancodes with a prefix', 'prefix', groupFault('extended', 'prefix'), 'A code after E0h gives no character, and changes nothing.'),
    check('queue', 1, 'the queue', 'queue', queueCheck, `${ROOM} characters wait; further ones are dropped and counted.`),
];
