// Where a student's C is compiled: in namespaces of its own (bubblewrap), without network, which show /usr and the
// lab's sources, both only to be read, and an empty folder to write; or, where there are no namespaces, as
// another user.  The limits are the same in both, and for one's own work, which may do without either.

import { execFile, execFileSync } from 'node:child_process';
import { chownSync, existsSync, lstatSync, mkdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

export const CPU_LIMIT = 5;             // seconds for each program: 50 times what a lab takes
export const MEMORY_LIMIT = 1 << 30;    // bytes for each program
export const FILE_LIMIT = 8 << 20;      // bytes of each file that is written
const PROCESS_LIMIT = 64, OPEN_LIMIT = 64;
const ALL_FILES = 64 << 20;             // bytes of all files together, in namespaces
const OUTPUT_LIMIT = 4 * FILE_LIMIT;
const LAST_RESORT = 300000;             // milliseconds: for a machine that is as busy as can be
const NOBODY = '65534';

const LIMITS = ['prlimit', `--cpu=${CPU_LIMIT}:${CPU_LIMIT + 5}`, `--as=${MEMORY_LIMIT}`, `--fsize=${FILE_LIMIT}`,
    `--nproc=${PROCESS_LIMIT}`, `--nofile=${OPEN_LIMIT}`, '--core=0', '--'];
const AS_NOBODY = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--no-new-privs', '--'];
const IN_ROOT = ['bin', 'lib', 'lib64', 'sbin'];        // links into /usr, or folders of their own

const isRoot = () => process.getuid?.() === 0;

// Root gives up its rights first: the limit on processes does not hold for it, not even in namespaces
const namespaces = (folder, readable) => [...isRoot() ? AS_NOBODY : [], 'bwrap', '--unshare-all', '--die-with-parent', '--new-session',
    '--cap-drop', 'ALL', '--ro-bind', '/usr', '/usr', ...IN_ROOT.flatMap(shownAsItIs),
    ...readable.filter((path) => !path.startsWith('/usr/')).flatMap((path) => ['--ro-bind', path, path]),
    '--ro-bind', join(folder, 'lab'), '/lab', '--size', String(ALL_FILES), '--tmpfs', '/out', '--chdir', '/lab', '--'];

function shownAsItIs(name) {
    const path = `/${name}`;
    if (!existsSync(path))
        return [];
    return lstatSync(path).isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path];
}

function works(command) {
    try {
        execFileSync(command[0], [...command.slice(1), ...LIMITS, 'true'], { stdio: 'ignore', timeout: LAST_RESORT });
        return true;
    } catch {
        return false;
    }
}

export const KINDS = {
    namespace: {
        isPossible: (folder, readable) => works(namespaces(folder, readable)),
        command: namespaces,
        out: () => '/out',
        note: null,
    },
    user: {
        isPossible: () => isRoot() && works(AS_NOBODY),
        command: () => AS_NOBODY,
        out: (folder) => join(folder, 'out'),
        note: 'there are no namespaces here (or no bubblewrap: `make setup labs`), so your C was compiled as another user.',
    },
    none: {
        isPossible: () => true,
        command: () => [],
        out: (folder) => join(folder, 'out'),
        note: 'your C was compiled without a sandbox, which is for your own work only; `make setup labs` installs bubblewrap.',
    },
};

// The first kind that works here.  `own`: it is one's own work, which may do without; `only`: for tests
export function chooseSandbox(folder, readable, { own, only }) {
    const names = only ? [only] : own ? ['namespace', 'user', 'none'] : ['namespace', 'user'];
    const name = names.find((kind) => KINDS[kind].isPossible(folder, readable));
    if (!name)
        throw new Error('there is no way to compile a stranger\'s C safely here: neither namespaces (bubblewrap) nor, without root, '
            + 'another user. `make setup labs` installs bubblewrap; one\'s own work in my-labs/ needs neither');
    return { name, ...KINDS[name] };
}

// Runs a shell's script there, in folder/lab; its stdout
export function runInside(kind, folder, readable, { script, environment }) {
    const out = join(folder, 'out');
    mkdirSync(out);
    if (kind.name === 'user')
        chownSync(out, Number(NOBODY), Number(NOBODY));
    const [program, ...words] = [...kind.command(folder, readable), ...LIMITS, 'sh', '-c', script];
    const variables = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', OUT: kind.out(folder), TMPDIR: kind.out(folder), ...environment };
    return new Promise((resolve, reject) => {
        const child = execFile(program, words, { cwd: join(folder, 'lab'), env: variables, encoding: 'buffer', maxBuffer: OUTPUT_LIMIT,
            timeout: LAST_RESORT, killSignal: 'SIGKILL' }, (error, stdout, stderr) => {
            if (error)
                reject(new Error(`the compiler's sandbox (${kind.name}) failed: ${stderr.toString().trim().split('\n')[0] || error.message}`));
            else
                resolve(stdout);
        });
        child.stdin.end();
    });
}
