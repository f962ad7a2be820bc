/** What people write for a language, and its code. */
const NAMES: Record<string, string> = {
  english: 'en',
  korean: 'ko',
  russian: 'ru',
  japanese: 'ja',
  chinese: 'zh',
  영어: 'en',
  한국어: 'ko',
  러시아어: 'ru',
  일본어: 'ja',
  중국어: 'zh',
  английский: 'en',
  корейский: 'ko',
  русский: 'ru',
  японский: 'ja',
  китайский: 'zh',
  日本語: 'ja',
  中文: 'zh',
  // Countries' letters; Kanuri, whose code `kr` is, has no news that could be meant.
  kr: 'ko',
  jp: 'ja',
  cn: 'zh',
  ua: 'uk',
};

/** The languages that are judged, grouped and searched as such. */
export const MAIN_LANGUAGES = ['en', 'ko', 'ru', 'ja', 'zh'];

const known = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/** A language's code (BCP 47 primary subtag); else the code most likely meant, or none. */
export function readLanguage(typed: string): { language: string } | { suggestion: string | null } {
  const word = typed.trim().normalize('NFKC').toLowerCase();
  const meant =
    NAMES[word] ?? NAMES[Object.keys(NAMES).find((name) => word.length > 3 && name.startsWith(word)) ?? ''];
  if (meant) return { suggestion: meant };
  return /^[a-z]{2,3}$/.test(word) && known.of(word) ? { language: word } : { suggestion: null };
}
