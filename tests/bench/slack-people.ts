import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parentPort } from 'node:worker_threads';
import { drawFeed } from '../../src/demo/draw-feed.ts';
import { SlackServer } from '../fakes/slack-server.ts';
import { madeText, madeTitle } from './made-news.ts';

// A thread of its own: Slack, the people in it, and 1,000 feeds. Its clock is the one that measures.

export interface Answer {
  path: string;
  first: number;
  full: number;
}

const port = parentPort!;
const slack = await SlackServer.start();
const PEOPLE = 997;
for (let i = 0; i < PEOPLE; i++) slack.users.set(`U0P${i}`, { id: `U0P${i}`, locale: 'en-US' });
let round = 0;
const feeds = createServer((request, response) => {
  const feed = Number(request.url!.slice(1));
  const entries = Array.from({ length: 20 }, (_, k) => {
    // One new entry a round and feed, as the better of them have.
    const i = 1_000_000 + feed * 1_000 + round + k;
    const link = `https://feed-${feed}.example/${i}`;
    return { url: link, guid: link, title: madeTitle(i), text: madeText(i), at: Date.now() - k * 60_000 };
  });
  const outlet = {
    slug: `feed-${feed}`,
    name: `Feed ${feed}`,
    country: '',
    language: 'en',
    tier: 2 as const,
    stateMedia: false,
  };
  const { type, body } = drawFeed(
    { ...outlet, format: 'rss2', charset: 'utf-8' },
    `https://feed-${feed}.example/`,
    entries,
  );
  response.writeHead(200, { 'content-type': type }).end(body);
});
await new Promise<void>((resolve) => feeds.listen(0, '0.0.0.0', resolve));
port.postMessage({ api: slack.apiUrl, feedPort: (feeds.address() as AddressInfo).port });

port.on(
  'message',
  async (message: {
    ask?: [string, Record<string, unknown>][];
    perSecond?: number;
    seconds?: number;
    nextRound?: true;
  }) => {
    if (message.nextRound) round++;
    if (message.ask) port.postMessage(await ask(message.ask, message.perSecond!, message.seconds!));
  },
);

/** People ask at a steady rate, one kind of thing after the other, each person a few times a minute. */
async function ask(kinds: [string, Record<string, unknown>][], perSecond: number, seconds: number) {
  const answers: Answer[] = [];
  const lost: string[] = [];
  const open: Promise<void>[] = [];
  const lag = monitorEventLoopDelay({ resolution: 5 });
  lag.enable();
  for (let i = 0; i < perSecond * seconds; i++) {
    const [path, options] = kinds[i % kinds.length]!;
    const words = Object.values(options).join(' ');
    const take = slack.type(`${path} ${words}`, `U0P${i % PEOPLE}`).then(
      ({ ack, messages, ms }) => {
        answers.push({ path, first: ack.ms, full: ms });
        const text = JSON.stringify(messages);
        if (/in our log as|in a short time/.test(text)) lost.push(`${path}: ${text.slice(0, 300)}`);
      },
      () => void lost.push(`${path}: no answer`),
    );
    open.push(take);
    await new Promise((resolve) => setTimeout(resolve, 1000 / perSecond));
  }
  await Promise.all(open);
  const lagMs = Math.round(lag.percentile(99) / 1e6);
  return { answers, lost, violations: slack.violations, lagMs };
}
