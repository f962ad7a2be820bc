import type { FeedProblem } from '../model/feed.ts';

/** A request that gave no usable answer, with a sentence for people. */
export class HttpProblem extends Error {
  readonly code: FeedProblem['code'];
  constructor(code: FeedProblem['code'], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'HttpProblem';
    this.code = code;
  }
}

/** Codes of OpenSSL and Node that say why a certificate is not trusted. */
const TLS: Record<string, string> = {
  CERT_HAS_EXPIRED: 'the certificate of the server has expired',
  CERT_NOT_YET_VALID: 'the certificate of the server is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate of the server is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate of the server hangs on a self-signed one',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate of the server is for another host',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the server does not send the whole chain of its certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the certificate of the server comes from an unknown issuer',
  CERT_REVOKED: 'the certificate of the server is revoked',
};

const NETWORK: Record<string, string> = {
  ENOTFOUND: 'there is no host of this name',
  EAI_AGAIN: 'the name of the host could not be looked up',
  ECONNREFUSED: 'the host refuses connections',
  ECONNRESET: 'the host closed the connection before it answered',
  EHOSTUNREACH: 'no way to the host',
  ENETUNREACH: 'no way to the network of the host',
  UND_ERR_HEADERS_OVERFLOW: 'the headers of the answer are too large',
};

/** What a failed request means: undici wraps the reason in causes and, for several addresses, in an AggregateError. */
export function problemOf(error: unknown): HttpProblem {
  const chain = causes(error);
  for (const link of chain) if (link instanceof HttpProblem) return link;
  const codes = chain.map((link) => String((link as NodeJS.ErrnoException).code ?? ''));
  for (const code of codes) if (TLS[code]) return new HttpProblem('tls', TLS[code], error);
  if (codes.some((code) => /TIMEOUT|ETIMEDOUT/.test(code)))
    return new HttpProblem('timeout', 'the host did not answer in time', error);
  for (const code of codes) if (NETWORK[code]) return new HttpProblem('unreachable', NETWORK[code], error);
  if (codes.some((code) => /^(ERR_SSL|ERR_TLS|CERT_|EPROTO)/.test(code)))
    return new HttpProblem('tls', 'no secure connection could be agreed on', error);
  return new HttpProblem('unreachable', `the request failed: ${chain.at(-1)?.message ?? 'unknown'}`, error);
}

function causes(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let at = error; at instanceof Error && chain.length < 6; at = at.cause) {
    chain.push(at);
    if (at instanceof AggregateError) chain.push(...at.errors);
  }
  return chain;
}
