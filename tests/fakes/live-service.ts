import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
/** A digest is due three times an hour, so that every 20 minutes of the service's clock bring one. */
const TIMES = Array.from({ length: 72 }, (_, i) => {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(i / 3))}:${two((i % 3) * 20)}`;
});

/** A folder with configuration and data, in which the service lives and dies as its own process. */
export interface LiveService {
  folder: string;
  home: string;
  env: Record<string, string>;
  /** Starts `tumen start` with the clock so many ms ahead. */
  start(aheadMs?: number): Life;
  /** Runs any other verb to its end. */
  run(...argv: string[]): Promise<Ended>;
  /** Everything that the console has on record as printed. */
  history(): { marker: string }[];
  /** What the status server says; null where nobody answers. */
  ask(path: string): Promise<{ status: number; text: string } | null>;
  remove(): void;
}

export interface Life {
  process: ChildProcess;
  /** Resolves once it says that it is running. @throws where it ends before that */
  running: Promise<void>;
  /** How it ended: code or signal, and all it wrote. */
  ended: Promise<Ended>;
}

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  ms: number;
}

/** @param feeds addresses on loopback, each an outlet of its own */
export async function prepareService(feeds: string[], more = ''): Promise<LiveService> {
  const folder = mkdtempSync(join(tmpdir(), 'tumen-live-'));
  const home = join(folder, 'data');
  const port = await freePort();
  mkdirSync(join(folder, 'config'));
  writeFileSync(
    join(folder, 'config/tumen.yaml'),
    `topics: [${JSON.stringify(join(ROOT, 'config/topics/russia-north-korea.yaml'))}]
net: { allowPrivate: true }
http: { port: ${port} }
console: { times: ${JSON.stringify(TIMES)}, zone: UTC, length: 30 }
${more}`,
  );
  const outlets = feeds.map((url, i) => ({
    name: `Sample Outlet ${i + 1}`,
    slug: `sample-outlet-${i + 1}`,
    feeds: [{ url, language: 'en' }],
  }));
  writeFileSync(join(folder, 'config/feeds.yaml'), JSON.stringify({ outlets }));
  const env = { PATH: process.env.PATH!, TUMEN_CONFIG: join(folder, 'config/tumen.yaml'), TUMEN_HOME: home };
  const alive = new Set<ChildProcess>();

  return {
    folder,
    home,
    env,
    start(aheadMs = 0) {
      // Its clock runs ahead, so that hours pass between two lives.
      const clock = `const real = Date.now.bind(Date); Date.now = () => real() + ${aheadMs};`;
      const preload = ['--import', `data:text/javascript,${encodeURIComponent(clock)}`];
      const life = live([...preload, 'src/main.ts', 'start'], env);
      alive.add(life.process);
      void life.ended.then(() => alive.delete(life.process));
      return life;
    },
    run: (...argv) => live(['src/main.ts', ...argv], env).ended,
    history() {
      const file = join(home, 'console-history.jsonl');
      const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
      return lines.filter((line) => line).map((line) => JSON.parse(line));
    },
    async ask(path) {
      const response = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => null);
      return response && { status: response.status, text: await response.text() };
    },
    remove() {
      for (const child of alive) child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function live(argv: string[], env: Record<string, string>): Life {
  const started = performance.now();
  const child = spawn(process.execPath, argv, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  const ended = once(child, 'close').then(([code, signal]) => ({
    code,
    signal,
    stdout,
    stderr,
    ms: performance.now() - started,
  }));
  const running = new Promise<void>((done, fail) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      if (stderr.includes('"tumen is running"')) done();
    });
    void ended.then(() => fail(new Error(`it ended before it ran: ${stderr}`)));
  });
  // Whoever kills it early does not wait for it to run.
  running.catch(() => {});
  return { process: child, running, ended };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
