import { createNextOf, type NextOf } from './next-of.ts';
import { endsSentence } from './sentence-end.ts';

/** UTF-16 offsets, end exclusive. */
export interface Span {
  start: number;
  end: number;
}

/** A quotation longer than this is split like other text: its closing mark is probably missing. */
const LONGEST_QUOTE = 400;

const CLOSERS = new Set('"”’»)]}」』）》】〉›'.split(''));
const QUOTE_ENDS: Record<string, string> = {
  '“': '”',
  '„': '“',
  '«': '»',
  '「': '」',
  '『': '』',
  '（': '）',
};

/**
 * Splits a text into sentences, trimmed, in order; line ends are borders. A quotation stays whole with the words
 * around it, so that `"We agree. We go," he said` keeps who said it. English, Korean, Russian, Japanese and Chinese
 * are told by their script; `language` (BCP 47) only decides whether `5. Mai` is an ordinal.
 */
export function splitSentences(text: string, language: string): Span[] {
  const spans: Span[] = [];
  const ordinals = ORDINAL_LANGUAGES.has(language);
  const next = createNextOf(text);
  let start = 0;
  let quoteEnd = -1;
  for (let i = 0; i < text.length; i++) {
    const role = ROLES[text.charCodeAt(i)];
    if (role === 1) {
      push(text, start, i, spans);
      start = i + 1;
      quoteEnd = -1;
    } else if (role === 2 && i > quoteEnd) {
      quoteEnd = findQuoteEnd(next, i, QUOTE_ENDS[text[i]!] ?? '"');
    } else if (role === 3) {
      let last = i;
      while (ROLES[text.charCodeAt(last + 1)] === 3) last++;
      let end = last + 1;
      while (end < text.length && CLOSERS.has(text[end]!) && (text[end] !== '"' || end <= quoteEnd)) end++;
      if (end === quoteEnd - 1 && text[end] === ' ') end = quoteEnd + 1;
      if (end > quoteEnd && endsSentence(text, start, i, last, end, ordinals)) {
        push(text, start, end, spans);
        start = end;
      }
      i = last;
    }
  }
  push(text, start, text.length, spans);
  return spans;
}

/** Languages that write ordinals with a full stop. */
const ORDINAL_LANGUAGES = new Set([
  'de',
  'cs',
  'sk',
  'da',
  'nb',
  'no',
  'fi',
  'et',
  'hu',
  'pl',
  'hr',
  'sr',
  'sl',
  'tr',
]);

const TERMINALS = '.!?…。！？．｡';
const QUOTES = `"${Object.keys(QUOTE_ENDS).join('')}`;

/** 1 line end, 2 opening quotation mark, 3 terminal mark; every other code unit is passed over. */
const ROLES = new Uint8Array(0x10000);
ROLES[0x0a] = 1;
for (const char of QUOTES) ROLES[char.charCodeAt(0)] = 2;
for (const char of TERMINALS) ROLES[char.charCodeAt(0)] = 3;

/** Place of the closing mark in the same line, or -1. */
function findQuoteEnd(next: NextOf, at: number, closer: string): number {
  const end = next(closer, at + 1);
  if (end === -1 || end >= at + LONGEST_QUOTE) return -1;
  const lineEnd = next('\n', at + 1);
  return lineEnd !== -1 && lineEnd < end ? -1 : end;
}

function push(text: string, from: number, to: number, out: Span[]): void {
  let start = from;
  let end = to;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  if (end > start) out.push({ start, end });
}

function isSpace(code: number): boolean {
  return (
    code === 0x20 ||
    (code >= 9 && code <= 13) ||
    code === 0xa0 ||
    code === 0x3000 ||
    code === 0x202f ||
    code === 0x200b ||
    code === 0xfeff
  );
}
