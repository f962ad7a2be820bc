import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { checkSqlite } from '../../src/store/sqlite-check.ts';
import { openSqlite } from '../../src/store/sqlite-database.ts';
import { addSampleFeed, claimSampleDelivery, SAMPLE_TIME, sampleEntry } from '../fakes/sample-store.ts';

let folder: string;
let file: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tumen-store-'));
  file = join(folder, 'tumen.db');
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function run(script: string, ...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'children', script), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** A closed database with 200 articles. */
async function fill(): Promise<void> {
  const store = await openStore({ file });
  const feed = await addSampleFeed(store);
  const entries = Array.from({ length: 200 }, (_, i) => sampleEntry(feed, i));
  await store.articles.ingest(feed.id, entries, SAMPLE_TIME);
  await store.close();
}

describe('disk full', () => {
  test('what cannot be recorded is not sent; work goes on by itself when there is room', async () => {
    const database = openSqlite(file);
    const store = await openStore({ database, path: file });
    const feed = await addSampleFeed(store);
    const { delivery, part } = await claimSampleDelivery(store);
    const { page_count } = database.prepare('pragma page_count').get() as { page_count: number };
    database.exec(`pragma max_page_count = ${page_count + 2}`);

    const poll = Array.from({ length: 100 }, (_, i) => sampleEntry(feed, i));
    await expect(store.articles.ingest(feed.id, poll, SAMPLE_TIME)).rejects.toMatchObject({
      code: 'disk-full',
      message: expect.stringContaining(file),
    });
    // Nothing of the poll is there, and the connection is not left inside a dead transaction.
    expect(await store.articles.lastSequence()).toBe(0);
    const fat = (at: number) =>
      store.deliveries
        .finishPart(part.id, 1, { state: 'sending', error: 'x'.repeat(40_000) }, [])
        .then(() => store.deliveries.beginPart(part.id, 1, at));
    await expect(fat(SAMPLE_TIME)).rejects.toMatchObject({ code: 'disk-full' });
    expect((await store.deliveries.get(delivery.id))!.parts[0]!.state).toBe('pending');

    database.exec('pragma max_page_count = 100000');
    expect(await store.articles.ingest(feed.id, poll, SAMPLE_TIME)).toHaveLength(100);
    await fat(SAMPLE_TIME + 1);
    expect((await store.deliveries.get(delivery.id))!.parts[0]!.state).toBe('sending');
    await store.close();
  });
});

describe('locked', () => {
  test('a write waits for another process without holding up this one, and is not lost', async () => {
    const store = await openStore({ file });
    const other = new DatabaseSync(file);
    other.exec('begin immediate');
    let turns = 0;
    const ticking = setInterval(() => turns++, 5);
    const written = store.meta.set('tick', '1');
    const whole = store.transaction((inside) => inside.meta.set('tock', '1'));
    await sleep(200);
    expect(turns).toBeGreaterThan(3);
    other.exec('commit');
    await Promise.all([written, whole]);
    clearInterval(ticking);
    expect([await store.meta.get('tick'), await store.meta.get('tock')]).toEqual(['1', '1']);
    other.close();
    await store.close();
  });

  test('where it lasts too long, says which file and what to do', async () => {
    await fill();
    const other = new DatabaseSync(file);
    const store = await openStore({ file, lockTimeoutMs: 30 });
    other.exec('begin immediate');
    await expect(store.meta.set('tick', '1')).rejects.toMatchObject({
      code: 'locked',
      message: expect.stringContaining(file),
      hint: expect.stringContaining('Stop the other program'),
    });
    // Reading goes on.
    expect(await store.articles.lastSequence()).toBe(200);
    other.close();
    await store.close();
  });
});

describe('a file that cannot be used is refused and left as it is', () => {
  test.each([
    ['no database at all', () => writeFileSync(file, 'not a database, just some words\n'.repeat(200))],
    [
      'damaged in the middle',
      () => {
        const bytes = readFileSync(file);
        bytes.fill(0xa5, 8 * 4_096, 40 * 4_096);
        writeFileSync(file, bytes);
      },
    ],
    ['cut off', () => writeFileSync(file, readFileSync(file).subarray(0, 30 * 4_096))],
  ])('%s', async (_, damage) => {
    await fill();
    damage();
    const before = readFileSync(file);
    await expect(openStore({ file })).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining(file),
      hint: expect.stringContaining('tumen db restore'),
    });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('of a newer version', async () => {
    await fill();
    const database = new DatabaseSync(file);
    database.exec("insert into schema_versions values (99, 'of tomorrow', 0)");
    database.close();
    await expect(openStore({ file })).rejects.toMatchObject({
      code: 'newer-schema',
      message: expect.stringMatching(/schema 99, but this tumen knows only up to \d+/),
      hint: expect.stringContaining('newer tumen'),
    });
    expect(checkSqlite(file).rows).toContainEqual({ table: 'articles', rows: 200 });
  });

  test('read-only, or in a folder where nothing can be written', async () => {
    await fill();
    const script = join(folder, 'open.ts');
    writeFileSync(
      script,
      `import { openStore } from ${JSON.stringify(join(import.meta.dirname, '../../src/store/open-store.ts'))};
      const results = [];
      for (const file of process.argv.slice(2))
        try {
          const store = await openStore({ file });
          await store.meta.set('a', 'b');
          results.push('written');
        } catch (error) {
          results.push(error.code + ' ' + error.message.includes(file));
        }
      console.log(JSON.stringify(results));`,
    );
    const sealed = join(folder, 'sealed');
    mkdirSync(sealed);
    copyFileSync(file, join(sealed, 'there.db'));
    chmodSync(file, 0o444);
    chmodSync(join(sealed, 'there.db'), 0o444);
    chmodSync(sealed, 0o555);
    chmodSync(folder, 0o755);
    // Root may write everywhere.
    const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const child = spawn(
      process.execPath,
      [script, file, join(sealed, 'there.db'), join(sealed, 'new.db'), join(sealed, 'deeper', 'new.db')],
      { stdio: ['ignore', 'pipe', 'inherit'], ...user },
    );
    let output = '';
    child.stdout!.on('data', (chunk) => {
      output += chunk;
    });
    await once(child, 'close');
    chmodSync(sealed, 0o755);
    expect(JSON.parse(output)).toEqual([
      'read-only true',
      'read-only true',
      'read-only true',
      'read-only false',
    ]);
  });
});

const strace = spawnSync('strace', ['-V']).status === 0;
describe.skipIf(!strace)('power loss', () => {
  // A kill -9 cannot tell a synced commit from one that is not.
  test('a part that is marked as sending is on disk before its first byte may leave', async () => {
    const log = join(folder, 'strace.log');
    const child = spawn(
      'strace',
      ['-f', '-e', 'trace=fsync,fdatasync,write', '-o', log, process.execPath].concat(
        join(import.meta.dirname, 'children', 'begin-parts.ts'),
        file,
      ),
      { stdio: 'ignore' },
    );
    children.push(child);
    await once(child, 'exit');
    const calls = readFileSync(log, 'utf8');
    const between = calls.slice(calls.indexOf('"start"'), calls.indexOf('"end"'));
    expect(between.match(/f(data)?sync\(/g)?.length).toBeGreaterThanOrEqual(25);
  });
});

describe('kill -9', () => {
  test('in the middle of transactions: each poll is there whole or not at all', async () => {
    for (let round = 0; round < 3; round++) {
      const child = run('write-for-ever.ts', file);
      await once(child.stdout!, 'data');
      await sleep(40 * round);
      await kill(child);
    }
    expect(checkSqlite(file).problems).toEqual([]);
    const store = await openStore({ file });
    const count = await store.articles.count(-1, SAMPLE_TIME, ['instance']);
    expect(count).toBeGreaterThan(0);
    expect(count % 50).toBe(0);
    expect(await store.articles.lastSequence()).toBe(count);
    await store.close();
  });

  test('in the middle of a migration: all or nothing', async () => {
    await fill();
    const before = checkSqlite(file);
    const child = run('migrate-slowly.ts', file);
    await once(child.stdout!, 'data');
    await kill(child);
    expect(checkSqlite(file)).toEqual(before);
    const store = await openStore({ file });
    expect(await store.articles.lastSequence()).toBe(200);
    await store.close();
  });
});
