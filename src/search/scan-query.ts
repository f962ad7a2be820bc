import { QueryError } from './query.ts';

/** A piece of a query as typed, UTF-16 offsets, end exclusive. */
export type Piece =
  | { kind: '(' | ')' | 'or' | 'and' | 'not'; start: number; end: number }
  | { kind: 'phrase'; text: string; start: number; end: number }
  | { kind: 'word'; text: string; start: number; end: number }
  | { kind: 'field'; name: string; value: string; valueStart: number; start: number; end: number };

/** Opening quotation mark → marks that may close it: people paste what their keyboard or a page gave them. */
const QUOTES: Record<string, string> = {
  '"': '"“”',
  '“': '"“”',
  '”': '"“”',
  '„': '"“”',
  '«': '»',
  '「': '」',
  '『': '』',
  '＂': '＂',
};
/** Full-width forms that East Asian keyboards give for our operators. */
const NARROW: Record<string, string> = {
  '（': '(',
  '）': ')',
  '：': ':',
  '－': '-',
  '＊': '*',
  '｜': '|',
  '＋': '+',
};
const BREAK = /[\s()]/;
const FIELD = /^[a-z]+$/i;

/** Splits a query into pieces; the text keeps its length, so that offsets hold for what the person typed. */
export function scanQuery(typed: string): Piece[] | QueryError {
  const text = typed.replace(/[（）：－＊｜＋]/g, (c) => NARROW[c]!);
  const pieces: Piece[] = [];
  let i = 0;
  while (i < text.length) {
    const c = text[i]!;
    if (/\s/.test(c)) i++;
    else if (c === '(' || c === ')') pieces.push({ kind: c, start: i, end: ++i });
    else if (c === '|') {
      const start = i;
      while (text[i] === '|') i++;
      pieces.push({ kind: 'or', start, end: i });
    } else if (c === '-' && i + 1 < text.length && !/[\s-]/.test(text[i + 1]!))
      pieces.push({ kind: 'not', start: i, end: ++i });
    else if (QUOTES[c]) {
      const phrase = readPhrase(text, i);
      if (phrase instanceof QueryError) return phrase;
      pieces.push(phrase);
      i = phrase.end;
    } else {
      const piece = readWord(text, i);
      if (piece instanceof QueryError) return piece;
      pieces.push(piece);
      i = piece.end;
    }
  }
  return pieces;
}

function readPhrase(text: string, start: number): Extract<Piece, { kind: 'phrase' }> | QueryError {
  const closing = QUOTES[text[start]!]!;
  let i = start + 1;
  while (i < text.length && !closing.includes(text[i]!)) i++;
  if (i >= text.length)
    return new QueryError(
      'unclosed-quote',
      start,
      text.length - start,
      'The quotation mark is not closed.',
      `${text.trimEnd()}${closing[0]}`,
    );
  return { kind: 'phrase', text: text.slice(start + 1, i), start, end: i + 1 };
}

function readWord(text: string, start: number): Piece | QueryError {
  let i = start;
  while (i < text.length && !BREAK.test(text[i]!) && text[i] !== '|' && !(i > start && QUOTES[text[i]!])) {
    if (text[i] === ':' && i > start && FIELD.test(text.slice(start, i))) return readField(text, start, i);
    i++;
  }
  const word = text.slice(start, i);
  const end = i;
  if (word === 'OR') return { kind: 'or', start, end };
  if (word === 'AND') return { kind: 'and', start, end };
  if (word === 'NOT') return { kind: 'not', start, end };
  return { kind: 'word', text: word, start, end };
}

function readField(text: string, start: number, colon: number): Piece | QueryError {
  const name = text.slice(start, colon).toLowerCase();
  // A web address is a word that nobody means as a field.
  if (text.startsWith('//', colon + 1)) {
    let i = colon;
    while (i < text.length && !BREAK.test(text[i]!)) i++;
    return { kind: 'word', text: text.slice(start, i), start, end: i };
  }
  const valueStart = colon + 1;
  if (QUOTES[text[valueStart] ?? '']) {
    const phrase = readPhrase(text, valueStart);
    if (phrase instanceof QueryError) return phrase;
    return { kind: 'field', name, value: phrase.text, valueStart, start, end: phrase.end };
  }
  let i = valueStart;
  while (i < text.length && !BREAK.test(text[i]!) && text[i] !== '|') i++;
  return { kind: 'field', name, value: text.slice(valueStart, i), valueStart, start, end: i };
}
