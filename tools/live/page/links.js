// Links to instants that keep their meaning after a rebuild: #LONG_MODE, #load_kernel~2,
// #kernel/main.c:80~1, and "+n" for n instructions after that.  Parsing and writing are pure;
// resolving runs the machine.

const LINK = /^(.+?)(?:~(\d+))?(?:\+(\d+))?$/;

// {kind: 'milestone'|'function'|'line', name, file, line, pass, plus} or null
export function parseLink(text, symbols, chapterNames) {
    const match = LINK.exec(decodeURIComponent(text.replace(/^#/, '')));
    if (!match) return null;
    const [, name, pass, plus] = match;
    const rest = { pass: pass ? Number(pass) : 1, plus: plus ? Number(plus) : 0 };
    if (chapterNames.includes(name.toUpperCase()))
        return { kind: 'milestone', name: name.toUpperCase(), ...rest };
    const place = /^(.+):(\d+)$/.exec(name);
    if (place) {
        const addresses = symbols
            .filesNamed(place[1])
            .flatMap((file) => symbols.lineAddresses(file, Number(place[2])));
        return addresses.length ? { kind: 'line', name, addresses, ...rest } : null;
    }
    const addresses = symbols.functionAddresses(name);
    return addresses.length ? { kind: 'function', name, addresses, ...rest } : null;
}

export function formatLink({ name, pass = 1, plus = 0 }) {
    const text = encodeURIComponent(name).replace(/%2F/g, '/').replace(/%3A/g, ':');
    return `#${text}${pass > 1 ? `~${pass}` : ''}${plus ? `+${plus}` : ''}`;
}

// The count of the instant that a parsed link means; null if the boot never gets there.
export async function resolveLink(link, machine, chapters) {
    const at =
        link.kind === 'milestone'
            ? await chapters.find(link.name, link.pass)
            : await fromReset(machine, { rip: link.addresses, skip: link.pass - 1 });
    return at === null ? null : at + link.plus;
}

async function fromReset(machine, condition) {
    await machine.goto(0);
    return machine.find(condition, +1);
}

// The link of the current instant: the line's nth pass if there are lines, else the
// function's, else the chapter before it and the instructions since.
export async function linkHere(machine, symbols, chapters) {
    const { linear, count } = machine.state();
    const place = symbols.find(linear);
    if (place?.path && symbols.lineAddresses(place.file, place.line).includes(linear)) {
        const addresses = symbols.lineAddresses(place.file, place.line);
        return formatLink({
            name: `${place.path}:${place.line}`,
            pass: await machine.passes(addresses, 0, count),
        });
    }
    const chapter = chapters.at(count);
    return formatLink({ name: chapter.name, pass: chapter.pass, plus: count - chapter.count });
}
