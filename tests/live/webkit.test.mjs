// The page in WebKit, the engine of Safari: open, boot, type, go back.  Plain WebDriver over HTTP to
// WebKitWebDriver, which starts its MiniBrowser on a screen of Xvfb.

import test from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PAGE } from './browser.mjs';

const DRIVER = '/usr/bin/WebKitWebDriver', XVFB = '/usr/bin/Xvfb';
const LIMIT = 90000, LOOK = 100;

function miniBrowser() {
    for (const folder of ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu'].filter(existsSync))
        for (const version of readdirSync(folder).filter((name) => name.startsWith('webkit2gtk-')))
            if (existsSync(join(folder, version, 'MiniBrowser')))
                return join(folder, version, 'MiniBrowser');
    return null;
}

const isThere = existsSync(DRIVER) && existsSync(XVFB) && miniBrowser();

const freePort = () => new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
        const { port } = server.address();
        server.close(() => resolve(port));
    });
});

// Starts Xvfb and gets the number of the display that it found free
function startScreen() {
    const xvfb = spawn(XVFB, ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'],
        { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    return new Promise((resolve) => xvfb.stdio[3].once('data', (text) => resolve({ xvfb, display: `:${String(text).trim()}` })));
}

class Session {
    static async start(port) {
        const session = new Session();
        session.base = `http://127.0.0.1:${port}/session`;
        const { sessionId } = await session.ask('POST', '', { capabilities: { alwaysMatch: {
            'webkitgtk:browserOptions': { binary: miniBrowser(), args: ['--automation'] } } } });
        session.base += `/${sessionId}`;
        return session;
    }

    async ask(method, path, body) {
        const answer = await fetch(this.base + path, { method, body: body && JSON.stringify(body) });
        const { value } = await answer.json();
        if (!answer.ok)
            throw new Error(`${path}: ${value.error}: ${value.message}`);
        return value;
    }

    script(text) { return this.ask('POST', '/execute/sync', { script: text, args: [] }); }

    async until(text) {
        for (const end = Date.now() + LIMIT; Date.now() < end;) {
            if (await this.script(`return Boolean(window.machine) && Boolean(${text})`))
                return;
            await new Promise((resolve) => setTimeout(resolve, LOOK));
        }
        throw new Error(`${text} did not come true; the screen shows: ${await this.script('return window.machine?.screen().map((row) => row.trimEnd()).join("\\n")')}`);
    }

    keys(...values) {
        const actions = values.flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }]);
        return this.ask('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
    }
}

async function answers(port) {
    for (const end = Date.now() + LIMIT; Date.now() < end;) {
        try {
            return await fetch(`http://127.0.0.1:${port}/status`);
        } catch {
            await new Promise((resolve) => setTimeout(resolve, LOOK));
        }
    }
    throw new Error('WebKitWebDriver does not answer');
}

test('the page in WebKit', { skip: !isThere && 'WebKit is not installed; make setup test installs it' }, async (t) => {
    const { xvfb, display } = await startScreen();
    t.after(() => xvfb.kill());
    const port = await freePort();
    const driver = spawn(DRIVER, [`--port=${port}`], { stdio: 'ignore', env: { ...process.env, DISPLAY: display,
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', WEBKIT_DISABLE_COMPOSITING_MODE: '1' } });
    t.after(() => driver.kill());
    await answers(port);
    const session = await Session.start(port);
    t.after(() => session.ask('DELETE', '').catch(() => {}));

    await t.test('boots to the prompt', async () => {
        await session.ask('POST', '/url', { url: pathToFileURL(PAGE).href });
        await session.until('window.machine.screen().some((row) => row.startsWith("> "))');
    });

    await t.test('answers what is typed', async () => {
        await session.script('document.getElementById("screen").focus()');
        await session.keys(...'echo hi', '\uE007');
        await session.until('window.machine.screen().some((row) => row.trimEnd() === "hi")');
    });

    await t.test('goes back to the first instruction of the MBR', async () => {
        await session.script('document.getElementById("run").click()');
        await session.until('document.querySelector("#run span").textContent === "Run" && !document.body.dataset.busy');
        await session.script('location.hash = "#MBR"');
        await session.until('window.machine.state().rip === 0x7c00n && !document.body.dataset.busy');
        assert.equal(await session.script('return document.querySelector("#mode strong").textContent'), 'real16');
    });
});
