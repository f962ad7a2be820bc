import snowball from 'snowball-stemmers';
import { stemRussian } from './stem-russian.ts';

const english = snowball.newStemmer('english');

/** News repeats its words: a bounded memory of stems saves nearly every call. */
const MEMORY = 50_000;
const memory = new Map<string, string>();

/** Stem of one folded word: Cyrillic by the Russian stemmer, plain Latin by the English one, others unchanged. */
export function stem(word: string): string {
  const known = memory.get(word);
  if (known !== undefined) return known;
  const first = word.charCodeAt(0);
  const stemmed =
    first >= 0x400 && first < 0x500
      ? stemRussian(word)
      : first < 0x250 && word.length > 2
        ? english.stem(word)
        : word;
  if (memory.size >= MEMORY) memory.clear();
  memory.set(word, stemmed);
  return stemmed;
}
