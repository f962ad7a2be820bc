/** Elements deeper than this stand in no ordinary document. */
const MAX_DEPTH = 100;
const START_TAG = /<([a-z_][\w:.-]*)(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(\/?)>/iy;

/**
 * Whether every tag of an XML document is whole and every element closed in its turn. One look that stops at the first
 * fault: sax reads on behind a fault and makes an error of each that follows.
 * @param accepts asked of each start tag, its attributes included; no is a fault
 */
export function isWellFormed(source: string, accepts: (name: string, tag: string) => boolean): boolean {
  const open: string[] = [];
  for (let at = source.indexOf('<'); at >= 0; at = source.indexOf('<', at)) {
    const next = source.charCodeAt(at + 1);
    if (next === 47 /* / */) {
      const end = source.indexOf('>', at);
      if (end < 0 || source.slice(at + 2, end).trimEnd() !== open.pop()) return false;
      at = end + 1;
    } else if (next === 33 /* ! */ || next === 63 /* ? */) {
      const mark = next === 63 ? '?>' : source.startsWith('<!--', at) ? '-->' : ']]>';
      const end = source.indexOf(mark, at + 2);
      if (end < 0) return false;
      at = end + mark.length;
    } else {
      START_TAG.lastIndex = at;
      const tag = START_TAG.exec(source);
      if (!tag || open.length > MAX_DEPTH || !accepts(tag[1]!, tag[0])) return false;
      if (tag[2] === '') open.push(tag[1]!);
      at = START_TAG.lastIndex;
    }
  }
  return open.length === 0;
}
