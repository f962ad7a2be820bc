import { daysIn } from '../text/dates.ts';
import { type Figure, figuresIn } from '../text/figures.ts';
import { fold } from '../text/fold.ts';
import { tokenize } from '../text/tokenize.ts';

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

/** Whether a text states a quantity, an ordinal or a year that its source does not. */
export function inventsNumber(text: string, source: string): boolean {
  const figures = new Map<string, Set<string>>();
  for (const { value, of } of figuresIn(source))
    figures.set(value, (figures.get(value) ?? new Set()).add(of));
  const beginnings = new Set([...figures.keys()].flatMap(beginningsOf));
  const digits = digitsOf(source);
  const words = wordNumbers(source);
  for (const word of words) if (WORD_VALUES[word]) digits.add(WORD_VALUES[word]);
  const stated = figuresIn(text);
  for (const figure of stated) {
    const counted = figures.get(figure.value);
    if (!counted) {
      // The reader of figures may pass over what it takes for a date or an ordinal: digits alone decide then,
      // unless a scale word made another number of them.
      if (!digits.has(figure.value) || beginnings.has(figure.value)) return true;
    } else if (figure.of && !counted.has('') && !counted.has(figure.of)) return true;
  }
  const rest = withoutFigures(text, stated);
  for (const digit of digitsOf(rest)) if (!digits.has(digit)) return true;
  for (const word of wordNumbers(rest)) {
    const value = WORD_VALUES[word];
    if (!words.has(word) && !(value && digits.has(value))) return true;
  }
  return false;
}

/** `10000` → `1`, `10`, `100` …: what a number may begin with. */
function beginningsOf(value: string): string[] {
  return Array.from(value, (_, i) => value.slice(0, i + 1));
}

/** Figures are compared by value; dates, ordinals and codes by their digits. */
function withoutFigures(text: string, figures: readonly Figure[]): string {
  let rest = '';
  let from = 0;
  for (const { start, end } of figures) {
    if (end <= from) continue;
    rest += text.slice(from, start) + ' '.repeat(end - Math.max(start, from));
    from = end;
  }
  return rest + text.slice(from);
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

/** Whether a text names a day, weekday or month that its source does not. */
export function inventsDay(text: string, source: string, published: number): boolean {
  const known = new Set(daysIn(source, published).map((day) => day.value));
  if (daysIn(text, published).some((day) => !known.has(day.value))) return true;
  const words = fold(source);
  return (text.match(RELATIVE_DAY) ?? []).some(
    (word) => !words.includes(fold(word).slice(0, Math.max(3, word.length - 2))),
  );
}
