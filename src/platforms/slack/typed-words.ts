/** A word as typed after `/tumen`. */
export interface Word {
  text: string;
  /** As typed, in straight quotes where it was quoted. */
  source: string;
  quoted: boolean;
}

/** What Slack made of a mention stands between these: no person types them. */
const OPEN = '\ue000';
const CLOSE = '\ue001';
const MENTION = new RegExp(`^${OPEN}([#@!])([^|${CLOSE}]*)(?:\\|([^${CLOSE}]*))?${CLOSE}$`);
/** A long dash at the beginning of a word: `—zone` was `--zone`, `—football` was `-football`. */
export const LONG_DASH = /^[—―]+/;

/**
 * Splits what was typed into words. Slack sends links and mentions in brackets and escapes `& < >`; phones type curly
 * quotes and dashes. Fields of the query language and names of options keep their quoted value: `zone:"New York"`.
 */
export function splitWords(text: string): Word[] {
  const words: Word[] = [];
  const mention = `${OPEN}[^${CLOSE}]*${CLOSE}`;
  const typed = new RegExp(
    `[-—―\\p{L}\\p{N}_]*[:=]?${mention}|([-—―\\p{L}\\p{N}_]*[:=]?)"([^"]*)"?|[^\\s"]+`,
    'gu',
  );
  for (const match of straighten(unwrap(text)).matchAll(typed)) {
    const [source, prefix, inside] = match;
    if (inside === undefined) {
      // A dash between two words excludes nothing.
      if (!/^[-—―]+$/.test(source)) words.push({ text: source, source: shown(source), quoted: false });
      continue;
    }
    // `zone:"Asia/Seoul"` is a named option; `-"phrase"` and `source:"a b"` stay words of the query.
    const isPlain = prefix === '';
    words.push({
      text: isPlain ? inside : `${prefix}${inside}`,
      source: shown(`${prefix!.replace(LONG_DASH, '-')}"${inside}"`),
      quoted: isPlain,
    });
  }
  return words;
}

/** The channel, person or group that Slack put in place of a name; null where the word is none. */
export function readMention(word: string): { kind: 'channel' | 'group'; id: string } | null {
  const [, mark, name] = MENTION.exec(word) ?? [];
  if (mark === '#') return { kind: 'channel', id: name! };
  if (mark === '@') return { kind: 'group', id: name! };
  const group = /^subteam\^(.+)$/.exec(name ?? '')?.[1];
  return mark === '!' && group ? { kind: 'group', id: group } : null;
}

/** Addresses stand for themselves, mentions between marks of ours. */
function unwrap(text: string): string {
  return (
    text
      .replace(new RegExp(`[${OPEN}${CLOSE}]`, 'g'), '')
      // `site:<http://a.example|a.example>`: Slack made a link of a word in the middle.
      .replace(/(\S)<https?:[^|>]*\|([^>]*)>/g, '$1$2')
      .replace(/<(https?:[^|>]*)(?:\|[^>]*)?>/g, '$1')
      .replace(/<(?:mailto|tel):([^|>]*)(?:\|([^>]*))?>/g, (_, address, label) => label || address)
      .replace(/<([#@!][^>]*)>/g, `${OPEN}$1${CLOSE}`)
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&amp;/g, '&')
  );
}

function straighten(text: string): string {
  return text
    .replace(/[“”„‟«»＂]/g, '"')
    .replace(/(^|[\s(:=\-—―])[‘‚‛]([^‘’]+)’(?=[\s),]|$)/g, '$1"$2"')
    .replace(/(^|\s)[–−‑‐](?=\S)/g, '$1-')
    .replace(/(^|\s)[–−‑‐](?=\s|$)/g, '$1')
    .trim();
}

/** In a query, or said back: as the person saw it. */
function shown(word: string): string {
  const mark = new RegExp(`${OPEN}([#@!])([^|${CLOSE}]*)(?:\\|([^${CLOSE}]*))?${CLOSE}`, 'g');
  return word.replace(mark, (_, sign: string, id: string, label?: string) =>
    label ? (sign === '!' || label.startsWith(sign) ? label : sign + label) : sign + id,
  );
}
