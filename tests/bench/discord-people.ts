import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parentPort } from 'node:worker_threads';
import { drawFeed } from '../../src/demo/draw-feed.ts';
import { type Asked, DiscordServer, MEMBER_PERMISSIONS } from '../fakes/discord-server.ts';
import { madeText, madeTitle } from './made-news.ts';

// A thread of its own: Discord, the people in it, and 1,000 feeds. Its clock is the one that measures.

export interface Answer {
  path: string;
  first: number;
  full: number;
}

const port = parentPort!;
const discord = await DiscordServer.start();
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
port.postMessage({ api: discord.apiUrl, feedPort: (feeds.address() as AddressInfo).port });

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
  // This thread has little to do: how late it is says how busy the machine is with other things.
  const lag = monitorEventLoopDelay({ resolution: 5 });
  lag.enable();
  const open: { path: string; asked: Asked }[] = [];
  for (let i = 0; i < perSecond * seconds; i++) {
    const [path, options] = kinds[i % kinds.length]!;
    const user = String(400000000000000000n + BigInt(i % 997));
    const channel = '300000000000000001';
    open.push({
      path,
      asked: discord.command(path, options, { user, channel, permissions: MEMBER_PERMISSIONS }),
    });
    await new Promise((resolve) => setTimeout(resolve, 1000 / perSecond));
  }
  const answers: Answer[] = [];
  const lost: string[] = [];
  for (const { path, asked } of open)
    try {
      await discord.answered(asked, 20_000);
      answers.push({ path, first: asked.firstAfter!, full: asked.fullAfter! });
      const text = JSON.stringify(asked.messages);
      if (/in our log as|in a short time/.test(text)) lost.push(`${path}: ${text.slice(0, 300)}`);
    } catch {
      lost.push(`${path}: no answer`);
    }
  return { answers, lost, violations: discord.violations, lagMs: Math.round(lag.percentile(99) / 1e6) };
}
