import { BOUNDARY, readSymbols, script, scriptOf } from './read-symbols.ts';

/** Where in a text a pattern of this alias is that alias. */
export interface AliasRule {
  /** The very characters that must stand there, null where case forms and capitals are free. */
  exact: string | null;
  /** The character before it must not be of its own script: it begins a word. */
  startsRun: boolean;
  /** What may follow in its own script: anything, nothing, or nothing but a Korean particle. */
  after: 'anything' | 'nothing' | 'particle';
}

/**
 * Reads one alias of a topic file into a pattern of symbols.
 * - `Word phrase` matches its case forms; `=RF` only these very letters; `deploy*` any word that begins so.
 * - Hangul of one syllable must be a whole word but for its particle, of two syllables (a name) begin one;
 *   kana of one or two characters must stand alone, so that キム is not found in キムチ.
 */
export function readAlias(
  alias: string,
  language: string,
  isName: boolean,
): { pattern: Uint16Array; rule: AliasRule } {
  const exact = alias.startsWith('=') ? alias.slice(1) : null;
  const prefix = alias.endsWith('*');
  const text = exact ?? (prefix ? alias.slice(0, -1) : alias);
  const symbols = readSymbols(text);
  let from = 0;
  let to = symbols.length;
  const first = scriptOf(text.charCodeAt(0));
  const last = scriptOf(text.charCodeAt(text.length - 1));
  if (first !== script.word) from = 1;
  if (last !== script.word) to--;
  const pattern = symbols.codes.slice(from, to);
  return {
    pattern: prefix ? prefixPattern(text) : pattern,
    rule: { exact, ...edges(text, first, language, isName) },
  };
}

function edges(text: string, first: number, language: string, isName: boolean): Omit<AliasRule, 'exact'> {
  const length = text.replace(/[\s·・]/g, '').length;
  if (first === script.hangul && (length === 1 || (length === 2 && isName)))
    return { startsRun: true, after: length === 1 ? 'particle' : 'anything' };
  if (first === script.katakana && length <= 2) return { startsRun: true, after: 'nothing' };
  if (first === script.han && length === 1 && language !== 'zh')
    return { startsRun: true, after: 'anything' };
  return { startsRun: false, after: 'anything' };
}

/** A prefix is not stemmed: a stem of the text begins with it. */
function prefixPattern(text: string): Uint16Array {
  return Uint16Array.from([BOUNDARY, ...[...text.toLowerCase()].map((c) => c.charCodeAt(0))]);
}

/** Korean particles and plain endings that may follow a one-syllable name. */
const PARTICLES = new Set(
  '은 는 이 가 을 를 의 에 와 과 도 로 만 측 군 산 서 에서 에게 에는 에도 에선 에겐 엔 까지 부터 보다 한테 간 으로 쪽'.split(
    ' ',
  ),
);

/** Whether an occurrence `[start, end)` of the pattern obeys the alias's rule. */
export function obeys(rule: AliasRule, text: string, start: number, end: number): boolean {
  if (rule.exact !== null && text.slice(start, end) !== rule.exact) return false;
  if (
    rule.startsRun &&
    start > 0 &&
    scriptOf(text.charCodeAt(start - 1)) === scriptOf(text.charCodeAt(start))
  )
    return false;
  if (rule.after === 'anything') return true;
  const own = scriptOf(text.charCodeAt(end - 1));
  let runEnd = end;
  while (runEnd < text.length && scriptOf(text.charCodeAt(runEnd)) === own) runEnd++;
  if (runEnd === end) return true;
  return rule.after === 'particle' && PARTICLES.has(text.slice(end, runEnd));
}
