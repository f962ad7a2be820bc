import type { HttpClient } from '../net/http-client.ts';
import { HttpProblem } from '../net/http-problem.ts';
import { type RobotsRules, readRobots } from './robots-rules.ts';

const KEEP_MS = 24 * 3_600_000;
/** One time-out is no word of the site: it is asked again after this time. */
const RETRY_MS = 15 * 60_000;
/** RFC 9309, 2.5: half a megabyte is what must be read; the rest is left. */
const MAX_BYTES = 500 * 1024;
const MOST_HOSTS = 500;
/** The name that publishers address us by. */
const AGENT = 'tumen';

export interface Robots {
  /** Whether the site allows this page to be fetched, and how long it wants us to wait between two pages, ms. */
  ask(url: string, signal?: AbortSignal): Promise<{ allowed: boolean; delayMs: number }>;
}

interface Known {
  until: number;
  rules: RobotsRules;
}

const NOTHING_FORBIDDEN: RobotsRules = { allows: () => true, delayMs: 0 };
const ALL_FORBIDDEN: RobotsRules = { allows: () => false, delayMs: 0 };

/**
 * robots.txt after RFC 9309: none means yes; a server in trouble means what it said before, or else not now. Kept for a
 * day.
 */
export function createRobots(client: HttpClient, now: () => number): Robots {
  const sites = new Map<string, Known>();
  return {
    async ask(url, signal) {
      const { origin, pathname, search } = new URL(url);
      let known = sites.get(origin);
      if (!known || known.until <= now()) {
        const rules = await read(`${origin}/robots.txt`, client, signal);
        known = rules
          ? { until: now() + KEEP_MS, rules }
          : { until: now() + RETRY_MS, rules: known?.rules ?? ALL_FORBIDDEN };
        sites.delete(origin);
        sites.set(origin, known);
        if (sites.size > MOST_HOSTS) sites.delete(sites.keys().next().value!);
      }
      return { allowed: known.rules.allows(pathname + search), delayMs: known.rules.delayMs };
    },
  };
}

/** Null where the site gives no answer that counts. */
async function read(url: string, client: HttpClient, signal?: AbortSignal): Promise<RobotsRules | null> {
  try {
    const { status, body, isCut } = await client.fetchBytes(url, {
      maxBytes: MAX_BYTES,
      cut: true,
      deadlineMs: 10_000,
      signal,
    });
    if (status >= 500 || status === 429) return null;
    if (status !== 200) return NOTHING_FORBIDDEN;
    const text = new TextDecoder().decode(body);
    // The last line of a file that was cut is none.
    return readRobots(isCut ? text.slice(0, text.lastIndexOf('\n') + 1) : text, AGENT);
  } catch (error) {
    if (!(error instanceof HttpProblem)) throw error;
    // RFC 9309, 2.3.1.2: redirects without end are no robots.txt.
    return error.code === 'redirects' ? NOTHING_FORBIDDEN : null;
  }
}
