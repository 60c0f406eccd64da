// Addresses to names and lines, and back: from the ELF files that tools/live/live.py read.  Pure.

const NO_FILE = -1;
const BIOS_START = 0xc0000n,
    BIOS_END = 0x100000n; // VGA BIOS and BIOS, below 1 MiB
const HIGH_BIOS_START = 0xffe00000n,
    HIGH_BIOS_END = 0x100000000n;
const BOOT_SECTOR_START = 0x7c00n,
    BOOT_SECTOR_END = 0x7e00n;
// who runs: numbers of the classes that Machine.owners() returns
export const WHO = ['not run yet', 'BIOS', 'MBR', 'stage 2', 'kernel', 'other code'];
const CLASS_OF_PROGRAM = { stage1: 2, stage2: 3, kernel: 4 };

// The last element of `sorted` whose first number is at most `offset`, or null.
function lastAtMost(sorted, offset) {
    let low = 0,
        high = sorted.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        if (sorted[middle][0] <= offset) low = middle + 1;
        else high = middle;
    }
    return low ? low - 1 : null;
}

export class Symbols {
    constructor(data) {
        this.use(data);
    }

    // Other programs, for example of another image.
    use(data) {
        this.cachedRanges = this.cachedStarts = null;
        this.files = data.files;
        this.stamp = data.stamp;
        this.programs = data.programs.map((program) => {
            const base = BigInt('0x' + program.base);
            return { ...program, base, end: base + BigInt(program.size) };
        });
    }

    program(linear) {
        return this.programs.find((program) => linear >= program.base && linear < program.end) ?? null;
    }

    // {program, name, offset, file, path, line} of code; null if no program with names is there
    find(linear) {
        const program = this.program(linear);
        if (!program) return null;
        const offset = Number(linear - program.base);
        const at = lastAtMost(program.functions, offset);
        const row = lastAtMost(program.lines, offset);
        const [, file, line] = row === null ? [0, NO_FILE, 0] : program.lines[row];
        const inFunction = at !== null;
        return {
            program: program.name,
            name: inFunction ? program.functions[at][2] : null,
            offset: inFunction ? offset - program.functions[at][0] : 0,
            file,
            path: file === NO_FILE ? null : this.files[file].path,
            line,
        };
    }

    // what Machine.writer() adds to its answer
    at(linear) {
        const place = this.find(linear);
        return { function: place?.name ?? null, file: place?.path ?? null, line: place?.line ?? 0 };
    }

    // "kernel_main+12h (kernel/main.c:80)"; without names, the owner and the address
    describe(linear) {
        const place = this.find(linear);
        if (!place || !place.name) return `${this.owner(linear)} at ${linear.toString(16).toUpperCase()}h`;
        const offset = place.offset ? `+${place.offset.toString(16).toUpperCase()}h` : '';
        return place.path ? `${place.name}${offset} (${place.path}:${place.line})` : place.name + offset;
    }

    owner(linear) {
        return WHO[this.ownerClass(linear)];
    }

    ownerClass(linear) {
        const found = this.ranges().find(([from, to]) => linear >= from && linear < to);
        return found ? found[2] : 5;
    }

    // [[from, to, class]] of linear addresses for Machine.owners(); the first match applies
    ranges() {
        this.cachedRanges ??= [
            [BIOS_START, BIOS_END, 1],
            [HIGH_BIOS_START, HIGH_BIOS_END, 1],
            ...this.programs.map(({ base, end, name }) => [base, end, CLASS_OF_PROGRAM[name] ?? 5]),
            [BOOT_SECTOR_START, BOOT_SECTOR_END, 2],
        ];
        return this.cachedRanges;
    }

    // the first addresses of every stretch of code that a line has
    lineAddresses(file, line) {
        return this.rows((row) => row[1] === file && row[2] === line);
    }

    // the ranges of code that a line has, [[from, to]]
    lineRanges(file, line) {
        const found = [];
        for (const program of this.programs) {
            program.lines.forEach(([offset, rowFile, rowLine], i) => {
                if (rowFile !== file || rowLine !== line) return;
                const end = i + 1 < program.lines.length ? program.lines[i + 1][0] : program.size;
                found.push([program.base + BigInt(offset), program.base + BigInt(end)]);
            });
        }
        return found;
    }

    // the starts of all lines
    lineStarts() {
        this.cachedStarts ??= this.rows((row) => row[1] !== NO_FILE);
        return this.cachedStarts;
    }

    rows(isWanted) {
        const found = [];
        for (const program of this.programs)
            for (const row of program.lines) if (isWanted(row)) found.push(program.base + BigInt(row[0]));
        return found;
    }

    functionAddresses(name) {
        return this.programs.flatMap((program) =>
            program.functions.filter((row) => row[2] === name).map((row) => program.base + BigInt(row[0])),
        );
    }

    // the numbers of the files whose path ends with this
    filesNamed(end) {
        return this.files.flatMap(({ path }, i) => (path === end || path.endsWith('/' + end) ? [i] : []));
    }

    // the lines of a file that have code: Set of numbers
    linesWithCode(file) {
        const lines = new Set();
        for (const program of this.programs)
            for (const row of program.lines) if (row[1] === file) lines.add(row[2]);
        return lines;
    }

    // the variable that holds this linear address: {name, offset, program, type}, or null; type is -1
    // where only the symbol table names it
    variable(linear) {
        for (const program of this.programs) {
            const offset = Number(linear - program.base);
            const at = lastAtMost(program.variables, offset);
            if (at === null) continue;
            const [start, size, name, type = -1] = program.variables[at];
            if (offset < start + size) return { name, offset: offset - start, program, type };
        }
        return null;
    }

    // the variables that a source file defines: [{linear, name, program, type}]
    variablesOf(file) {
        return this.programs.flatMap((program) =>
            program.variables
                .filter((row) => row[4] === file)
                .map(([offset, , name, type]) => ({ linear: program.base + BigInt(offset), name, program, type })),
        );
    }

    // the functions and blocks with variables that code is in, an outer one before those in it
    scopes(linear) {
        const program = this.program(linear);
        const offset = program ? Number(linear - program.base) : 0;
        const isIn = ([, ranges]) => ranges.some(([from, to]) => offset >= from && offset < to);
        return { program, offset, scopes: program?.scopes?.filter(isIn) ?? [] };
    }

    // "kernel_main" -> functions, then variables, whose names begin with this: [[name, linear]]
    completions(prefix, most) {
        const found = [];
        for (const program of this.programs)
            for (const [offset, , name] of [...program.functions, ...program.variables])
                if (name.startsWith(prefix)) found.push([name, program.base + BigInt(offset)]);
        return found.slice(0, most);
    }
}
