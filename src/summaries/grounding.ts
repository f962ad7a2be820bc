import { daysIn } from '../text/dates.ts';
import { figuresIn } from '../text/figures.ts';
import { fold } from '../text/fold.ts';
import { isStopword } from '../text/stopwords.ts';
import { tokenize } from '../text/tokenize.ts';

/** Why a sentence that a model wrote is not published. */
export type Ungrounded =
  | 'uncited'
  | 'url'
  | 'quote'
  | 'number'
  | 'date'
  | 'name'
  | 'negation'
  | 'hedge'
  | 'unsupported';

/** Least share of a sentence's content terms that its sources have; the rest is left to the wording. */
const LEAST_SUPPORT = 0.6;

/**
 * Checks a sentence against the source sentences it cites: every URL, quotation, number, date and name must stand in
 * them, it must not turn a denial or a guess into a fact, and most of its words must be theirs. It cannot tell who did
 * what to whom.
 * @param published when the sources were published, ms UTC, for `19 June` and `on the 19th`
 * @returns what is not in the sources, or null where all is
 */
export function findUngrounded(text: string, sources: string[], published: number): Ungrounded | null {
  if (!sources.length || !text.trim()) return 'uncited';
  const source = sources.join('\n');
  if (inventsUrl(text, source)) return 'url';
  if (inventsQuote(text, source)) return 'quote';
  if (inventsNumber(text, source)) return 'number';
  if (inventsDay(text, source, published)) return 'date';
  const own = termsOf(text);
  const known = termsOf(source);
  if (inventsName(text, source, known)) return 'name';
  const content = [...own].filter((term) => !isStopword(term));
  const supported = content.filter((term) => known.has(term));
  if (!content.length || supported.length < LEAST_SUPPORT * content.length) return 'unsupported';
  const nearest = nearestSource(own, sources);
  if (NEGATION.test(nearest) !== NEGATION.test(text)) return 'negation';
  if (HEDGE.test(nearest) && !HEDGE.test(text) && !ATTRIBUTION.test(text)) return 'hedge';
  return null;
}

function termsOf(text: string): Set<string> {
  return new Set(tokenize(text).map((token) => token.term));
}

function nearestSource(terms: Set<string>, sources: string[]): string {
  let best = '';
  let most = -1;
  for (const source of sources) {
    let shared = 0;
    for (const term of termsOf(source)) if (terms.has(term) && !isStopword(term)) shared++;
    if (shared > most) [best, most] = [source, shared];
  }
  return best;
}

const URL_LIKE =
  /(?:https?:\/\/|www\.)\S+|[@#][\p{L}\p{N}_]{2,}|[\w.+-]+@[\w-]+\.\w+|(?<![\p{L}\p{N}])[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.[a-z]{2,}(?:\/\S*)?(?![\p{L}])/giu;

function inventsUrl(text: string, source: string): boolean {
  const known = source.toLowerCase();
  return (text.match(URL_LIKE) ?? []).some(
    (url) => !known.includes(url.toLowerCase().replace(/[.,;:!?)]+$/, '')),
  );
}

const QUOTATION =
  /"([^"]+)"|“([^”]+)”|«([^»]+)»|„([^“]+)“|「([^」]+)」|『([^』]+)』|(?<![\p{L}\p{N}])['‘]([^'’]{12,})['’](?![\p{L}\p{N}])/gu;

function inventsQuote(text: string, source: string): boolean {
  const known = plain(source);
  return [...text.matchAll(QUOTATION)].some((match) => {
    const quoted = plain(match.slice(1).find((group) => group !== undefined) ?? '').replace(
      /[.,!?。，！？]+$/u,
      '',
    );
    return !known.includes(quoted);
  });
}

/** Folded, with one kind of space and apostrophe. */
function plain(text: string): string {
  return fold(text)
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
}

/** Numbers in words, which `figuresIn` and the digits do not hold. */
const NUMBER_WORDS =
  /(?<![\p{L}])(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|trillions?|dozens?|half|quarter|twice|double[ds]?|triple[ds]?|(?:од(?:ин|на|но)|дв[ае]|три|четыре|пять|шесть|семь|восемь|девять|десять|двадцать|тридцать|сорок|пятьдесят|сто|двести)|сотн\p{L}*|тысяч\p{L}*|миллион\p{L}*|миллиард\p{L}*|десятк\p{L}*|вдвое|втрое|половин\p{L}*)(?![\p{L}])|[一二三四五六七八九十百千万億兆亿两]+(?=人|名|日|月|年|隻|艘|発|枚|回|次|億|亿|円|元|か国|国|個|个|台|基|時間|小时|％)|(?:수십|수백|수천|수만|수십만|절반|두 배)|(?<![가-힣])(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열)(?=\s?(?:명|척|대|개|번|차례|시간|나라|곳|발))/giu;
const WORD_VALUES: Record<string, string> = {
  ...{
    one: '1',
    two: '2',
    three: '3',
    four: '4',
    five: '5',
    six: '6',
    seven: '7',
    eight: '8',
    nine: '9',
    ten: '10',
  },
  ...{
    eleven: '11',
    twelve: '12',
    twenty: '20',
    thirty: '30',
    forty: '40',
    fifty: '50',
    dozen: '12',
    half: '50',
  },
  ...{
    один: '1',
    одна: '1',
    два: '2',
    две: '2',
    три: '3',
    четыре: '4',
    пять: '5',
    шесть: '6',
    семь: '7',
    восемь: '8',
  },
  ...{
    девять: '9',
    десять: '10',
    двадцать: '20',
    тридцать: '30',
    сорок: '40',
    сто: '100',
    두: '2',
    세: '3',
    네: '4',
  },
  ...{ 一: '1', 二: '2', 三: '3', 四: '4', 五: '5', 六: '6', 七: '7', 八: '8', 九: '9', 十: '10', 两: '2' },
};

function inventsNumber(text: string, source: string): boolean {
  const figures = figuresIn(source);
  const digits = digitsOf(source);
  const words = wordNumbers(source);
  for (const figure of figuresIn(text)) {
    const same = figures.filter((known) => known.value === figure.value);
    if (!same.length) {
      // The reader of figures may pass over what it takes for a date or an ordinal: digits alone decide then,
      // unless a scale word made another number of them.
      if (!digits.has(figure.value) || figures.some((known) => known.value.startsWith(figure.value)))
        return true;
    } else if (figure.of && same.every((known) => known.of && known.of !== figure.of)) return true;
  }
  for (const digit of digitsOf(text))
    if (!digits.has(digit) && !figures.some((f) => f.value === digit)) return true;
  for (const word of wordNumbers(text)) {
    const value = WORD_VALUES[word];
    if (
      !words.has(word) &&
      !(value && (digits.has(value) || [...words].some((w) => WORD_VALUES[w] === value)))
    )
      return true;
  }
  return false;
}

function digitsOf(text: string): Set<string> {
  const digits = new Set<string>();
  for (const token of tokenize(text)) {
    if (token.kind === 'number') digits.add(token.term);
    else for (const run of token.term.match(/\d+/g) ?? []) digits.add(run);
  }
  return digits;
}

function wordNumbers(text: string): Set<string> {
  return new Set((text.match(NUMBER_WORDS) ?? []).map((word) => fold(word)));
}

const RELATIVE_DAY =
  /(?<![\p{L}])(?:today|yesterday|tomorrow|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)day|last (?:week|month|year)|next (?:week|month|year)|сегодня|вчера|завтра|понедельник\p{L}*|вторник\p{L}*|сред[уы]|четверг\p{L}*|пятниц\p{L}*|суббот\p{L}*|воскресень\p{L}*|(?:январ|феврал|март|апрел|май|мая|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-я]*)(?![\p{L}])|오늘|어제|내일|지난해|올해|내년|지난주|다음 주|[월화수목금토일]요일|今日|昨日|明日|昨年|来年|先週|来週|[月火水木金土日]曜日|今天|昨天|明天|去年|明年|上周|下周|(?:周|星期)[一二三四五六日天]/giu;

function inventsDay(text: string, source: string, published: number): boolean {
  const known = new Set(daysIn(source, published).map((day) => day.value));
  if (daysIn(text, published).some((day) => !known.has(day.value))) return true;
  const words = fold(source);
  return (text.match(RELATIVE_DAY) ?? []).some(
    (word) => !words.includes(fold(word).slice(0, Math.max(3, word.length - 2))),
  );
}

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
/** A Korean, Chinese or Japanese name before a title or after one. */
const TITLED =
  /([가-힣]{2,4})\s?(?:대통령|총리|국무위원장|위원장|장관|차관|외무상|국방상|대변인|대사|의원|대표|사령관|장군|총장|국장)|([\p{Script=Han}]{2,4})(?:大統領|首相|総書記|大臣|外相|報道官|大使|議員|総統|总统|主席|总理|部长|外长|发言人|大使|将军|司令)/gu;

function inventsName(text: string, source: string, known: Set<string>): boolean {
  const folded = plain(source);
  for (const match of text.matchAll(CAPITALIZED)) {
    const terms = tokenize(match[0]).map((token) => token.term);
    if (terms.every((term) => known.has(term) || term.length < 2)) continue;
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
  return [...text.matchAll(TITLED)].some((match) => !folded.includes(plain(match[1] ?? match[2]!)));
}

const NEGATION =
  /(?<![\p{L}])(?:not|no|never|none|nor|neither|cannot|without|den(?:y|ies|ied|ial)|reject(?:s|ed)?|refus(?:e|es|ed)|rul(?:e|es|ed|ing) out|fail(?:s|ed)?|\p{L}+n['’]t|не|нет|ни|без|никогда|отриц\p{L}+|отверг\p{L}+|опроверг\p{L}+|отказ\p{L}+)(?![\p{L}])|않|아니|없|못하|못 |부인|거부|거절|일축|ない|なかった|ません|否定|拒否|拒絶|不(?!同|断|少|久|仅|过|只)|没有|未(?!来|来)|否认|拒绝|並非|并非/iu;
const HEDGE =
  /(?<![\p{L}])(?:may|might|could|possibly|perhaps|probably|likely|unlikely|reportedly|allegedly|alleged|apparently|purported(?:ly)?|suspected|believed|expected|appears?|seems?|unconfirmed|rumou?red|plans? to|considering|возможно|вероятно|предположительно|может|могут|мог|могли|якобы|похоже|видимо|ожидается|предполагается|планирует\p{L}*)(?![\p{L}])|가능성|것으로 (?:보|추정|알려|전해|예상)|추정|관측|듯|할 수 있|かもしれ|可能性|とみられ|とされ|見通し|見込み|模様|可能|或许|也许|据称|疑似|预计|估计/iu;
const ATTRIBUTION =
  /(?<![\p{L}])(?:said|says|say|told|according to|claim(?:s|ed)?|report(?:s|ed)?|announced|stated|estimates?|estimated|сказал\p{L}*|заявил\p{L}*|сообщил\p{L}*|сообщает|по словам|по данным|по оценк\p{L}+|утвержда\p{L}+)(?![\p{L}])|밝혔|말했|전했|주장|에 따르면|보도|発表|述べ|によると|報じ|表示|称|据|报道|说/iu;
