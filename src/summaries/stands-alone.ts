import { findQuotations } from '../text/quotations.ts';
import type { Span } from '../text/sentences.ts';
import { addressesMachine } from './injection.ts';

/**
 * How a sentence stands when it is taken out of its text: `whole` says something by itself, `dangling` leans on the
 * sentence before it (`He said …`), `never` is a question, a fragment, an unclosed quotation, a
 * personal voice or an order to a machine.
 */
export type Standing = 'whole' | 'dangling' | 'never';

const FEWEST_WORDS = 5;
const MOST_WORDS = 75;
const FEWEST_WORDS_UNSTOPPED = 8;

const TERMINAL = /(?:[.!。！．｡]|다|요)["'”’»」』）)\]\s]*$/u;
const QUESTION = /[?？]["'”’»」』）)\]\s]*$/u;
const CUT_OFF = /(?:\.\.\.|…|\[…\]|[:：;；,，—-])["'”’»\s]*$/u;
/** A last word that cannot end a sentence: the text was cut after it. */
const BREAKS_OFF =
  /(?<![\p{L}])(?:a|an|the|of|to|in|on|at|by|for|from|with|and|or|but|that|which|who|as|is|are|was|were|has|have|had|will|its|their|his|her|в|на|с|о|и|а|но|что|для|по|из|от|к|за|не|который|которая)$/iu;

const LEANS =
  /^["'“‘«(\s]*(?:(?:he|she|it|they|his|her|hers|its|their|theirs|him|them|this|that|these|those|such|so|but|and|or|yet|nor|also|however|meanwhile|moreover|furthermore|besides|instead|nevertheless|nonetheless|therefore|thus|hence|then|otherwise|similarly|likewise|consequently|additionally|in addition|in contrast|in turn|as a result|for example|for instance|in other words|on the other hand|at the same time|on top of that|the (?:former|latter|move|decision|statement|remarks?|comments?|announcement|incident|two|pair|couple|trio|duo)|both (?:of|men|women|sides|are|were|have|had|said|will)|neither|another|others?|because|which|who)\b(?!')|(?:он|она|они|оно|его|ее|её|их|ему|ей|им|это|этот|эта|эти|этого|этой|этим|такой|такие|тот|та|те|там|тогда|так|также|тоже|кроме того|при этом|однако|но|а|и|или|зато|поэтому|затем|потом|впрочем|между тем|вместе с тем|тем не менее|к тому же|более того|по его словам|по ее словам|по её словам|по их словам|в частности|например|ранее он|отметил он|он же)(?![\p{L}]))/iu;
const LEANS_CJK =
  /^[“「『"'‘（(\s]*(?:그는|그녀는|그가|그의|그들은|이는|이에|이와|이어|이날|이로|이번|이 |그러나|하지만|그리고|또한|또 |한편|반면|따라서|그러면서|아울러|특히|다만|그는|이들은|이러한|그런|이런|해당|彼は|彼女は|彼らは|これは|これに|これを|これで|それは|それに|その|この|そして|しかし|だが|また、|一方|さらに|ただ|なお|同氏|同社|同日|他说|她说|他们|他|她|它|这|那|此|该|该国|对此|因此|但|而|此外|另外|同时|然而|不过|与此同时|其中|对于|據此|據此|這|該|對此|此舉)/u;

/** `I think`, `we believe`, outside quotation marks: somebody's voice, not a report. `US` is a country. */
const PERSONAL =
  /(?:^|[\s(])(?:I|I['’]m|I['’]ve|me|[Mm]y|[Ww]e|[Ww]e['’]re|[Oo]ur|us|[Yy]ou|[Yy]our)(?=[\s,.!?'’])|(?:^|\s)(?:[Яя]|[Мм]ы|[Мм]не|[Нн]ам|[Мм]ой|[Нн]аш|[Нн]аша|[Нн]аши|[Вв]ы|[Вв]аш)(?=[\s,.!?])|(?:^|\s)(?:나는|저는|우리는|우리가|우리의)(?=\s)|私は|私たち|我々|我们|我認為|我认为/u;

/** @param endsSummary the last sentence of a feed's short text, which often lacks its full stop */
export function standsAlone(text: string, words: number, endsSummary = false): Standing {
  if (words < FEWEST_WORDS || words > MOST_WORDS) return 'never';
  if (QUESTION.test(text) || CUT_OFF.test(text)) return 'never';
  if (!TERMINAL.test(text) && !(endsSummary && words >= FEWEST_WORDS_UNSTOPPED && !BREAKS_OFF.test(text)))
    return 'never';
  if (!isBalanced(text) || addressesMachine(text)) return 'never';
  const unquoted = withoutQuotations(text);
  if (unquoted.trim().length < text.length / 10 || PERSONAL.test(unquoted)) return 'never';
  return LEANS.test(text) || LEANS_CJK.test(text) ? 'dangling' : 'whole';
}

const CLOSERS: Record<string, string> = {
  '"': '"',
  '“': '”',
  '«': '»',
  '「': '」',
  '『': '』',
  '‘': '’',
  "'": "'",
};
const OPENERS = new Set(Object.keys(CLOSERS));

function withoutQuotations(text: string): string {
  let rest = '';
  let from = 0;
  for (const { start, end } of quotationsOf(text)) {
    rest += `${text.slice(from, start)} `;
    from = end;
  }
  return rest + text.slice(from);
}

function quotationsOf(text: string): Span[] {
  return findQuotations(text, OPENERS, (at, next) => {
    const opener = text[at]!;
    const end = next(CLOSERS[opener]!, at + 1);
    if (end === -1) return null;
    // An apostrophe stands before a letter.
    if (opener === '‘' && /^\p{L}/u.test(text.slice(end + 1, end + 3))) return null;
    if (opener !== "'") return { start: at, end: end + 1 };
    // The marks of ' typewriters ' have a space on both sides.
    const isSpaced = (at === 0 || isSpace(text[at - 1])) && text[at + 1] === ' ';
    if (!isSpaced || end < at + 3 || text[end - 1] !== ' ' || !isSpace(text[end + 1])) return null;
    return { start: Math.max(0, at - 1), end: end + 1 };
  });
}

const isSpace = (char: string | undefined) => char !== undefined && /\s/.test(char);

const PAIRS = ['“”', '«»', '「」', '『』', '()', '（）', '[]', '《》'];

/** Whether every quotation mark and bracket has its other half. */
function isBalanced(text: string): boolean {
  if ((text.split('"').length - 1) % 2) return false;
  return PAIRS.every((pair) => text.split(pair[0]!).length === text.split(pair[1]!).length);
}
