import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { readStream, type StreamSource, serveStream } from './stream-server.ts';

interface Ready {
  origin: string;
  outlets: string[];
  from: number;
  until: number;
}

/** The same archive served by a process of its own, so that the memory measured is the service's alone. */
export async function forkStream(file: string, days?: number): Promise<StreamSource> {
  const child = fork(fileURLToPath(import.meta.url), [file, String(days ?? '')], { execArgv: [] });
  const [{ origin, ...ready }] = (await once(child, 'message')) as [Ready];
  return {
    ...ready,
    feedUrl: (slug) => `${origin}/${slug}`,
    async showUntil(at) {
      child.send(at);
      await once(child, 'message');
    },
    async close() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

if (process.send) {
  const [file, days] = process.argv.slice(2);
  const { feedUrl, showUntil, close, ...rest } = await serveStream(
    readStream(file!, Number(days) || undefined),
  );
  process.on('message', async (at: number) => {
    await showUntil(at);
    process.send!('shown');
  });
  process.once('disconnect', () => close());
  process.send({ origin: feedUrl('').slice(0, -1), ...rest });
}
