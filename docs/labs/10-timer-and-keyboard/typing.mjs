// What is typed in lab 10: strokes { code, down, expected: the characters that should come of it }, in groups.

export const ROOM = 64;                 // characters that wait
const MORE = [3, 1];                    // than there is room for, at the first and the second time
export const DROPPED = MORE[0] + MORE[1];

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

export function groups(random) {
    const all = shuffled([...LETTERS, ...DIGITS, ...Object.keys(OTHERS)], random);
    return { keys: [up('F1'), ...all.flatMap((c) => key(c)), ...fast(some(3, random))], shift: withShift(some(9, random)),
        extended: extended(some(6, random)), queue: queued(random) };
}

// Each key is pressed before the one before it is released; the first one repeats
function fast(letters) {
    const [[press1, release1], [press2, release2], [press3, release3]] = letters.map((c) => key(c));
    return [press1, press1, press2, release1, press3, release2, release3];
}

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

// Twice more than there is room for, while nobody fetches; a few between, which move the queue's first place
function queued(random) {
    const fill = (more) => {
        const letters = some(ROOM + more, random), [first, ...strokes] = letters.flatMap((c) => key(c, ''));
        return [{ ...first, fetches: 0 }, ...strokes,
            { ...up('F1'), fetches: 1, expected: letters.slice(0, ROOM).join(''), typed: letters.length }];
    };
    const flow = (number) => some(number, random).flatMap((c) => key(c));
    return [...fill(MORE[0]), ...flow(11), ...fill(MORE[1]), ...flow(1)];
}
