import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Digest } from '../../src/model/digest.ts';
import { openStore } from '../../src/store/open-store.ts';
import { type FeedSource, startFeedSource } from '../crash/feed-source.ts';
import { seededRandom } from '../crash/seeded-random.ts';
import { type LiveService, prepareService } from '../fakes/live-service.ts';

/** The clock moves on so far from one life to the next: feeds and a digest are due again, leases are over. */
const BETWEEN_LIVES = 21 * 60_000;
/** A life is killed within this time of the first sign of its work. */
const LONGEST_LIFE = 2_600;
const KILLS = 10;
const OPEN_DELIVERIES = "SELECT count(*) FROM deliveries WHERE state IN ('pending', 'sending')";

let feed: FeedSource;
let service: LiveService;
beforeEach(async () => {
  feed = await startFeedSource();
  service = await prepareService([feed.url]);
});
afterEach(async () => {
  service.remove();
  await feed.close();
});

describe('the service as a process', () => {
  it('polls, is well, stops cleanly on SIGTERM, and repeats nothing after a restart', async () => {
    feed.publish(8);
    // First polls are spread over half a minute: a first life only notes the feeds, and is stopped at once.
    const noting = service.start();
    await noting.running;
    noting.process.kill('SIGTERM');
    expect(await noting.ended).toMatchObject({ code: 0, signal: null });

    const first = service.start(60_000);
    await first.running;
    await until(() => processed() === 8, 'eight articles are processed');
    expect(await service.ask('/health')).toMatchObject({ status: 200 });
    const health = await service.run('health');
    expect({ code: health.code, ...JSON.parse(health.stdout) }).toMatchObject({
      code: 0,
      ok: true,
      platforms: { console: 'connected' },
    });
    const asked = performance.now();
    first.process.kill('SIGTERM');
    expect(await first.ended).toMatchObject({ code: 0, signal: null });
    expect(performance.now() - asked).toBeLessThan(10_000);
    expect(await service.run('health')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('npm start'),
    });

    const second = service.start(BETWEEN_LIVES);
    await until(() => recorded() === 1, 'a digest is on record');
    second.process.kill('SIGTERM');
    const { code, stdout } = await second.ended;
    expect(code).toBe(0);
    expect(headers(stdout)).toHaveLength(1);
    expect(stdout).toContain('NEW');

    const third = service.start(BETWEEN_LIVES + 1_000);
    await third.running;
    await wait(3_000);
    third.process.kill('SIGTERM');
    expect((await third.ended).stdout).toBe('');
    expect(recorded()).toBe(1);
    expect(await damage()).toEqual({ lost: [], doubled: [], integrity: 'ok' });
  }, 120_000);

  it(`loses and repeats nothing over ${KILLS} kills in the middle of polls and digests`, async () => {
    const random = seededRandom(20240619);
    const printed: string[] = [];
    const cut = { poll: 0, digest: 0 };
    let ahead = 0;
    for (let kill = 0; kill < KILLS; kill++, ahead += BETWEEN_LIVES) {
      feed.publish(3);
      const life = service.start(ahead);
      await life.running;
      await wait(random() * LONGEST_LIFE);
      life.process.kill('SIGKILL');
      const { signal, stdout } = await life.ended;
      expect(signal).toBe('SIGKILL');
      printed.push(...headers(stdout));
      cut.poll += count('SELECT count(*) FROM feeds WHERE lease_owner IS NOT NULL');
      cut.digest += count(OPEN_DELIVERIES);
    }
    // One life to finish what was begun, one for the digest of what that brought.
    for (const rested of [
      () => processed() === feed.links().length && count(OPEN_DELIVERIES) === 0,
      lastSlotSent,
    ]) {
      const last = service.start(ahead);
      await last.running;
      await until(() => rested(ahead), 'it has come to rest');
      last.process.kill('SIGTERM');
      const { code, stdout } = await last.ended;
      expect(code).toBe(0);
      printed.push(...headers(stdout));
      ahead += BETWEEN_LIVES;
    }
    expect(new Set(printed).size).toBe(printed.length);
    expect(await damage()).toEqual({ lost: [], doubled: [], integrity: 'ok' });
    // Otherwise the kills came too early or too late to prove anything.
    expect(cut.poll + cut.digest).toBeGreaterThan(0);
  }, 240_000);
});

/** Articles that are judged and grouped. */
function processed(): number {
  return count(
    "SELECT count(*) FROM articles WHERE sequence <= (SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'processed-sequence')",
  );
}

/** The newest slot of a life that began with the clock so far ahead has gone out. */
function lastSlotSent(ahead: number): boolean {
  const since = Date.now() + ahead - 20 * 60_000;
  return count(`SELECT count(*) FROM deliveries WHERE state = 'sent' AND due_at > ${since}`) > 0;
}

/** Digests that the console has on record. */
const recorded = () => service.history().length;

/** The first line of each digest: its topic and its slot. */
const headers = (stdout: string) =>
  stdout.split('\n').filter((line) => line.startsWith('Russia–North Korea · '));

/** One number out of the database, beside the service that writes it. */
function count(sql: string): number {
  const database = new DatabaseSync(join(service.home, 'tumen.db'), { readOnly: true });
  try {
    return Number(Object.values(database.prepare(sql).get()!)[0]);
  } finally {
    database.close();
  }
}

async function until(isSo: () => boolean, what: string): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; await wait(100)) if (isSo()) return;
  throw new Error(`not within a minute: ${what}`);
}

/** What is wrong with what the database and the console's record say, once no process is left. */
async function damage() {
  const lost: string[] = [];
  const doubled: string[] = [];
  const database = new DatabaseSync(join(service.home, 'tumen.db'));
  const integrity = Object.values(database.prepare('PRAGMA integrity_check').get()!)[0];
  database.close();
  const store = await openStore({ file: join(service.home, 'tumen.db') });
  const [destination] = await store.destinations.list();
  const articles = Map.groupBy(await store.articles.since(0, 10_000), (article) => article.url);
  for (const link of feed.links()) {
    const [article, ...more] = articles.get(link) ?? [];
    const story = article && (await store.stories.ofArticle(article.id));
    if (more.length) doubled.push(`${link} is stored ${more.length + 1} times`);
    if (!story) lost.push(`${link} is in no story`);
    else if (!(await store.deliveries.shown(destination!.id, [story.id])).length)
      lost.push(`story ${story.id} of ${link} was never shown`);
  }
  const isNew = new Map<number, string>();
  for (const { key, state, content } of await store.deliveries.list({ limit: 1_000 }))
    for (const { storyId, badge } of state === 'sent'
      ? (content as Digest).sections.flatMap((section) => section.stories)
      : []) {
      if (badge === 'NEW' && isNew.has(storyId))
        doubled.push(`story ${storyId} is new in ${key} and in ${isNew.get(storyId)}`);
      if (badge === 'NEW') isNew.set(storyId, key);
    }
  await store.close();
  for (const [marker, lines] of Map.groupBy(service.history(), (line) => line.marker))
    if (lines.length > 1) doubled.push(`${marker} is on record ${lines.length} times`);
  return { lost, doubled, integrity };
}
