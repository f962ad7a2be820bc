import { fold } from '../text/fold.ts';
import { stem } from '../text/stem.ts';
import { tokenize } from '../text/tokenize.ts';
import { without } from './mend-query.ts';
import { QueryError, type Words } from './query.ts';
import type { Piece } from './scan-query.ts';

/** Two where a prefix also stands for its own stem. */
type ReadWords = Words | { kind: 'or'; nodes: Words[] };

/**
 * A word or phrase as its tokens; null where it has none (`&`).
 * @param text the whole query
 */
export function readWords(
  text: string,
  piece: Extract<Piece, { kind: 'word' | 'phrase' }>,
): ReadWords | null | QueryError {
  const isWord = piece.kind === 'word';
  const typed = isWord ? piece.text.replace(/^\++/, '') : piece.text;
  if (isWord && typed.length > 2 && /^\/.*\/[a-z]*$/.test(typed))
    return new QueryError(
      'regular-expression',
      piece.start,
      piece.text.length,
      'Regular expressions are not supported: use words, "phrases" and prefix*.',
    );
  const star = typed.endsWith('*');
  const bare = star ? typed.slice(0, -1) : typed;
  if (isWord && bare.includes('*')) {
    const at = piece.start + typed.indexOf('*');
    return bare.startsWith('*')
      ? new QueryError(
          'leading-star',
          at,
          1,
          'A star may stand at the end of a word only.',
          without(text, { start: at, end: at + 1 }),
        )
      : new QueryError(
          'inner-star',
          at,
          1,
          'A star may stand at the end of a word only.',
          text.slice(0, at + 1) + text.slice(piece.end),
        );
  }
  const tokens = tokenize(bare, true);
  const last = tokens.at(-1);
  if (!last) return null;
  const terms = tokens.map((t) => t.term);
  const shown = isWord ? typed : `"${piece.text}"`;
  if (last.kind === 'bigram') {
    // Unspaced script: what comes after belongs to another word or is a particle, so a run may go on.
    // Its lone last character finds any term that begins so; after bigrams it says nothing more.
    const before = tokens.at(-2);
    const joined = before?.kind === 'bigram' && before.end === last.end;
    if (joined) terms.pop();
    return { kind: 'words', terms, prefix: !joined, text: shown };
  }
  if (!star) return { kind: 'words', terms, prefix: false, text: shown };
  if (last.end - last.start < 2)
    return new QueryError(
      'short-prefix',
      piece.start,
      piece.end - piece.start,
      'A prefix needs at least two letters.',
    );
  return readPrefix(terms, bare.slice(last.start, last.end), shown);
}

/**
 * The index holds stems, so a prefix finds the stems that begin as typed (`missi*`, `missil*`) and, where
 * it is longer than its own stem, that stem too (`missiles*`).
 */
function readPrefix(terms: string[], typed: string, text: string): ReadWords {
  const prefix = fold(typed.normalize('NFC'));
  const start = terms.slice(0, -1);
  const open: Words = { kind: 'words', terms: [...start, prefix], prefix: true, text };
  const own = stem(prefix);
  if (own.startsWith(prefix)) return open;
  return { kind: 'or', nodes: [open, { kind: 'words', terms: [...start, own], prefix: false, text }] };
}
