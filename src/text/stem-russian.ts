import snowball from 'snowball-stemmers';

const russian = snowball.newStemmer('russian');

/** Shorter stems say nothing any more. */
const SHORTEST = 3;

/**
 * Endings after which what is left is the stem: of verbs in -ать and -ять, so that `сообщать` is not `сообщить`,
 * and of nouns in -ание.
 */
const FINISHED = /[ая](?:ть|л[аио]?|ю|ешь|ет|ем|ете|ют|йте|в|ни(?:е|я|ю|ем|ей|и|й|ям|ями|ях))$/;

/** Forms that no ending explains: fleeting stems, old declensions, plurals from another root. */
const IRREGULAR = readForms(`
  день дня дню днем дне дни дней дням днями днях
  год года году годом годе годы годов годам годами годах лет
  человек человека человеку человеком человеке люди людей людям людьми людях
  ребенок ребенка ребенку ребенком ребенке дети детей детям детьми детях
  время времени временем времена времен временам временами временах
  имя имени именем имена имен именам именами именах
  мать матери матерью матерей матерям матерями матерях
  дочь дочери дочерью дочерей дочерям дочерьми дочерях
  друг друга другу другом друге друзья друзей друзьям друзьями друзьях
  сын сына сыну сыном сыне сыновья сыновей сыновьям сыновьями сыновьях
  брат брата брату братом брате братья братьев братьям братьями братьях
  письмо письма письму письмом письме писем письмам письмами письмах
  деньги денег деньгам деньгами деньгах
  судно судна судну судном судне суда судов судам судами судах
  лев льва льву львом льве львы львов львам львами львах
  быть был была было были буду будет будем будете будут
  мочь могу может можем можете могут мог могла могло могли
  идти иду идет идем идут шел шла шло шли
  прийти придет придут пришел пришла пришло пришли
  пойти пойдет пойдут пошел пошла пошло пошли
  дать дам даст дадут дал дала дало дали
`);

/** Nouns in -ай, which decline like verbs in -ать conjugate. */
const AI_NOUNS =
  'китай случай край май шанхай дубай алтай николай обычай урожай трамвай чай уругвай парагвай';
for (const noun of AI_NOUNS.split(' '))
  for (const ending of ['й', 'я', 'ю', 'ем', 'е', 'и', 'ев', 'ям', 'ями', 'ях'])
    IRREGULAR.set(noun.slice(0, -1) + ending, noun);

function readForms(lines: string): Map<string, string> {
  const stems = new Map<string, string>();
  for (const line of lines.trim().split('\n')) {
    const forms = line.trim().split(' ');
    for (const form of forms) stems.set(form, forms[0]!);
  }
  return stems;
}

/**
 * Stem of a folded Russian word. Snowball's algorithm takes an ending for what it may be part of the stem
 * (`Иран` loses its `н`, `Ираном` does not; `Лавров`, `режим`, `Корее` likewise), so it is applied until
 * nothing changes; then vowels that come and go before the last consonant go (`участок`, `участка`).
 */
export function stemRussian(word: string): string {
  const irregular = IRREGULAR.get(word);
  if (irregular !== undefined) return irregular;
  let stem = word;
  for (let last = false; !last; ) {
    const next = russian.stem(stem).replace(/(?<=[жчшщ])ат$/, '');
    if (next === stem || next.length < SHORTEST) break;
    last = FINISHED.test(stem) || /ен$/.test(next);
    stem = next;
  }
  stem = stem.replace(/(?<=..)[ое]ва$/, '');
  return dropFleetingVowel(stem);
}

function dropFleetingVowel(stem: string): string {
  if (stem.length < 4) return stem;
  return stem
    .replace(/([аеиоуыэюя])ец$/, '$1йц')
    .replace(/лец$/, 'льц')
    .replace(/(?<=[бвгджзкмнпрстфхчшщ])(?:ец|[ое]к|ен)$/, (end) => end.at(-1)!);
}
