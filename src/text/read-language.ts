import { nearest } from './nearest.ts';

/** The languages that are judged, grouped and searched as such. */
export const MAIN_LANGUAGES = ['en', 'ko', 'ru', 'ja', 'zh'];

/** A language's code (BCP 47 primary subtag); else the code most likely meant, or none. */
export function readLanguage(typed: string): { language: string } | { suggestion: string | null } {
  const word = typed.trim().normalize('NFKC').toLowerCase();
  if (isLanguage(word)) return { language: word };
  return { suggestion: OF_COUNTRY[word] ?? NAMES.get(nearest(word, [...NAMES.keys()]) ?? '') ?? null };
}

/** `ko, en` → `['ko', 'en']`; null where one of them is no language. */
export function readLanguages(typed: string): string[] | null {
  const codes = wordsOf(typed);
  return codes.length && codes.every(isLanguage) ? [...new Set(codes)] : null;
}

/** The languages most likely meant by `kr,english`; null where one of them cannot be guessed. */
export function suggestLanguages(typed: string): string | null {
  const codes = wordsOf(typed).map((word) => {
    const read = readLanguage(word);
    return 'language' in read ? read.language : read.suggestion;
  });
  return codes.length && !codes.includes(null) ? [...new Set(codes)].join(',') : null;
}

/** Codes of countries that people write for their language; some of them are codes of other languages, too. */
const OF_COUNTRY: Record<string, string> = {
  kr: 'ko',
  kp: 'ko',
  jp: 'ja',
  cn: 'zh',
  tw: 'zh',
  ua: 'uk',
  us: 'en',
  gb: 'en',
  cz: 'cs',
  dk: 'da',
  gr: 'el',
  vn: 'vi',
};

const KNOWN = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

function isLanguage(code: string): boolean {
  return /^[a-z]{2,3}$/.test(code) && !(code in OF_COUNTRY) && KNOWN.of(code) !== undefined;
}

/** What languages are called: in each of ours, and by those who speak them. */
const NAMES = new Map(
  ['en', 'ko', 'ru', 'zh', 'ja', 'uk', 'de', 'fr', 'es', 'it', 'pl', 'tr', 'vi', 'ar', 'pt'].flatMap((code) =>
    ['en', 'ko', 'ru', code].map((locale): [string, string] => [
      (new Intl.DisplayNames([locale], { type: 'language' }).of(code) ?? code).toLowerCase(),
      code,
    ]),
  ),
);

function wordsOf(typed: string): string[] {
  return typed
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
}
