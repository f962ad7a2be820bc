/** A web address of others, without the credentials that make one host look like another; null where it is none. */
export function webAddress(url: string | null): URL | null {
  const address = url === null ? null : URL.parse(url);
  if (!address || !/^https?:$/.test(address.protocol)) return null;
  address.username = address.password = '';
  return address;
}

/** `wire.example` of an address, in ASCII so that look-alike letters show; null where it is no web address. */
export function domainOf(url: string | null): string | null {
  return webAddress(url)?.host.replace(/^www\./, '') ?? null;
}
