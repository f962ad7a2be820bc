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

/** Two rounds over many hosts: everything new, then mostly 304; tumen, newsboat and sfeed one after another on one core. */
export async function benchRound(feeds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tumen-bench-'));
  const server = fork(new URL('./round-server.ts', import.meta.url), { stdio: 'inherit' });
  const { port } = await answer<{ port: number }>(server);
  const urls = Array.from({ length: feeds }, (_, n) => feedUrl(n, port));
  const readers: [string, (round: number) => string[]][] = [
    [
      'tumen',
      (round) => [
        process.execPath,
        '--max-old-space-size=192',
        new URL('./round-tumen.ts', import.meta.url).pathname,
        String(feeds),
        String(port),
        join(folder, 'tumen.db'),
        String(round),
      ],
    ],
  ];
  if (installed('newsboat')) readers.push(['newsboat', prepareNewsboat(folder, urls)]);
  else console.log('newsboat is not installed: skipped');
  if (installed('sfeed_update')) readers.push(['sfeed', prepareSfeed(folder, urls)]);
  else console.log('sfeed is not installed: skipped');
  console.log(
    `${feeds.toLocaleString('en')} feeds on ${feeds.toLocaleString('en')} hosts; round 1 all new, round 2: 92% unchanged, 5% news, 1% slow (2 s), 3% broken`,
  );
  for (const [name, command] of readers)
    for (const round of [1, 2]) {
      server.send({ round });
      await answer(server);
      const { seconds, mostMb, output } = await run(command(round), folder);
      server.send({});
      const { counts } = await answer<{ counts: Counts }>(server);
      console.log(
        `${name.padEnd(9)} round ${round}: ${seconds.toFixed(1).padStart(6)} s  ${mostMb.toFixed(0).padStart(4)} MB  asked ${counts.requests}, 304 ${counts.notModified}, sent ${mb(counts.received)} MB, received ${mb(counts.sent)} MB, at once per host ${counts.mostAtOnce}`,
      );
      if (output) console.log(`          ${output.trim().split('\n').at(-1)}`);
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
): Promise<{ seconds: number; mostMb: number; output: string }> {
  const pinned = installed('taskset') ? ['taskset', '-c', '0', ...command] : command;
  const start = performance.now();
  const child = spawn(pinned[0]!, pinned.slice(1), {
    cwd,
    env: { ...process.env, HOME: cwd },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output = (output + chunk).slice(-2_000);
  });
  let most = 0;
  const timer = setInterval(() => {
    most = Math.max(most, treeMemory(child.pid!));
  }, 100);
  await new Promise((resolve) => child.on('close', resolve));
  clearInterval(timer);
  return { seconds: (performance.now() - start) / 1000, mostMb: most / 1024, output };
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

function prepareNewsboat(folder: string, urls: string[]): () => string[] {
  const home = join(folder, 'newsboat');
  mkdirSync(home);
  writeFileSync(join(home, 'urls'), urls.join('\n'));
  writeFileSync(
    join(home, 'config'),
    'reload-threads 128\ndownload-retries 1\ndownload-timeout 30\nmax-items 0\n',
  );
  return () => [
    'newsboat',
    '-q',
    '-u',
    join(home, 'urls'),
    '-C',
    join(home, 'config'),
    '-c',
    join(home, 'cache.db'),
    '-x',
    'reload',
  ];
}

function prepareSfeed(folder: string, urls: string[]): () => string[] {
  const home = join(folder, 'sfeed');
  mkdirSync(join(home, 'feeds'), { recursive: true });
  const lines = urls.map((url, n) => `feed 'f${n}' '${url}'`).join('\n');
  writeFileSync(
    join(home, 'sfeedrc'),
    `sfeedpath='${join(home, 'feeds')}'\nmaxjobs=128\nfeeds() {\n${lines}\n}\n`,
  );
  return () => ['sfeed_update', join(home, 'sfeedrc')];
}

function mb(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
