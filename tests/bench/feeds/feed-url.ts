/** Each feed on a host of its own in 127.0.0.0/8. */
export function feedUrl(n: number, port: number): string {
  return `http://127.${1 + (n >> 14)}.${(n >> 7) & 127}.${1 + (n & 127)}:${port}/f${n}`;
}
