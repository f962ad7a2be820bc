import { eld } from 'eld/extrasmall';
import { hanHome } from './han-home.ts';

/** Letters that decide are in the first of a text. */
const SAMPLE = 1_000;
/** Below these many letters the detector guesses. */
const ENOUGH_LETTERS = 20;
/** From here on it knows better than a feed's declaration, which is often its software's default. */
const SURE_LETTERS = 24;

const CYRILLIC = new Set(['ru', 'uk', 'be', 'bg', 'sr', 'mk', 'kk', 'ky', 'mn', 'tg', 'uz']);
const ARABIC = new Set(['ar', 'fa', 'ur', 'ps', 'ckb', 'ug']);
const OTHER_SCRIPTS = new Set([...CYRILLIC, ...ARABIC, 'ko', 'ja', 'zh', 'el', 'he', 'th', 'hi', 'ka', 'hy']);

/**
 * The language of a text as a BCP 47 primary subtag, `und` where it cannot be told: its script first, then the feed's
 * own word, and the detector for Latin letters only.
 */
export function detectLanguage(text: string, declared: string | null = null): string {
  const sample = text.slice(0, SAMPLE);
  const count = (script: RegExp) => sample.match(script)?.length ?? 0;
  const latin = count(/\p{Script=Latin}/gu);
  const hangul = count(/\p{Script=Hangul}/gu);
  const kana = count(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu);
  const han = count(/\p{Script=Han}/gu);
  const cyrillic = count(/\p{Script=Cyrillic}/gu);
  const arabic = count(/\p{Script=Arabic}/gu);
  // A syllable or an ideograph says as much as several letters.
  const eastAsian = (hangul + kana + han) * 3;
  if (eastAsian > 0 && eastAsian >= Math.max(latin, cyrillic)) {
    if (hangul >= kana && hangul * 3 >= han) return 'ko';
    if (kana > 0 && kana * 12 >= han) return 'ja';
    return hanLanguage(sample, declared);
  }
  if (cyrillic > 0 && cyrillic >= latin) return cyrillicLanguage(sample, declared);
  if (arabic > 0 && arabic >= latin) {
    if (declared !== null && ARABIC.has(declared)) return declared;
    return /[پچژگ]/.test(sample) ? 'fa' : 'ar';
  }
  if (latin === 0) return otherScript(sample) ?? declared ?? 'und';
  return latinLanguage(sample, latin, declared);
}

/** Headlines in Japanese may have no kana: then the characters only one of the two writes tell. */
function hanLanguage(sample: string, declared: string | null): string {
  let japanese = 0;
  for (const char of sample) {
    const home = hanHome(char);
    if (home !== null) japanese += home === 'ja' ? 1 : -1;
  }
  if (japanese !== 0) return japanese > 0 ? 'ja' : 'zh';
  return declared === 'ja' || declared === 'ko' ? declared : 'zh';
}

function cyrillicLanguage(sample: string, declared: string | null): string {
  if (/[іїєґ]/i.test(sample) && !/[ыэъё]/i.test(sample)) return 'uk';
  if (/ў/i.test(sample)) return 'be';
  if (/[ђћџљњј]/i.test(sample)) return declared === 'mk' ? 'mk' : 'sr';
  if (/[әғқұһ]/i.test(sample)) return 'kk';
  return declared !== null && CYRILLIC.has(declared) ? declared : 'ru';
}

function latinLanguage(sample: string, letters: number, declared: string | null): string {
  const possible = declared !== null && !OTHER_SCRIPTS.has(declared) ? declared : null;
  if (possible !== null && letters < SURE_LETTERS) return possible;
  const found = eld.detect(sample);
  if (possible !== null) return found.language && found.isReliable() ? found.language : possible;
  if (letters < ENOUGH_LETTERS && !found.isReliable()) return 'und';
  return found.language || 'und';
}

function otherScript(sample: string): string | null {
  if (/\p{Script=Greek}/u.test(sample)) return 'el';
  if (/\p{Script=Hebrew}/u.test(sample)) return 'he';
  if (/\p{Script=Thai}/u.test(sample)) return 'th';
  if (/\p{Script=Devanagari}/u.test(sample)) return 'hi';
  if (/\p{Script=Georgian}/u.test(sample)) return 'ka';
  return /\p{Script=Armenian}/u.test(sample) ? 'hy' : null;
}
