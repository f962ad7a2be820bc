/**
 * Draws a preview page as pictures with a local Chromium: `node scripts/draw-pictures.ts PAGE.html OUT-PREFIX`
 * writes OUT-PREFIX-1200.png and OUT-PREFIX-390.png, a desktop's and a phone's width.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { WebSocket } from 'ws';

const [page, prefix, browser = 'chromium'] = process.argv.slice(2);
if (!page || !prefix) throw new Error('use: draw-pictures.ts PAGE.html OUT-PREFIX [BROWSER]');
/** Taller pages are cut here: a picture of a page should be looked at whole. */
const TALLEST = 1500;

const profile = await mkdtemp(join(tmpdir(), 'pictures-'));
const chromium = spawn(
  browser,
  [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--hide-scrollbars',
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
    'about:blank',
  ],
  { stdio: ['ignore', 'ignore', 'pipe'] },
);
try {
  const call = await openTab(await debuggerAddress());
  for (const width of [1200, 390]) {
    await call('Emulation.setDeviceMetricsOverride', {
      width,
      height: 800,
      deviceScaleFactor: width < 500 ? 2 : 1,
      mobile: width < 500,
    });
    await call('Page.navigate', { url: pathToFileURL(resolve(page)).href });
    await new Promise((done) => setTimeout(done, 500));
    const { cssContentSize } = await call('Page.getLayoutMetrics');
    const height = Math.min(TALLEST, Math.ceil((cssContentSize as { height: number }).height));
    const { data } = await call('Page.captureScreenshot', {
      captureBeyondViewport: true,
      clip: { x: 0, y: 0, width, height, scale: 1 },
    });
    await writeFile(`${prefix}-${width}.png`, Buffer.from(String(data), 'base64'));
  }
} finally {
  chromium.kill();
  await new Promise((done) => chromium.once('exit', done));
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
}

async function debuggerAddress(): Promise<string> {
  let said = '';
  for await (const chunk of chromium.stderr) {
    said += chunk;
    const found = /ws:\/\/127\.0\.0\.1:(\d+)\//.exec(said);
    if (found) return `http://127.0.0.1:${found[1]}`;
  }
  throw new Error(`${browser} did not start: ${said}`);
}

async function openTab(address: string) {
  const tabs = (await (await fetch(`${address}/json/list`)).json()) as { webSocketDebuggerUrl: string }[];
  const socket = new WebSocket(tabs[0]!.webSocketDebuggerUrl);
  await new Promise((done, fail) => socket.once('open', done).once('error', fail));
  let last = 0;
  return (method: string, params: object = {}) =>
    new Promise<Record<string, unknown>>((done, fail) => {
      const id = ++last;
      socket.on('message', function heard(data) {
        const answer = JSON.parse(String(data)) as {
          id?: number;
          result: Record<string, unknown>;
          error?: object;
        };
        if (answer.id !== id) return;
        socket.off('message', heard);
        if (answer.error) fail(new Error(JSON.stringify(answer.error)));
        else done(answer.result);
      });
      socket.send(JSON.stringify({ id, method, params }));
    });
}
