import { type ChildProcess, fork, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { feedUrl } from './feed-url.ts';

interface Counts {
  requests: number;
  notModified: number;
  received: number;
  sent: number;
  mostAtOnce: number;
}

interface Reader {
  name: string;
  command: (round: number) => string[];
  /** It keeps no validators of a first answer: round 1 is run once more, so that round 2 finds them. */
  learnsLate?: boolean;
}

/**
 * Two rounds over many hosts: everything new, then mostly 304; tumen, newsboat and sfeed one after another on one core.
 * @param limitMs after which a round is ended, done or not
 */
export async function benchRound(feeds: number, limitMs: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tumen-bench-'));
  const server = fork(new URL('./round-server.ts', import.meta.url), { stdio: 'inherit' });
  const { port } = await answer<{ port: number }>(server);
  const urls = Array.from({ length: feeds }, (_, n) => feedUrl(n, port));
  const readers: Reader[] = [
    {
      name: 'tumen',
      command: (round) => [
        process.execPath,
        '--max-old-space-size=192',
        new URL('./round-tumen.ts', import.meta.url).pathname,
        String(feeds),
        String(port),
        join(folder, 'tumen.db'),
        String(round),
      ],
    },
  ];
  if (installed('newsboat'))
    readers.push({ name: 'newsboat', command: prepareNewsboat(folder, urls), learnsLate: true });
  else console.log('newsboat is not installed: skipped');
  if (installed('sfeed_update')) readers.push({ name: 'sfeed', command: prepareSfeed(folder, urls) });
  else console.log('sfeed is not installed: skipped');
  console.log(
    `${feeds.toLocaleString('en')} feeds on ${feeds.toLocaleString('en')} hosts; round 1 all new, round 2: 92% unchanged, 5% news, 1% slow (2 s), 3% broken`,
  );
  for (const { name, command, learnsLate } of readers)
    for (const [round, word] of [
      [1, 'round 1'],
      ...(learnsLate ? [[1, 'again'] as const] : []),
      [2, 'round 2'],
    ] as const) {
      server.send({ round });
      await answer(server);
      const { seconds, mostMb, output, done } = await run(command(round), folder, limitMs);
      server.send({});
      const { counts } = await answer<{ counts: Counts }>(server);
      console.log(
        `${name.padEnd(9)} ${word}: ${seconds.toFixed(1).padStart(6)} s  ${mostMb.toFixed(0).padStart(4)} MB  asked ${counts.requests}, 304 ${counts.notModified}, sent ${mb(counts.received)} MB, received ${mb(counts.sent)} MB, at once per host ${counts.mostAtOnce}${done ? '' : `  ENDED after ${limitMs / 60_000} min`}`,
      );
      if (output) console.log(`          ${output.trim().split('\n').at(-1)}`);
      // What was not done in round 1 would make round 2 another one.
      if (!done) break;
    }
  server.kill();
  rmSync(folder, { recursive: true });
}

function answer<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve) => child.once('message', (message) => resolve(message as T)));
}

function installed(program: string): boolean {
  return spawnSync('which', [program]).status === 0;
}

/** Runs on the first core; memory is the sum over the process and its children, sampled. */
async function run(
  command: string[],
  cwd: string,
  limitMs: number,
): Promise<{ seconds: number; mostMb: number; output: string; done: boolean }> {
  const pinned = installed('taskset') ? ['taskset', '-c', '0', ...command] : command;
  const start = performance.now();
  const child = spawn(pinned[0]!, pinned.slice(1), {
    cwd,
    env: { ...process.env, HOME: cwd },
    stdio: ['ignore', 'pipe', 'ignore'],
    // A group of its own, so that its children end with it.
    detached: true,
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output = (output + chunk).slice(-2_000);
  });
  let most = 0;
  const timer = setInterval(() => {
    most = Math.max(most, treeMemory(child.pid!));
  }, 100);
  let done = true;
  const limit = setTimeout(() => {
    done = false;
    process.kill(-child.pid!, 'SIGKILL');
  }, limitMs);
  await new Promise((resolve) => child.on('close', resolve));
  clearInterval(timer);
  clearTimeout(limit);
  return { seconds: (performance.now() - start) / 1000, mostMb: most / 1024, output, done };
}

/** Resident kB of a process and all its descendants. */
function treeMemory(root: number): number {
  const parents = new Map<number, { parent: number; kb: number }>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      parents.set(Number(name), {
        parent: Number(/PPid:\s+(\d+)/.exec(status)?.[1]),
        kb: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0),
      });
    } catch {}
  }
  let sum = 0;
  for (const [pid, { kb }] of parents)
    for (let at: number | undefined = pid; at; at = parents.get(at)?.parent)
      if (at === root) {
        sum += kb;
        break;
      }
  return sum;
}

/** Feeds of one newsboat: its time grows with the square of its list, so that ten short lists are read sooner than a long one. */
const NEWSBOAT_LIST = 250;

/** One newsboat after another, each with a part of the list; more threads only get into each other's way on one core. */
function prepareNewsboat(folder: string, urls: string[]): () => string[] {
  const home = join(folder, 'newsboat');
  mkdirSync(home);
  const parts = Math.ceil(urls.length / NEWSBOAT_LIST);
  for (let n = 0; n < parts; n++)
    writeFileSync(join(home, `urls-${n}`), urls.slice(n * NEWSBOAT_LIST, (n + 1) * NEWSBOAT_LIST).join('\n'));
  writeFileSync(
    join(home, 'config'),
    'reload-threads 16\ndownload-retries 1\ndownload-timeout 30\nmax-items 0\ncleanup-on-quit no\n',
  );
  const script = `n=0; while [ $n -lt ${parts} ]; do newsboat -q -u urls-$n -C config -c cache-$n.db -x reload; n=$((n + 1)); done`;
  return () => ['sh', '-c', `cd '${home}' && ${script}`];
}

/** With a fetch of its own, as its manual proposes: sfeed asks for everything each time, curl knows ETags. */
function prepareSfeed(folder: string, urls: string[]): () => string[] {
  const home = join(folder, 'sfeed');
  mkdirSync(join(home, 'feeds'), { recursive: true });
  mkdirSync(join(home, 'etags'));
  const lines = urls.map((url, n) => `feed 'f${n}' '${url}'`).join('\n');
  const etags = join(home, 'etags');
  const fetch = `fetch() {\n  curl -L --max-redirs 0 -H 'User-Agent:' -f -s -m 15 --etag-compare "${etags}/$1" --etag-save "${etags}/$1" "$2" 2>/dev/null\n}`;
  writeFileSync(
    join(home, 'sfeedrc'),
    `sfeedpath='${join(home, 'feeds')}'\nmaxjobs=128\n${fetch}\nfeeds() {\n${lines}\n}\n`,
  );
  return () => ['sfeed_update', join(home, 'sfeedrc')];
}

function mb(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
