import { outletFromName } from '../model/outlet.ts';
import { KINDS } from '../model/topic.ts';
import { nearest } from '../text/nearest.ts';
import { MAIN_LANGUAGES, readLanguage } from '../text/read-language.ts';
import { replace } from './mend-query.ts';
import { type DateTest, FIELDS, type Field, type FieldTest, QueryError } from './query.ts';
import type { Piece } from './scan-query.ts';

/** What the fields may name here, for corrections; a field that is left out is not checked. */
export type Vocabulary = Partial<Record<'source' | 'theme' | 'side' | 'entity' | 'topic', readonly string[]>>;

/**
 * A field with its value, checked where its values are known; `any-topic` for `topic:any`.
 * @param text the whole query
 */
export function readField(
  text: string,
  piece: Extract<Piece, { kind: 'field' }>,
  vocabulary: Vocabulary,
): FieldTest | DateTest | 'any-topic' | QueryError {
  const length = piece.end - piece.start;
  if (!isField(piece.name)) {
    const near = nearest(piece.name, FIELDS);
    const quoted = `"${text.slice(piece.start, piece.end).replaceAll('"', '')}"`;
    return new QueryError(
      'unknown-field',
      piece.start,
      piece.name.length,
      `There is no field "${piece.name}". Fields: ${FIELDS.join(', ')}.`,
      replace(text, piece, near ? `${near}:${text.slice(piece.valueStart, piece.end)}` : quoted),
    );
  }
  const typed = piece.value.trim();
  if (!typed)
    return new QueryError('empty-field', piece.start, length, `Give a value after "${piece.name}:".`);
  const field = piece.name;
  const bad = (message: string, better: string | null, valid: readonly string[]): QueryError =>
    new QueryError(
      'bad-value',
      piece.valueStart,
      piece.end - piece.valueStart,
      message,
      better && replace(text, { start: piece.valueStart, end: piece.end }, better),
      valid.map((one) => `${field}:${one}`),
    );
  const value = typed.normalize('NFKC').toLowerCase();
  switch (field) {
    case 'lang': {
      const read = readLanguage(value);
      if ('language' in read) return { kind: 'field', field, value: read.language };
      return bad('A language is a code such as ko or ru.', read.suggestion, MAIN_LANGUAGES);
    }
    case 'kind': {
      if ((KINDS as readonly string[]).includes(value)) return { kind: 'field', field, value };
      return bad(`Kinds: ${KINDS.join(', ')}.`, nearest(value, KINDS), KINDS);
    }
    case 'after':
    case 'before': {
      if (isDay(value)) return { kind: 'date', field, value };
      return bad('A day is written 2024-06-19.', mendDay(value), ['2024-06-19']);
    }
    default: {
      const slug = outletFromName(value).slug;
      if (field === 'topic' && slug === 'any') return 'any-topic';
      const known = vocabulary[field];
      if (!known || known.includes(slug)) return { kind: 'field', field, value: slug };
      return bad(`There is no ${field} "${typed}".`, nearest(slug, known), known);
    }
  }
}

function isField(name: string): name is Field {
  return (FIELDS as readonly string[]).includes(name);
}

function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const at = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
}

/** The day most likely meant: other signs between its numbers, a month or day beyond the last one. */
function mendDay(value: string): string | null {
  const [, y, m, d] = /^(\d{4})[./-]?(\d{1,2})[./-]?(\d{1,2})$/.exec(value) ?? [];
  if (y === undefined) return null;
  const month = Math.min(Math.max(Number(m), 1), 12);
  const last = new Date(Date.UTC(Number(y), month, 0)).getUTCDate();
  const day = Math.min(Math.max(Number(d), 1), last);
  return `${y}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
