/** Postgres text cannot hold U+0000, and nobody misses it: both databases store the same. */
export function bindable(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '') : value;
}
