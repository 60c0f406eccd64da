// The machine's options, and images and .elf files from this computer: chosen or dropped.

import { el } from './format.js';
import { isElf, readElf } from './elf_names.js';

const IMAGE_LIMIT = 64 << 20;
const MEMORY_SIZES = [4, 8, 16, 32, 64, 128];

export class MachineDialog {
    // load: {image(bytes, name), program(program), power(config)} of main.js
    constructor(session, load) {
        this.session = session;
        this.load = load;
        this.dialog = document.getElementById('machine-dialog');
        this.curtain = document.getElementById('drop');
        this.config = { memory: 32, longMode: true, medium: 'disk', a20: 'on' };
        addEventListener('dragover', (event) => {
            event.preventDefault();
            this.curtain.hidden = false;
        });
        addEventListener('dragleave', (event) => {
            this.curtain.hidden = event.relatedTarget === null || this.curtain.hidden;
        });
        addEventListener('drop', (event) => {
            event.preventDefault();
            this.curtain.hidden = true;
            this.take([...event.dataTransfer.files]);
        });
    }

    show() {
        const { config } = this;
        const memory = el(
            'select',
            { id: 'memory' },
            ...MEMORY_SIZES.map((size) =>
                el('option', { value: size, selected: size === config.memory }, `${size} MiB`),
            ),
        );
        const cpu = el(
            'select',
            { id: 'cpu' },
            el('option', { value: 'yes', selected: config.longMode }, 'with 64-bit mode'),
            el('option', { value: 'no', selected: !config.longMode }, 'without: 32 bits'),
        );
        const medium = el(
            'select',
            { id: 'medium' },
            el('option', { value: 'disk', selected: config.medium === 'disk' }, 'a hard disk'),
            el('option', { value: 'floppy', selected: config.medium === 'floppy' }, 'a floppy disk'),
        );
        const a20 = el(
            'select',
            { id: 'a20' },
            el('option', { value: 'on', selected: config.a20 === 'on' }, 'on, as this BIOS leaves it'),
            el('option', { value: 'off', selected: config.a20 === 'off' }, 'off at the boot sector'),
        );
        const files = el('input', {
            id: 'files',
            type: 'file',
            multiple: true,
            onchange: () => {
                this.dialog.close();
                this.take([...files.files]);
            },
        });
        const field = (id, text, input) => [el('label', { for: id }, text), input];
        this.dialog.replaceChildren(
            el('button', { class: 'close', title: 'Close (Esc)', onclick: () => this.dialog.close() }, '×'),
            el('h2', { id: 'machine-title' }, 'The machine'),
            el(
                'div',
                { class: 'fields' },
                ...field('memory', 'Memory', memory),
                ...field('cpu', 'CPU', cpu),
                ...field('medium', 'The image is in', medium),
                ...field('a20', 'Address line A20', a20),
            ),
            el(
                'p',
                { class: 'row' },
                el(
                    'button',
                    {
                        onclick: () => {
                            this.config = {
                                memory: Number(memory.value),
                                longMode: cpu.value === 'yes',
                                medium: medium.value,
                                a20: a20.value,
                            };
                            this.dialog.close();
                            this.powerOn();
                        },
                    },
                    'Power on with these',
                ),
            ),
            el('h3', {}, 'Another image'),
            el(
                'p',
                {},
                'A disk image of up to 64 MiB boots in this PC, and .elf files give names to its code. Nothing leaves this computer. Dropping files on the page does the same.',
            ),
            el('p', { class: 'row' }, el('label', { for: 'files' }, 'Files '), files),
            el('h3', {}, 'What this PC is'),
            el(
                'p',
                {},
                'The Bochs PC emulator, version 3.0 from Debian’s sources, compiled to WebAssembly; its licence is the LGPL 2.1 or later. Its source is at ',
                el('a', { href: 'https://bochs.sourceforge.io/' }, 'bochs.sourceforge.io'),
                ', our patch is in this project’s tools/live/engine/. The BIOS and the VGA BIOS are the ones of the same packages (bochs, vgabios: LGPL).',
            ),
        );
        this.dialog.showModal();
    }

    powerOn() {
        return this.load.power(this.config);
    }

    async take(files) {
        for (const file of files) {
            if (file.size > IMAGE_LIMIT) {
                this.session.emit('status', `${file.name} is larger than 64 MiB.`);
                continue;
            }
            const bytes = new Uint8Array(await file.arrayBuffer());
            try {
                if (isElf(bytes) || file.name.endsWith('.elf'))
                    await this.load.program(readElf(bytes, file.name));
                else await this.image(bytes, file.name);
            } catch (error) {
                this.session.emit('status', error.message);
            }
        }
    }

    async image(bytes, name) {
        if (bytes.length < 512)
            throw new Error(
                `${name} has ${bytes.length} bytes; a disk image has at least one sector of 512.`,
            );
        const isBootable = bytes[510] === 0x55 && bytes[511] === 0xaa;
        await this.load.image(bytes, name);
        this.session.emit(
            'status',
            isBootable
                ? `${name} is in the drive.`
                : `${name} is in the drive, but its first sector does not end with 55h AAh: the BIOS will not boot it.`,
        );
    }
}
