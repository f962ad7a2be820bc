import robotsParser from 'robots-parser';
import type { HttpClient } from '../net/http-client.ts';
import { HttpProblem } from '../net/http-problem.ts';

/** The package is CommonJS: what its types call `default` is the module itself. */
const parseRobots = robotsParser as unknown as typeof robotsParser.default;

const KEEP_MS = 24 * 3_600_000;
/** RFC 9309, 2.5: half a megabyte is what must be read. */
const MAX_BYTES = 512 * 1024;
const MOST_HOSTS = 2_000;
/** The name that publishers address us by. */
const AGENT = 'tumen';

export interface Robots {
  /** Whether the site allows this page to be fetched. */
  allows(url: string, signal?: AbortSignal): Promise<boolean>;
}

interface Rules {
  until: number;
  allows: (url: string) => boolean;
}

/** robots.txt after RFC 9309: none means yes, a server in trouble means not now. Kept for a day. */
export function createRobots(client: HttpClient, now: () => number): Robots {
  const known = new Map<string, Rules>();
  return {
    async allows(url, signal) {
      const { origin } = new URL(url);
      let rules = known.get(origin);
      if (!rules || rules.until <= now()) {
        rules = { until: now() + KEEP_MS, allows: await read(`${origin}/robots.txt`, client, signal) };
        known.delete(origin);
        known.set(origin, rules);
        if (known.size > MOST_HOSTS) known.delete(known.keys().next().value!);
      }
      return rules.allows(url);
    },
  };
}

async function read(
  url: string,
  client: HttpClient,
  signal?: AbortSignal,
): Promise<(url: string) => boolean> {
  try {
    const { status, body } = await client.fetchBytes(url, {
      maxBytes: MAX_BYTES,
      deadlineMs: 10_000,
      signal,
    });
    if (status >= 500) return () => false;
    if (status !== 200) return () => true;
    const robots = parseRobots(url, new TextDecoder().decode(body));
    return (page) => robots.isAllowed(page, AGENT) !== false;
  } catch (error) {
    if (error instanceof HttpProblem) return () => false;
    throw error;
  }
}
