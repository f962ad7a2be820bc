import { setTimeout } from 'node:timers/promises';
import { createSandbox } from '../feeds/sandbox.ts';
import type { HttpClient } from '../net/http-client.ts';
import type { PageJob } from './page-worker.ts';
import { createRobots } from './robots.ts';

const PAGE_BYTES = 4 * 2 ** 20;

export interface PageReader {
  /**
   * The article that stands on a page, as plain text; null where there is none.
   * @throws Error with the reason in words where the page may not or cannot be read
   */
  read(url: string, signal?: AbortSignal): Promise<string | null>;
  close(): Promise<void>;
}

/** Fetches pages within what robots.txt allows and takes the article out of them in a worker with limits. */
export function createPageReader(client: HttpClient, now: () => number): PageReader {
  const robots = createRobots(client, now);
  const pace = createPace();
  const sandbox = createSandbox<PageJob, string | null>(new URL('./page-worker.ts', import.meta.url), {
    deadlineMs: 10_000,
    memoryMb: 200,
  });
  return {
    async read(url, signal) {
      const { delayMs } = await askLeave(url, signal);
      await pace(new URL(url).host, delayMs, signal);
      const headers = { accept: 'text/html, application/xhtml+xml' };
      const {
        status,
        headers: answer,
        body,
        finalUrl,
      } = await client.fetchBytes(url, {
        headers,
        maxBytes: PAGE_BYTES,
        signal,
      });
      if (status !== 200) throw new Error(`the page answers with HTTP ${status}`);
      const contentType = String(answer['content-type'] ?? '');
      if (!/html/i.test(contentType)) throw new Error('the page is no HTML');
      // A redirect may lead to a site that does not allow it.
      if (finalUrl !== url) await askLeave(finalUrl, signal);
      return sandbox.run({ bytes: body, contentType });
    },
    close: sandbox.close,
  };

  async function askLeave(url: string, signal?: AbortSignal): Promise<{ delayMs: number }> {
    const { allowed, delayMs } = await robots.ask(url, signal);
    if (!allowed) throw new Error('robots.txt of the site does not allow it');
    return { delayMs };
  }
}

/** Waits until a host may be asked for its next page. */
function createPace(): (host: string, delayMs: number, signal?: AbortSignal) => Promise<void> {
  const next = new Map<string, number>();
  return async (host, delayMs, signal) => {
    const now = performance.now();
    const turn = Math.max(now, next.get(host) ?? 0);
    for (const [name, time] of next) if (time <= now) next.delete(name);
    if (delayMs > 0) next.set(host, turn + delayMs);
    if (turn > now) await setTimeout(turn - now, undefined, { signal });
  };
}
