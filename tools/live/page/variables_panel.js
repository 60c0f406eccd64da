// The C variables of the running function and of its source file, with types and values; a click on one
// shows what wrote it.

import { el } from './format.js';
import { fileVariables, localVariables } from './variables.js';

export class VariablesPanel {
    id = 'variables';
    title = 'Variables';

    constructor(session, inspector) {
        Object.assign(this, { session, inspector, element: el('div') });
    }

    draw({ state, place }) {
        const { machine, symbols, data } = this.session;
        const scopes = localVariables(machine, symbols, state).filter(({ variables }) => variables.length);
        const ofFile = place && place.file >= 0 ? fileVariables(machine, symbols, place.file) : [];
        const parts = scopes.flatMap(({ name, variables }) => this.part(`In ${name}`, variables));
        if (ofFile.length) parts.push(...this.part(`Of ${data.files[place.file].path}`, ofFile));
        if (!parts.length) parts.push(el('p', {}, 'The code at this instant has no C variables that are known.'));
        this.element.replaceChildren(...parts);
    }

    part(title, variables) {
        const rows = variables.map((variable) => this.row(variable, title));
        return [el('h4', {}, title), el('table', { class: 'data' }, el('tbody', {}, ...rows))];
    }

    row(variable, title) {
        const { name, type, value, isArgument } = variable;
        return el(
            'tr',
            {},
            el('td', {}, this.target(variable) ? this.button(variable, title) : name),
            el('td', {}, type + (isArgument ? ', argument' : '')),
            el('td', {}, value ?? 'kept nowhere at this instruction'),
        );
    }

    // What the inspector is asked about
    target({ physical, register, length, value }) {
        if (register) return { kind: 'register', name: register, value };
        return typeof physical === 'number' && length ? { kind: 'memory', address: physical, length } : null;
    }

    button(variable, title) {
        return el(
            'button',
            {
                'title': 'Who wrote it?',
                'aria-label': `${variable.name}, ${title.toLowerCase()}`,
                'onclick': (event) => this.inspector.open(this.target(variable), event.currentTarget),
            },
            variable.name,
        );
    }
}
