import type { IncomingHttpHeaders } from 'node:http';
import { Agent, request } from 'undici';
import { checkUrl, type GuardOptions, guardedConnector } from './address-guard.ts';
import { HttpProblem, problemOf } from './http-problem.ts';
import { ACCEPT_ENCODING, readBody } from './read-body.ts';

export const MAX_HOPS = 5;
const MAX_BYTES = 8 * 2 ** 20;

export interface HttpClientOptions extends GuardOptions {
  userAgent: string;
  /** For the connection and the headers of one hop, ms. */
  headerMs?: number;
  /** For the whole request with all hops and the body, ms. */
  deadlineMs?: number;
}

interface FetchOptions {
  /** A function gets the URL of each hop: validators belong to one URL only. */
  headers?: Record<string, string> | ((url: string) => Record<string, string>);
  deadlineMs?: number;
  /** Cap on decoded bytes. */
  maxBytes?: number;
  signal?: AbortSignal;
}

interface HttpAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  /** Decoded; empty for 204, 304 and answers that are no success. */
  body: Uint8Array;
  /** Where the answer came from. */
  finalUrl: string;
  /** Where 301 and 308 lead before the first temporary redirect, null where they do not. */
  permanentUrl: string | null;
}

/** Every request that a feed, a redirect or a person can steer goes through here. */
export interface HttpClient {
  /** @throws HttpProblem where there is no answer; an HTTP error status is an answer. */
  fetchBytes(url: string, options?: FetchOptions): Promise<HttpAnswer>;
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
    connections: 2,
    pipelining: 1,
    // A host is asked again in minutes, not in seconds: idle sockets of thousands of hosts are not kept.
    keepAliveTimeout: 1_000,
    keepAliveMaxTimeout: 4_000,
    headersTimeout: headerMs,
    bodyTimeout: 0,
    maxHeaderSize: 32 * 1024,
  });

  return {
    fetchBytes,
    close: () => agent.destroy(),
  };

  async function fetchBytes(url: string, fetch: FetchOptions = {}): Promise<HttpAnswer> {
    const abort = new AbortController();
    const stop = (problem: HttpProblem) => () => abort.abort(problem);
    const deadlineMs = fetch.deadlineMs ?? options.deadlineMs ?? 30_000;
    // undici's bodyTimeout starts again with each chunk: one timer for everything is our own.
    const deadline = setTimeout(
      stop(new HttpProblem('timeout', `the answer was not complete after ${deadlineMs / 1000} s`)),
      deadlineMs,
    );
    const onAbort = () => abort.abort(fetch.signal!.reason);
    fetch.signal?.addEventListener('abort', onAbort, { once: true });
    try {
      fetch.signal?.throwIfAborted();
      return await follow(url, fetch, abort);
    } catch (error) {
      if (fetch.signal?.aborted) throw fetch.signal.reason;
      throw problemOf(abort.signal.aborted ? abort.signal.reason : error);
    } finally {
      clearTimeout(deadline);
      fetch.signal?.removeEventListener('abort', onAbort);
      abort.abort();
    }
  }

  async function follow(start: string, fetch: FetchOptions, abort: AbortController): Promise<HttpAnswer> {
    let url = start;
    let permanentUrl: string | null = null;
    let permanent = true;
    for (let hop = 0; ; hop++) {
      const target = checkUrl(url, options.allowPrivate);
      const answer = await ask(target, fetch, abort);
      const location = [answer.headers.location].flat()[0];
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
      return { status, headers, body: new Uint8Array() };
    }
    try {
      const encoding = [headers['content-encoding']].flat().join(',');
      return { status, headers, body: await readBody(body, encoding, fetch.maxBytes ?? MAX_BYTES) };
    } catch (error) {
      if (abort.signal.aborted || error instanceof HttpProblem) throw error;
      // The headers came, so whatever ends the body now cuts it.
      throw new HttpProblem('truncated', 'the answer breaks off', error);
    } finally {
      body.on('error', () => undefined).destroy();
    }
  }
}
