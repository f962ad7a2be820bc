/** One polling round of the real pipeline on a real database. `node round-tumen.ts <feeds> <port> <database> <round>` */
import { pino } from 'pino';
import { createPollDeps } from '../../../src/feeds/poll-feed.ts';
import { pollDueFeeds } from '../../../src/pipeline/ingest.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { feedUrl } from './feed-url.ts';

const [feeds, port, file, round] = process.argv.slice(2) as [string, string, string, string];
const store = await openStore({ file });
const start = Date.UTC(2024, 5, 20) + Number(round) * 24 * 3_600_000;
if (round === '1') {
  const outlet = await store.outlets.save({
    slug: 'bench',
    name: 'Bench',
    domain: null,
    country: null,
    language: 'en',
    tier: 2,
    stateMedia: false,
    paywalled: false,
  });
  await store.transaction(async (tx) => {
    for (let n = 0; n < Number(feeds); n++)
      await tx.feeds.add({
        url: feedUrl(n, Number(port)),
        scope: 'instance',
        outletId: outlet.id,
        title: 'x',
        language: 'en',
        fullText: 'never',
        nextPollAt: start,
      });
  });
}
const began = performance.now();
const now = () => start + Math.round(performance.now() - began);
const polling = createPollDeps({
  net: { allowPrivate: true, contact: '' },
  polling: { interval: 900_000, slowest: 43_200_000 },
  now,
  random: Math.random,
});
const outcomes: Record<string, number> = { fetched: 0, unchanged: 0, failed: 0 };
let stored = 0;
const polled = await pollDueFeeds(
  {
    store,
    polling,
    owner: 'bench',
    concurrency: 64,
    log: pino({ level: 'silent' }),
    onPolled: (_, result) => {
      outcomes[result.outcome]!++;
      stored += result.stored;
    },
  },
  new AbortController().signal,
);
const seconds = (performance.now() - began) / 1000;
const late = (await store.feeds.list()).filter((feed) => (feed.poll.lastPolledAt ?? 0) < start).length;
await polling.close();
await store.close();
console.log(JSON.stringify({ polled, seconds, stored, late, ...outcomes }));
