import { fold } from '../text/fold.ts';
import { isStopword } from '../text/stopwords.ts';
import { tokenize } from '../text/tokenize.ts';

/** Words that begin sentences in English and Russian beside the function words: no names. */
const OPENERS = new Set(
  tokenize(
    'officials authorities ministers leaders talks state media government governments both several many most other others ' +
      'according earlier later meanwhile however reports reporters diplomats analysts experts troops soldiers police ' +
      'president presidents minister foreign defence defense foreign military navy army parliament lawmakers sources ' +
      'spokesman spokeswoman spokesperson representatives delegates delegations sides parties countries nations ' +
      'власти чиновники министры лидеры стороны источники представители эксперты военные правительство президент министр ' +
      'ранее также однако между ведомство агентство глава документ стороны страны переговоры',
  ).map((token) => token.term),
);
const CAPITALIZED = /(?<![\p{L}\p{N}'’-])\p{Lu}[\p{L}\p{N}]*(?:['’-]\p{L}[\p{L}\p{N}]*)*/gu;
const KATAKANA = /[\u30a1-\u30fa\u30fc]{2,}(?:・[\u30a1-\u30fa\u30fc]{2,})*/gu;
/** What stands before a title: a name, a country, an office. */
const TITLED =
  /([가-힣]{2,5})\s?(?:대통령|총리|국무위원장|위원장|장관|차관|외무상|국방상|대변인|대사|의원|대표|사령관|장군|총장|국장)|([가-힣]{2,5})\s[가-힣]{2,4}(?:장관|차관|위원장|대변인|의원|대표|사령관)|([\p{Script=Han}]{2,4})(?:大統領|首相|総書記|大臣|外相|報道官|大使|議員|総統|总统|主席|总理|部长|外长|发言人|大使|将军|司令)/gu;
/** Three Han characters in a row that the source has nowhere are a name or an event of its own. */
const HAN_RUN = /\p{Script=Han}{3,}/gu;

/** Whether a text names somebody or something that its source does not. @param known the source's terms */
export function inventsName(text: string, source: string, known: Set<string>): boolean {
  const folded = plain(source);
  for (const match of text.matchAll(CAPITALIZED)) {
    const terms = tokenize(match[0]).map((token) => token.term);
    if (terms.every((term) => term.length < 2 || isKnown(term, known))) continue;
    if (folded.includes(plain(match[0]))) continue;
    const begins =
      text
        .slice(0, match.index)
        .trim()
        .replace(/["“«(]/g, '') === '';
    if (begins && terms.every((term) => isStopword(term) || OPENERS.has(term))) continue;
    return true;
  }
  for (const [name] of text.matchAll(KATAKANA)) if (!folded.includes(plain(name))) return true;
  for (const [run] of text.matchAll(HAN_RUN)) {
    let unknown = 0;
    for (const char of run) {
      unknown = folded.includes(plain(char)) ? 0 : unknown + 1;
      if (unknown === 3) return true;
    }
  }
  return [...text.matchAll(TITLED)].some(
    (match) => !folded.includes(plain(match.slice(1).find((group) => group !== undefined)!)),
  );
}

const DEMONYM = /(?:ese|ian|ish|an|n|i)$/;

/** The term itself, a people for its country (`Russian`, `Russia`), or another case of a Russian name. */
function isKnown(term: string, known: Set<string>): boolean {
  if (known.has(term)) return true;
  const isCyrillic = term.charCodeAt(0) >= 0x400 && term.charCodeAt(0) < 0x500;
  for (const other of known) {
    const same = commonPrefix(term, other);
    const shorter = Math.min(term.length, other.length);
    const longer = Math.max(term.length, other.length);
    if (
      isCyrillic
        ? same >= Math.max(3, shorter - 2) && longer - same <= 3
        : same >= 4 &&
          longer - same <= 4 &&
          same >= shorter - 2 &&
          (DEMONYM.test(term) || DEMONYM.test(other))
    )
      return true;
  }
  return false;
}

function commonPrefix(a: string, b: string): number {
  let n = 0;
  while (n < a.length && a[n] === b[n]) n++;
  return n;
}

/** Folded, with one kind of space and apostrophe. */
export function plain(text: string): string {
  return fold(text)
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
}
