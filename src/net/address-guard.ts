import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import ipaddr from 'ipaddr.js';
import { buildConnector } from 'undici';
import { HttpProblem } from './http-problem.ts';

export interface GuardOptions {
  /** Private addresses and ports besides 80 and 443 are allowed: the configuration's `net.allowPrivate`. */
  allowPrivate: boolean;
  /** For tests of rebinding; default the system's resolver. */
  lookup?: LookupFunction;
  connectMs?: number;
  /** For tests, which have nothing but loopback: what counts as public instead of `isPublicAddress`. */
  isAllowed?: (address: string) => boolean;
  /** For tests: ports that are allowed besides 80 and 443. */
  ports?: readonly number[];
  /** Authorities to trust besides the system's, PEM. */
  ca?: string;
}

/** Global unicast (RFC 4291) without what RFC 6890 and the IANA registry set apart in it. */
const IPV6_GLOBAL = ipaddr.IPv6.parseCIDR('2000::/3');
const IPV6_SPECIAL = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'].map(
  (range) => ipaddr.IPv6.parseCIDR(range),
);
/** Special ranges that ipaddr.js calls unicast. */
const IPV4_SPECIAL = [
  '192.88.99.0/24',
  '198.18.0.0/15',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.175.48.0/24',
].map((range) => ipaddr.IPv4.parseCIDR(range));

/** Whether an address literal belongs to the open internet. */
export function isPublicAddress(literal: string): boolean {
  const address = ipaddr.parse(literal.replace(/%.*$/, ''));
  if (address instanceof ipaddr.IPv6)
    return address.match(IPV6_GLOBAL) && !IPV6_SPECIAL.some((range) => address.match(range));
  return address.range() === 'unicast' && !IPV4_SPECIAL.some((range) => address.match(range));
}

type UrlRules = Pick<GuardOptions, 'allowPrivate' | 'isAllowed' | 'ports'>;

/** Refuses what can be refused by the look of a URL. @throws HttpProblem `refused-address` */
export function checkUrl(
  text: string,
  { allowPrivate, isAllowed = isPublicAddress, ports = [] }: UrlRules,
): URL {
  if (!URL.canParse(text)) throw refused('this is not a URL');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw refused(`only http and https are fetched, not ${url.protocol}`);
  if (url.username || url.password) throw refused('URLs with a user name or password are not fetched');
  if (allowPrivate) return url;
  if (url.port !== '' && !ports.includes(Number(url.port)))
    throw refused(`port ${url.port} is not fetched, only 80 and 443`);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) && !isAllowed(host)) throw refused(`${host} is not an address of the open internet`);
  if (/(^|\.)(localhost|local|internal|home\.arpa)\.?$/i.test(host))
    throw refused(`${host} is a name of the local network`);
  return url;
}

/**
 * A connector that reaches public addresses only. undici never calls `lookup` for address literals, and an answer may
 * differ from the one before it, so the literal, every answer and at last the connected address are checked.
 */
export function guardedConnector({
  allowPrivate,
  lookup,
  connectMs,
  isAllowed = isPublicAddress,
  ca,
}: GuardOptions): buildConnector.connector {
  const resolve = lookup ?? (systemLookup as LookupFunction);
  const connect = buildConnector({
    timeout: connectMs ?? 9_000,
    allowH2: false,
    ...(ca ? { ca } : {}),
    ...{ lookup: allowPrivate ? resolve : guardLookup(resolve, isAllowed) },
  });
  if (allowPrivate) return connect;
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) && !isAllowed(host))
      return callback(refused(`${host} is not an address of the open internet`), null);
    connect(options, (error, socket) => {
      if (error) return callback(error, null);
      const remote = (socket as Socket).remoteAddress;
      if (remote && isAllowed(remote)) return callback(null, socket!);
      socket!.destroy();
      callback(refused('the host led to an address that is not of the open internet'), null);
    });
  };
}

/** One private answer among public ones is refused too: the system chooses among them, not we. */
function guardLookup(resolve: LookupFunction, isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, answer) => {
      if (error) return callback(error, '', 0);
      const answers = Array.isArray(answer) ? answer : [{ address: answer, family: isIP(answer) }];
      const bad = answers.find(({ address }) => !isAllowed(address));
      if (bad || !answers.length)
        return callback(
          refused(`${hostname} leads to ${bad?.address ?? 'nowhere'}, which is not of the open internet`),
          '',
          0,
        );
      if (options.all) callback(null, answers);
      else callback(null, answers[0]!.address, answers[0]!.family);
    });
  };
}

function refused(message: string): HttpProblem {
  return new HttpProblem('refused-address', message);
}
