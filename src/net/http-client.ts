import type { IncomingHttpHeaders } from 'node:http';
import { Agent, request } from 'undici';
import { checkUrl, type GuardOptions, guardedConnector } from './address-guard.ts';
import { HttpProblem, problemOf } from './http-problem.ts';
import { ACCEPT_ENCODING, readBody } from './read-body.ts';
import { createStopwatch, type Stopwatch } from './stopwatch.ts';
import { createTurns } from './turns.ts';

export const MAX_HOPS = 5;
const MAX_BYTES = 8 * 2 ** 20;

export interface HttpClientOptions extends GuardOptions {
  userAgent: string;
  /** For the connection and the headers of one hop, ms. */
  headerMs?: number;
  /** For the whole request with all hops and the body, without the waiting for a host that is busy with another, ms. */
  deadlineMs?: number;
}

interface FetchOptions {
  /** A function gets the URL of each hop: validators belong to one URL only. */
  headers?: Record<string, string> | ((url: string) => Record<string, string>);
  deadlineMs?: number;
  /** Cap on decoded bytes. */
  maxBytes?: number;
  /** What lies beyond the cap is left, instead of being a fault. */
  cut?: boolean;
  signal?: AbortSignal;
}

interface HttpAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  /** Decoded; empty for 204, 304 and answers that are no success. */
  body: Uint8Array;
  /** Whether more than the cap was there and was left. */
  isCut: boolean;
  /** Where the answer came from. */
  finalUrl: string;
  /** Where 301 and 308 lead before the first temporary redirect, null where they do not. */
  permanentUrl: string | null;
}

/**
 * Every request that a feed, a redirect or a person can steer goes through here. A host is asked one question at a time,
 * whoever asks: each hop waits for its host's turn, and its time begins then.
 */
export interface HttpClient {
  /** @throws HttpProblem where there is no answer; an HTTP error status is an answer. */
  fetchBytes(url: string, options?: FetchOptions): Promise<HttpAnswer>;
  /** Why an address would be refused by its look alone; null where it would not. */
  refusal(url: string): HttpProblem | null;
  close(): Promise<void>;
}

/** `tumen/<version> (+url; contact)`, so that a publisher knows who reads and whom to write to. */
export function userAgent(version: string, contact: string): string {
  const home = 'https://github.com/tumen-bot/tumen';
  const inert = contact.replace(/[^\x20-\x7e]|[()]/g, '');
  return `tumen/${version} (+${home}${inert && inert !== home ? `; ${inert}` : ''})`;
}

export function createHttpClient(options: HttpClientOptions): HttpClient {
  const headerMs = options.headerMs ?? 9_000;
  const agent = new Agent({
    connect: guardedConnector({ connectMs: headerMs, ...options }),
    connections: 1,
    pipelining: 1,
    // A host is asked again in minutes, not in seconds: idle sockets of thousands of hosts are not kept.
    keepAliveTimeout: 1_000,
    keepAliveMaxTimeout: 4_000,
    headersTimeout: headerMs,
    bodyTimeout: 0,
    maxHeaderSize: 32 * 1024,
  });

  const turns = createTurns();

  return {
    fetchBytes,
    refusal(url) {
      try {
        checkUrl(url, options);
        return null;
      } catch (error) {
        return error as HttpProblem;
      }
    },
    close: () => agent.destroy(),
  };

  async function fetchBytes(url: string, fetch: FetchOptions = {}): Promise<HttpAnswer> {
    const abort = new AbortController();
    const deadlineMs = fetch.deadlineMs ?? options.deadlineMs ?? 30_000;
    const late = new HttpProblem('timeout', `the answer was not complete after ${deadlineMs / 1000} s`);
    // undici's bodyTimeout starts again with each chunk: one clock for everything is our own.
    const deadline = createStopwatch(deadlineMs, () => abort.abort(late));
    const onAbort = () => abort.abort(fetch.signal!.reason);
    fetch.signal?.addEventListener('abort', onAbort, { once: true });
    try {
      fetch.signal?.throwIfAborted();
      return await follow(url, fetch, abort, deadline);
    } catch (error) {
      if (fetch.signal?.aborted) throw fetch.signal.reason;
      throw problemOf(abort.signal.aborted ? abort.signal.reason : error);
    } finally {
      deadline.stop();
      fetch.signal?.removeEventListener('abort', onAbort);
      abort.abort();
    }
  }

  async function follow(
    start: string,
    fetch: FetchOptions,
    abort: AbortController,
    deadline: Stopwatch,
  ): Promise<HttpAnswer> {
    let url = start;
    let permanentUrl: string | null = null;
    let permanent = true;
    for (let hop = 0; ; hop++) {
      const target = checkUrl(url, options);
      // Http and https of a host are one host. A turn lasts one hop: two hosts that lead to each other wait for nothing.
      const endTurn = await turns.take(target.host, abort.signal);
      deadline.start();
      const answer = await ask(target, fetch, abort).finally(() => {
        deadline.stop();
        endTurn();
      });
      const location = readLocation(answer.headers);
      if (![301, 302, 303, 307, 308].includes(answer.status) || !location)
        return { ...answer, finalUrl: target.href, permanentUrl };
      if (hop === MAX_HOPS) throw new HttpProblem('redirects', `more than ${MAX_HOPS} redirects`);
      if (!URL.canParse(location, url)) throw new HttpProblem('redirects', 'a redirect leads to no URL');
      const next = new URL(location, url);
      next.hash = '';
      url = next.href;
      permanent &&= answer.status === 301 || answer.status === 308;
      if (permanent) permanentUrl = url;
    }
  }

  async function ask(url: URL, fetch: FetchOptions, abort: AbortController) {
    const late = new HttpProblem('timeout', `the host did not answer within ${headerMs / 1000} s`);
    const timer = setTimeout(() => abort.abort(late), headerMs);
    const extra = typeof fetch.headers === 'function' ? fetch.headers(url.href) : fetch.headers;
    const { statusCode, headers, body } = await request(url, {
      dispatcher: agent,
      signal: abort.signal,
      headers: { 'user-agent': options.userAgent, 'accept-encoding': ACCEPT_ENCODING, ...extra },
    }).finally(() => clearTimeout(timer));
    const status = statusCode;
    if (status < 200 || status > 299 || status === 204) {
      // A short rest is read, so that the connection can be used again; a long one is dropped.
      await body.dump({ limit: 16 * 1024 }).catch(() => undefined);
      return { status, headers, body: new Uint8Array(), isCut: false };
    }
    try {
      const encoding = [headers['content-encoding']].flat().join(',');
      const { maxBytes = MAX_BYTES, cut = false } = fetch;
      return { status, headers, ...(await readBody(body, encoding, maxBytes, cut)) };
    } catch (error) {
      if (abort.signal.aborted || error instanceof HttpProblem) throw error;
      // The headers came, so whatever ends the body now cuts it.
      throw new HttpProblem('truncated', 'the answer breaks off', error);
    } finally {
      body.on('error', () => undefined).destroy();
    }
  }
}

/** Headers come as Latin-1; a publisher that writes letters of its own into an address means UTF-8. */
function readLocation(headers: IncomingHttpHeaders): string | undefined {
  const text = [headers.location].flat()[0];
  if (text === undefined) return undefined;
  const decoded = Buffer.from(text, 'latin1').toString('utf8');
  return decoded.includes('\ufffd') ? text : decoded;
}
