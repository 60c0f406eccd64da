// Unpacks the page: turns its parts into modules and bytes and starts main.js, or says in one
// sentence why it cannot.  It is a classic script because it runs before any module exists.

const live = {
    parts: new Map(), // name -> Uint8Array
    started: false,

    say(text) {
        const notice = document.getElementById('notice');
        notice.textContent = text;
        notice.hidden = false;
        document.getElementById('app').hidden = true;
    },

    missing() {
        if (typeof WebAssembly !== 'object')
            return 'This browser has no WebAssembly (or it is switched off), so the PC cannot run here. Any current Chrome, Edge, Firefox or Safari can.';
        if (typeof DecompressionStream !== 'function' || !HTMLScriptElement.supports?.('importmap'))
            return 'This browser is too old for this page, which needs Chrome or Edge 105, Firefox 113, Safari 16.4, or later.';
        return null;
    },

    async unpack(element) {
        const packed = Uint8Array.from(atob(element.textContent), (letter) => letter.charCodeAt(0));
        const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
        return new Uint8Array(await new Response(stream).arrayBuffer());
    },

    // Modules get data: URLs: unlike blob: URLs, they load from a file:// page in every browser.
    importMap(parts) {
        const imports = {};
        for (const [name, bytes] of parts) {
            const file = name.split('/')[1];
            if (!file || (!file.endsWith('.js') && !file.endsWith('.mjs'))) continue;
            const source = new TextDecoder().decode(bytes) + `\n//# sourceURL=live/${file}`;
            imports[`live/${file}`] = 'data:text/javascript;charset=utf-8,' + encodeURIComponent(source);
        }
        const element = document.createElement('script');
        element.type = 'importmap';
        element.textContent = JSON.stringify({ imports });
        document.head.append(element);
    },

    async start(elements) {
        live.started = true;
        const missing = live.missing();
        if (missing) return live.say(missing);
        try {
            await Promise.all(
                [...elements].map(async (element) => {
                    live.parts.set(element.dataset.part, await live.unpack(element));
                }),
            );
            live.importMap(live.parts);
        } catch (error) {
            console.warn('live: ' + error);
            return live.say(
                'This page is damaged: one of its parts cannot be unpacked. Fetch or make it again (`make live`).',
            );
        }
        try {
            const { start } = await import('live/main.js');
            await start(live.parts);
            document.getElementById('notice').hidden = true;
        } catch (error) {
            console.warn('live: ' + (error.stack ?? error));
            live.say(error.sentence ?? `The PC could not be started: ${error.message ?? error}.`);
        }
    },
};

// A page that was cut off ends before it calls start().
document.addEventListener('DOMContentLoaded', () => {
    if (!live.started)
        live.say('This page is damaged: its end is missing. Fetch or make it again (`make live`).');
});
