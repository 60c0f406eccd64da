// Loads another image, names or machine, from the page's dialog or by a drop.

import { Chapters } from './chapters.js';

// Does `bytes` hold `sample`?  Pure.
export function contains(bytes, sample) {
    for (let at = bytes.indexOf(sample[0]); at >= 0; at = bytes.indexOf(sample[0], at + 1))
        if (sample.every((byte, i) => bytes[at + i] === byte)) return true;
    return false;
}

export class ImageLoader {
    constructor(session) {
        this.session = session;
        this.known = session.data.programs; // those that came with the page or were dropped
    }

    // An image: the programs whose code is in it keep their names.
    async image(bytes, name) {
        const { session } = this;
        session.data.image = { name, bytes: bytes.length };
        session.data.programs = this.known.filter((program) => contains(bytes, program.code));
        session.machine.image = bytes;
        await this.useNames();
        session.start();
    }

    async program(program) {
        const { session } = this;
        this.known = [...this.known.filter((known) => known.name !== program.name), program];
        session.data.programs = [
            ...session.data.programs.filter((known) => known.name !== program.name),
            program,
        ];
        const { count } = session.machine;
        await this.useNames();
        await session.go(count, { jump: false });
        session.emit('status', `${program.functions.length} functions of ${program.name} now have names.`);
    }

    async power(config) {
        const { session } = this;
        await session.operate(() => session.machine.power(config));
        session.trail.length = 0;
        session.start();
    }

    // Powers off and on, because the log depends on the names.
    useNames() {
        const { session } = this;
        session.symbols.use(session.data);
        session.chapters.use(session.symbols, session.data);
        session.trail.length = 0;
        return session.operate(() =>
            session.machine.configure({
                marks: Chapters.marksOf(session.symbols),
                ranges: session.symbols.ranges(),
            }),
        );
    }
}
