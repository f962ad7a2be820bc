import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { createOutbox } from '../../src/deliveries/outbox.ts';
import { createDiscordPublisher } from '../../src/platforms/discord/publisher.ts';
import { openStore } from '../../src/store/open-store.ts';
import { startChatServer } from '../fakes/chat-server.ts';
import { sampleDestination } from '../fakes/sample-destination.ts';
import { sampleDigest } from '../fakes/sample-digest.ts';

/** Destinations due in the same minute, at a server that refuses more than 50 requests/s and 5 per 5 s in a channel. */
const PER_SECOND = 50;
const MOST = 1.15;

interface Counts {
  messages: number;
  channels: number;
  refusals: number;
}

if (process.send) await serve();
else await measure();

async function serve(): Promise<void> {
  const limits = { perSecond: PER_SECOND, perChannel: 5, channelMs: 5_000, faster: 1 };
  const server = await startChatServer({ limits, latencyMs: 20 });
  process.on('message', () => {
    const all = server.all();
    const channels = new Set(all.map((message) => message.channel)).size;
    process.send!({ messages: all.length, channels, refusals: server.refusals() } satisfies Counts);
  });
  process.on('disconnect', () => process.exit(0));
  process.send!(server.discordUrl);
}

async function measure(): Promise<void> {
  const { values } = parseArgs({ options: { destinations: { type: 'string', default: '10000' } } });
  const destinations = Number(values.destinations);
  const folder = mkdtempSync(join(tmpdir(), 'tumen-bench-'));
  const server = fork(import.meta.filename, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const message = <T>() =>
    new Promise<T>((resolve) => server.once('message', (value) => resolve(value as T)));
  const apiUrl = await message<string>();
  const store = await openStore({ file: join(folder, 'tumen.db') });
  const publisher = createDiscordPublisher({ token: 'x', apiUrl });
  const now = Date.now();
  for (let i = 0; i < destinations; i++) {
    const target = String(10_000 + i);
    const destination = await store.destinations.save(sampleDestination({ target }));
    const content = sampleDigest(3, 1);
    const key = `digest:${destination.id}:${now}`;
    const times = { createdAt: now, dueAt: now, expiresAt: now + 10_800_000 };
    const fields = { kind: 'digest', scheduleId: null, slotId: null, cutoff: null } as const;
    await store.deliveries.create(
      { ...fields, ...times, key, content, destinationId: destination.id },
      publisher
        .plan(content, destination, (index) => `${key}:${index}`)
        .map((part, index) => ({ index, ...part, stories: [] })),
    );
  }
  const outbox = createOutbox({
    store,
    publishers: [publisher],
    owner: 'bench',
    log: pino({ level: 'silent' }),
  });

  const memory: number[] = [];
  const sample = setInterval(() => memory.push(process.memoryUsage().rss), 1_000);
  const start = performance.now();
  let sent = 0;
  while (sent < destinations) {
    const [round] = await outbox.tick();
    sent += round?.round?.sent ?? 0;
    if (!round?.round) throw new Error('the round failed', { cause: round?.error });
  }
  const seconds = (performance.now() - start) / 1_000;
  clearInterval(sample);
  server.send('count');
  const counts = await message<Counts>();
  server.disconnect();
  await outbox.stop();
  await store.close();
  rmSync(folder, { recursive: true, force: true });

  const ideal = (destinations - PER_SECOND) / PER_SECOND;
  const ratio = seconds / ideal;
  const mb = (bytes: number) => Math.round(bytes / 1_048_576);
  const quarter = Math.ceil(memory.length / 4);
  const [early, late] = [memory.slice(quarter, 2 * quarter), memory.slice(-quarter)].map((part) =>
    Math.max(...part),
  );
  console.log(`${destinations} destinations, ${counts.messages} messages in ${counts.channels} channels`);
  console.log(
    `${seconds.toFixed(1)} s, the limit's own time is ${ideal.toFixed(1)} s: ${ratio.toFixed(3)} times`,
  );
  console.log(`429 answers: ${counts.refusals}`);
  console.log(`memory (RSS): ${mb(early!)} MB in the second quarter, ${mb(late!)} MB in the last`);
  const isWell = ratio <= MOST && counts.refusals === 0 && counts.messages === destinations;
  process.exitCode = isWell ? 0 : 1;
}
