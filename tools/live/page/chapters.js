// The chapters of the run: power on, the boot sector, and the milestones that the loader and the
// kernel stamp (include/milestones.def).  A chapter's instant is the call of the function that stamps it.
// A guest that resets the PC begins a second boot, whose chapters are the second pass of these names.

const MBR_ADDRESS = 0x7c00n;
export const RESET = 'RESET',
    MBR = 'MBR';

export class Chapters {
    constructor(machine, symbols, data) {
        this.machine = machine;
        machine.on('branch', () => this.reset());
        this.use(symbols, data);
    }

    use(symbols, data) {
        this.milestones = data.milestones;
        this.condition = Chapters.conditionOf(symbols);
        const stamps = symbols.functionAddresses(symbols.stamp);
        this.is64 = new Set(
            symbols.programs
                .filter((program) => program.bits === 64)
                .flatMap((program) =>
                    program.functions
                        .filter((row) => row[2] === symbols.stamp)
                        .map((row) => program.base + BigInt(row[0])),
                ),
        );
        this.names = [RESET, MBR, ...(stamps.length ? data.milestones.map((row) => row.name) : [])];
        this.reset();
    }

    // the addresses that Machine logs as events of kind 'mark' when they are passed
    static marksOf(symbols) {
        return [MBR_ADDRESS, ...symbols.functionAddresses(symbols.stamp)].map((address) => ({ address }));
    }

    // the condition of Machine.find() for the instants at which a chapter can begin
    static conditionOf(symbols) {
        return { rip: Chapters.marksOf(symbols).map((mark) => mark.address), event: 'reset' };
    }

    // Forgets everything, for another run or another branch.
    reset() {
        this.found = [];
        this.upTo = 0;
        this.beginBoot(0);
    }

    beginBoot(count) {
        this.boot = this.found.length;
        this.note({ name: RESET, text: 'reset' }, count);
    }

    note(chapter, count) {
        const pass = this.found.filter(({ name }) => name === chapter.name).length + 1;
        this.found.push({ ...chapter, count, pass });
    }

    // Reads the marks that the run has passed since the last time.
    update() {
        const { end } = this.machine;
        if (end < this.upTo) this.reset();
        for (const event of this.machine.events(this.upTo, end)) {
            if (event.kind === 'reset') this.beginBoot(event.count);
            const chapter = event.kind === 'mark' && this.chapterOf(event);
            if (chapter && !this.found.slice(this.boot).some((known) => known.name === chapter.name))
                this.note(chapter, event.count);
        }
        this.upTo = end;
    }

    chapterOf(event) {
        const address = BigInt(event.address);
        if (address === MBR_ADDRESS) return { name: MBR, text: 'MBR' };
        const number = this.is64.has(address) ? event.rdi : event.stack[0];
        return this.milestones.find((row) => row.number === number) ?? null;
    }

    // the chapter that an instant belongs to
    at(count) {
        return this.found.findLast((chapter) => chapter.count <= count);
    }

    next(count, direction) {
        return direction > 0
            ? this.found.find((chapter) => chapter.count > count)
            : this.found.findLast((chapter) => chapter.count < count);
    }

    // the count of the next or previous chapter of this name that is known, or undefined
    nextNamed(name, count, direction) {
        this.update();
        const named = this.found.filter((chapter) => chapter.name === name);
        const next =
            direction > 0
                ? named.find((chapter) => chapter.count > count)
                : named.findLast((chapter) => chapter.count < count);
        return next?.count;
    }

    // The count of a chapter; runs on if the run is not there yet; null if it never gets there.
    async find(name, pass = 1) {
        for (;;) {
            this.update();
            const known = this.found.find((chapter) => chapter.name === name && chapter.pass === pass);
            if (known) return known.count;
            await this.machine.goto(this.machine.end);
            const more = await this.machine.find(this.condition, +1);
            if (more === null) return null;
        }
    }
}
