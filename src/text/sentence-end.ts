/** Written before a name or a number: never the end of a sentence. */
const BEFORE_NAME = new Set(
  (
    'mr mrs ms dr prof gen col lt sgt capt cpl maj cmdr adm sen rep gov pres rev hon st mt ft vs v messrs mme mlle ' +
    'amb insp supt det dept brig univ approx est ' +
    'им ул просп пл пер пос дер обл гл зам нач ген полк подп проф акад тов св см ср рис напр англ рус кор яп кит гос'
  ).split(' '),
);

/** Written before a number. */
const BEFORE_NUMBER = new Set(
  (
    'no nos p pp vol fig art sec ch para jan feb mar apr jun jul aug sep sept oct nov dec ca c ' +
    'ст п пп т тт ч гл стр илл табл кв д корп'
  ).split(' '),
);

/** May end a sentence or not: only a word that usually begins one decides. */
const EITHER = new Set(
  (
    'inc corp ltd co jr sr bros llc plc assn ave blvd rd am pm jan feb mar apr jun jul aug sep sept oct nov dec ' +
    'mon tue tues wed thu thur thurs fri sat sun ' +
    'г гг в вв тыс млн млрд трлн руб долл коп кг км м см мин сек чел экз проц'
  ).split(' '),
);

const STARTERS = new Set(
  (
    'the a an he she it they we i you this that these those there in on at by for from with as after before but and ' +
    'however meanwhile while when if although though since his her its their our my such some many most both all ' +
    'another according earlier later also still yet so then now last next no not under during despite what who how why ' +
    'об он она они оно это этот эта эти в на по как при с со из за для после до от к ко у но а и или тогда ранее также ' +
    'кроме между однако тем при этом если когда хотя пока его ее её их мы я вы все всё так такой такие уже еще ещё ' +
    'сейчас теперь затем потом напомним отмечается сообщается согласно'
  ).split(' '),
);

const TLDS = new Set('com ru net org uk info io co kr jp cn news tv me su рф js ts'.split(' '));

const LOWER = /\p{Ll}/u;
const UPPER = /\p{Lu}/u;
const LETTER = /\p{L}/u;
const DIGIT = /\p{Nd}/u;
const OPENERS = /["'“‘«„([{「『（《【〈\-–—•*]/u;
/** A quotation's end after which the sentence goes on: 」と述べた, ”他说, "고 말했다. */
const GOES_ON =
  /^(?:と|とし|との|という|って|などと|は|が|を|に|も|の|で|や|고|라고|이라고|며|라며|이라며|라는|는|은|이|가|를|을|다며|면서)/;
const SAYS = /^[^，。！？“”\s]{0,14}(?:说|說|称|稱|表示|指出|强调|強調|写道|寫道|道)(?=[，。：,:]|$)/;

/**
 * Whether the terminal marks at [first, last], with closing marks up to `end`, end the sentence begun at `start`.
 * `ordinals`: the language writes `5. Mai`.
 */
export function endsSentence(
  text: string,
  start: number,
  first: number,
  last: number,
  end: number,
  ordinals: boolean,
): boolean {
  const mark = text.charCodeAt(last);
  if (mark >= 0x3000 && mark !== 0xff0e) return !goesOnAfterQuote(text, last, end);
  if (end >= text.length) return true;

  const next = text[end]!;
  if (next.trim() !== '') return endsWithoutSpace(text, first, last, end, next);

  const at = nextLetterAt(text, end);
  if (at >= text.length) return true;
  const following = text[at]!;
  if (LOWER.test(following)) return opensQuotation(text, end, at);
  return mark !== 0x2e || last > first || !isAbbreviation(text, start, first, end, at, ordinals);
}

function goesOnAfterQuote(text: string, last: number, end: number): boolean {
  if (end === last + 1 || end >= text.length) return false;
  const rest = text.slice(end, end + 24);
  return GOES_ON.test(rest) || SAYS.test(rest);
}

/** No space follows: a border only between Hangul or CJK sentences, or where a feed lost the space (`ended.The`). */
function endsWithoutSpace(text: string, first: number, last: number, end: number, next: string): boolean {
  if (text[last] === '\u2026') return false;
  const before = text[first - 1] ?? '';
  const nextCode = next.charCodeAt(0);
  const nextIsCjk = nextCode >= 0x3040 && nextCode <= 0xd7a3;
  if (nextIsCjk) {
    if (end > last + 1) return false;
    return before.charCodeAt(0) >= 0x3040 && !DIGIT.test(before);
  }
  if (!UPPER.test(next) || !LOWER.test(text[end + 1] ?? '')) return false;
  if (text[last] !== '.' || last > first) return true;
  const word = wordBefore(text, first);
  const nextWord = /^\p{L}+/u.exec(text.slice(end, end + 24))![0].toLowerCase();
  return (
    word.length >= 2 &&
    LOWER.test(word[0]!) &&
    !TLDS.has(nextWord) &&
    !BEFORE_NAME.has(word) &&
    !EITHER.has(word)
  );
}

function isAbbreviation(
  text: string,
  start: number,
  dot: number,
  end: number,
  at: number,
  ordinals: boolean,
): boolean {
  if (end > dot + 1) return false;
  const word = wordBefore(text, dot);
  const following = text[at]!;
  if (word === '') {
    const number = digitsBefore(text, dot);
    if (number === '') return false;
    // `1. Talks resume`: the number of a list; `5. Mai`: an ordinal.
    if (number.length <= 2 && text.slice(start, dot - number.length).trim() === '') return true;
    return ordinals && number.length <= 2;
  }
  const lower = word.toLowerCase();
  if (DIGIT.test(following)) return BEFORE_NUMBER.has(lower) || BEFORE_NAME.has(lower);
  if (BEFORE_NAME.has(lower)) return true;

  const beforeWord = text[dot - word.length - 1] ?? ' ';
  const isDotted = beforeWord === '.';
  const nextWord = /^[\p{L}']+/u.exec(text.slice(at, at + 24))?.[0].toLowerCase() ?? '';
  if (isDotted || EITHER.has(lower)) {
    if (lower === 'г' && !/\d\s*$/.test(text.slice(Math.max(0, dot - 4), dot - 1))) return true;
    if (/^(?:тыс|млн|млрд|трлн|руб|долл|коп|км|кг|чел)$/.test(lower)) return false;
    if (isDotted && /(?:^|[\s(])(?:т\.\s?[дп]|н\.\s?э)$/.test(text.slice(Math.max(0, dot - 6), dot)))
      return false;
    return !STARTERS.has(nextWord) || /[ei]\.[ge]$/i.test(text.slice(Math.max(0, dot - 3), dot));
  }
  if (lower === 'е' || lower === 'к' || lower === 'н')
    return /т\.\s?[екн]$/.test(text.slice(Math.max(0, dot - 5), dot));
  // An initial: `J. Smith`, `А. Пушкин`; but `I.` and `Plan B. The talks` by the word that follows.
  return (
    word.length === 1 && UPPER.test(word) && (!STARTERS.has(nextWord) || text[at + nextWord.length] === '.')
  );
}

/** The letters right before `at`. */
function wordBefore(text: string, at: number): string {
  let from = at;
  while (from > 0 && at - from < 16 && LETTER.test(text[from - 1]!)) from--;
  return text.slice(from, at);
}

function digitsBefore(text: string, at: number): string {
  let from = at;
  while (from > 0 && at - from < 8 && DIGIT.test(text[from - 1]!)) from--;
  return text.slice(from, at);
}

/** A quotation that opens after a space begins a sentence even in lower case. */
function opensQuotation(text: string, end: number, at: number): boolean {
  return at > end && /^\s+["“«„]$/.test(text.slice(end, at));
}

/** Skips spaces and opening marks. */
function nextLetterAt(text: string, from: number): number {
  let at = from;
  while (at < text.length && (text[at]!.trim() === '' || OPENERS.test(text[at]!))) at++;
  return at;
}
