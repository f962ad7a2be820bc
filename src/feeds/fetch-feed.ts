import type { IncomingHttpHeaders } from 'node:http';
import type { Feed, FeedProblem, PollState } from '../model/feed.ts';
import type { HttpClient } from '../net/http-client.ts';
import { HttpProblem } from '../net/http-problem.ts';

export const ACCEPT =
  'application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.7, */*;q=0.5';

/** The longest wait that a server may ask for, ms. */
const MAX_WAIT = 24 * 3_600_000;

/** Sightings of one permanent redirect after which its target is asked directly. */
const ADOPT_AFTER = 3;

export function isAdopted(redirect: PollState['redirect']): redirect is NonNullable<PollState['redirect']> {
  return redirect !== null && redirect.sightings >= ADOPT_AFTER;
}

export type FetchedFeed =
  | { kind: 'not-modified'; freshForMs: number | null; permanentUrl: string | null; finalUrl: string }
  | {
      kind: 'body';
      body: Uint8Array;
      contentType: string | null;
      etag: string | null;
      lastModified: string | null;
      /** How long the answer may be used, by Cache-Control or Expires, ms; null where it says nothing. */
      freshForMs: number | null;
      permanentUrl: string | null;
      finalUrl: string;
    }
  | { kind: 'problem'; problem: FeedProblem; retryAfterMs: number };

/** Asks a server for a feed, politely: only what changed since the last answer. Never throws but for `signal`. */
export async function fetchFeed(
  feed: Pick<Feed, 'url' | 'poll'>,
  client: HttpClient,
  now: number,
  signal?: AbortSignal,
): Promise<FetchedFeed> {
  const { redirect } = feed.poll;
  // An empty header is no validator.
  const etag = feed.poll.etag || null;
  const lastModified = feed.poll.lastModified || null;
  const validated =
    etag === null && lastModified === null ? null : URL.parse(redirect?.url ?? feed.url)?.href;
  const headers = (url: string) => ({
    accept: ACCEPT,
    ...(url === validated && etag !== null ? { 'if-none-match': etag } : {}),
    ...(url === validated && lastModified !== null ? { 'if-modified-since': lastModified } : {}),
  });
  const address = isAdopted(redirect) ? redirect.url : feed.url;
  const asked = URL.parse(address)?.href ?? address;
  try {
    const answer = await client.fetchBytes(asked, { headers, signal });
    const { status, finalUrl, permanentUrl } = answer;
    const freshForMs = freshFor(answer.headers, now);
    if (status === 304 && finalUrl === validated)
      return { kind: 'not-modified', freshForMs, finalUrl, permanentUrl };
    if (status < 200 || status > 299) {
      const isOwn = finalUrl === (permanentUrl ?? asked);
      return {
        kind: 'problem',
        problem: statusProblem(answer, isOwn),
        retryAfterMs: retryAfter(answer.headers, now),
      };
    }
    return {
      kind: 'body',
      body: answer.body,
      contentType: one(answer.headers['content-type']),
      etag: one(answer.headers.etag),
      lastModified: one(answer.headers['last-modified']),
      freshForMs,
      permanentUrl,
      finalUrl,
    };
  } catch (error) {
    if (!(error instanceof HttpProblem)) throw error;
    return { kind: 'problem', problem: { code: error.code, message: error.message }, retryAfterMs: 0 };
  }
}

const STATUS: Record<number, string> = {
  304: 'the server says that nothing is new, though it was not asked for what is new',
  400: 'the server finds the request bad',
  401: 'the server wants a login',
  402: 'the server wants to be paid',
  403: 'the server refuses to give it to us',
  404: 'there is nothing at this address',
  406: 'the server has no form of it that we read',
  410: 'the server says that it is gone for good',
  429: 'the server asks us to come back later',
  451: 'the server may not give it for legal reasons',
};

/** @param isOwn whether this is the word of the feed's own or permanent address, not of one it leads to for a while */
function statusProblem(
  { status, headers }: { status: number; headers: IncomingHttpHeaders },
  isOwn: boolean,
): FeedProblem {
  if (status === 410 && !isOwn)
    return {
      code: 'http-status',
      status,
      message: 'the address it leads to for the time being is gone (HTTP 410)',
    };
  if (status === 410)
    return { code: 'gone', status, message: 'the server says that it is gone for good (HTTP 410)' };
  if (status === 429 || (status === 503 && headers['retry-after'] !== undefined))
    return {
      code: 'rate-limited',
      status,
      message: `the server asks us to come back later (HTTP ${status})`,
    };
  return { code: 'http-status', status, message: describeStatus(status) };
}

/** What a status without a feed means, in words. */
export function describeStatus(status: number): string {
  const words = STATUS[status] ?? (status >= 500 ? 'the server is in trouble' : 'an answer that is no feed');
  return `${words} (HTTP ${status})`;
}

/** Retry-After in seconds or as a date, RFC 9110, 10.2.3; at most a day. */
function retryAfter(headers: IncomingHttpHeaders, now: number): number {
  const value = one(headers['retry-after'])?.trim() ?? '';
  const wait = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now;
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), MAX_WAIT) : 0;
}

/** RFC 9111, 4.2.1: max-age before Expires, which counts from the server's own Date; Age counts. Null where nothing is said. */
function freshFor(headers: IncomingHttpHeaders, now: number): number | null {
  // Several lines of one field are one list (RFC 9110, 5.3).
  const control = [headers['cache-control']].flat().join(',').toLowerCase();
  // With names behind it, no-cache is about those fields only.
  if (/\bno-(?:cache|store)\b(?!\s*=)/.test(control)) return 0;
  const age = Number(one(headers.age) ?? 0) * 1_000 || 0;
  const maxAge = /\bmax-age\s*=\s*"?(\d+)/.exec(control)?.[1];
  const expires = one(headers.expires);
  if (maxAge === undefined && expires === null) return null;
  const sent = Date.parse(one(headers.date) ?? '');
  const lifetime =
    maxAge !== undefined
      ? Number(maxAge) * 1_000
      : Date.parse(expires!) - (Number.isFinite(sent) ? sent : now);
  const fresh = lifetime - age;
  return Number.isFinite(fresh) ? Math.min(Math.max(fresh, 0), MAX_WAIT) : 0;
}

function one(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
}
