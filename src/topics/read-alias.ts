import { stem } from '../text/stem.ts';
import { BOUNDARY, foldWord, readSymbols, script, scriptOf } from './read-symbols.ts';

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
): { forms: Uint16Array[]; rule: AliasRule } {
  const exact = alias.startsWith('=') ? alias.slice(1) : null;
  const prefix = alias.endsWith('*');
  const text = exact ?? (prefix ? alias.slice(0, -1) : alias);
  const first = scriptOf(text.charCodeAt(0));
  const spellings = exact === null && language === 'ru' ? caseForms(text) : [text];
  return {
    forms: prefix ? [prefixPattern(text)] : spellings.map(patternOf),
    rule: { exact, ...edges(text, first, language, isName) },
  };
}

function patternOf(text: string): Uint16Array {
  const symbols = readSymbols(text);
  const from = scriptOf(text.charCodeAt(0)) === script.word ? 0 : 1;
  const endsInWord = scriptOf(text.charCodeAt(text.length - 1)) === script.word;
  return symbols.codes.slice(from, endsInWord ? symbols.length : symbols.length - 1);
}

const CASE_ENDINGS = ' а я у ю е и ы ом ем ой ей ам ами ах'.split(' ');
/** More stems than this for one alias are not worth their room. */
const MOST_FORMS = 24;

/**
 * Russian case forms of an alias that the stemmer would tell apart, one for each stem: it takes the end of
 * a name for an ending (`Пхеньян` → `пхенья`, but `Пхеньяном` → `пхеньян`).
 */
function caseForms(text: string): string[] {
  let forms = [''];
  for (const piece of text.split(/([\s,«»"—–-]+)/)) {
    const declines = /^[а-яё]+$/i.test(piece) && piece.length > 3 && piece !== piece.toUpperCase();
    const base = piece.replace(/[аяоеёыиьй]$/i, '');
    const byStem = new Map<string, string>();
    for (const form of declines ? [piece, ...CASE_ENDINGS.map((ending) => base + ending)] : [piece]) {
      const found = stem(foldWord(form));
      if (found.length > 2 || form === piece) if (!byStem.has(found)) byStem.set(found, form);
    }
    forms = forms.flatMap((head) => [...byStem.values()].map((form) => head + form)).slice(0, MOST_FORMS);
  }
  return forms;
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

/** Of one script with what follows, or a digit before its unit (`13조로` is an amount). */
function continuesWord(before: number, code: number): boolean {
  return scriptOf(before) === scriptOf(code) || (before >= 0x30 && before <= 0x39);
}

/** Whether an occurrence `[start, end)` of the pattern obeys the alias's rule. */
export function obeys(rule: AliasRule, text: string, start: number, end: number): boolean {
  if (rule.exact !== null && text.slice(start, end) !== rule.exact) return false;
  const startsInside = start > 0 && continuesWord(text.charCodeAt(start - 1), text.charCodeAt(start));
  if (rule.startsRun && startsInside) return false;
  if (rule.after === 'anything') return true;
  const own = scriptOf(text.charCodeAt(end - 1));
  let runEnd = end;
  while (runEnd < text.length && scriptOf(text.charCodeAt(runEnd)) === own) runEnd++;
  if (runEnd === end) return true;
  return rule.after === 'particle' && PARTICLES.has(text.slice(end, runEnd));
}
