import type { ArticleContent } from '../model/article.ts';
import { type OutletRef, outletFromName } from '../model/outlet.ts';
import { fold } from '../text/fold.ts';
import { resemblance } from '../text/signatures.ts';
import type { LiveArticle } from './story-index.ts';

/** Share of equal shingles from which a text is a copy of another. */
const COPY = 0.5;

/** Agencies and state outlets that others copy or cite, each with the names it goes by, folded. */
const AGENCIES: Record<string, string[]> = {
  yonhap: ['yonhap', 'yna', '연합뉴스', 'ренхап', 'ёнхап', '聯合ニュース', '聯合通訊', '韩联社', '韓聯社'],
  kcna: ['kcna', '조선중앙통신', '중앙통신', 'цтак', '朝鮮中央通信', '朝中社', '朝中通信'],
  tass: ['tass', 'itar-tass', '타스', 'тасс', 'タス通信', '塔斯社'],
  'ria-novosti': [
    'ria novosti',
    'ria',
    '리아노보스티',
    '리아 노보스티',
    'риа новости',
    'リアノーボスチ',
    '俄新社',
  ],
  interfax: ['interfax', '인테르팍스', 'интерфакс', 'インタファクス', '国际文传'],
  reuters: ['reuters', '로이터', '로이터통신', 'рейтер', 'ロイター', '路透社', '路透'],
  ap: ['associated press', 'ap', 'ap통신', 'ассошиэйтед пресс', 'ap通信', '美联社', '美聯社'],
  afp: ['afp', 'agence france-presse', 'afp통신', 'франс пресс', 'afp通信', '法新社'],
  xinhua: ['xinhua', '신화통신', '신화사', 'синьхуа', '新華社', '新华社'],
  kyodo: ['kyodo', '교도통신', 'киодо', '共同通信', '共同社'],
  bloomberg: ['bloomberg', '블룸버그', 'блумберг', 'ブルームバーグ', '彭博社', '彭博'],
  newsis: ['newsis', '뉴시스'],
  news1: ['news1', '뉴스1'],
};

const folded = (names: string[]) =>
  names.map((n) => RegExp.escape(fold(n))).sort((a, b) => b.length - a.length);
const byName = new Map(
  Object.entries(AGENCIES).flatMap(([slug, names]) => names.map((n) => [fold(n), slug] as const)),
);
const NAME = `(${folded(Object.values(AGENCIES).flat()).join('|')})`;

/** Where a text says whose report it is: a bracket or dateline at its head, "according to …", "sources: …". */
const CREDITS = [
  new RegExp(`[(\\[［（【][^()\\[\\]]{0,24}?${NAME}[^()\\[\\]]{0,12}[)\\]］）】]`, 'gu'),
  new RegExp(`^[^.。\\n]{0,40}?${NAME}\\s*(?:[-–—:=]|電|电|\\()`, 'gu'),
  new RegExp(
    `(?:according to|citing|reported by|cited by|quoted by|by)\\s+(?:the |state |official |news agency |agency )*${NAME}`,
    'gu',
  ),
  new RegExp(`${NAME}(?:\\s+news agency)?\\s+(?:reported|said|reports|says|quoted)`, 'gu'),
  new RegExp(
    `(?:по данным|сообщает|сообщил[оаи]?|передает|пишет|со ссылкой на|ссылаясь на|как сообщ\\S+)\\s+(?:агентств\\S+\\s+)?[«"]?${NAME}`,
    'gu',
  ),
  new RegExp(`${NAME}(?:[은는이가]|에 따르면|에 의하면|\\s?통신[은는이가]?)`, 'gu'),
  new RegExp(`${NAME}(?:によると|が伝え|が報じ|は[^。]{0,20}?(?:伝え|報じ)|报道|報道|消息|援引)`, 'gu'),
  new RegExp(`(?:据|據|援引)${NAME}`, 'gu'),
];

/** Names as a report cites them, in words with capitals, in quotes, or before a Korean particle. */
const CITED = [
  /(?:[Aa]ccording to|[Cc]iting|reported by|cited by|quoted by|told)\s+(?:the\s+)?((?:\p{Lu}[\p{L}\d&'’-]*[ ]?){1,4})/gu,
  /((?:\p{Lu}[\p{L}\d&'’-]*[ ]){1,4})(?:news agency\s+)?(?:reports|reported|says)(?!\p{L})/gu,
  /(?:[Пп]о данным|сообщает|сообщил[оаи]?|передает|передаёт|пишет|[Сс]о ссылкой на|[Сс]сылаясь на)\s+(?:агентств\S+\s+|издани\S+\s+)?[«"]?((?:\p{Lu}[\p{L}\d-]*[ ]?){1,4})/gu,
  /(?<![\p{L}\d])([\p{L}\d]{2,12}?)(?:에 따르면|[은는이가] (?=[^.]{0,40}?(?:보도|전했|전한|알렸)))/gu,
  /(?:据|據|援引)([\p{L}\d]{2,10}?)(?:报道|報道|消息)/gu,
  /([\p{L}\d]{2,12}?)(?:によると|が報じ|が伝え)/gu,
];
/** A bracket at the very head of a text, a dateline or a wire's mark, or at its end. */
const BRACKET =
  /^\s*[([（［【]([^)\]）］】]{2,30})[)\]）］】]|[([（［【]([^)\]）］】]{2,30})[)\]）］】]\s*$/gu;

/** Where a report says that it has its news from. */
export interface Credits {
  /** Agencies. */
  credits: string[];
  /** Whatever else it cites or brackets at its head or end; a source only where the story has an outlet of that name. */
  cited: string[];
}

/** The key of an outlet among origins: agencies go by one name, however their feeds are called. */
export function sourceKey({ slug, name }: Pick<OutletRef, 'slug' | 'name'>): string {
  return byName.get(slug) ?? byName.get(fold(name)) ?? slug;
}

/** Slugs of the names an outlet goes by: its own, its whole name, and what stands before and in brackets. */
export function outletNames({ slug, name }: Pick<OutletRef, 'slug' | 'name'>): string[] {
  const parts = [name, ...name.split(/[()（）]/)].map((part) => part.trim()).filter(Boolean);
  return [...new Set([slug, ...parts.map((part) => outletFromName(part).slug)])];
}

/** What the head of an article names as where it has this from; sorted, distinct. */
export function creditsOf({
  title,
  text,
  outlet,
}: Pick<ArticleContent, 'title' | 'text' | 'outlet'>): Credits {
  const opening = text.slice(0, 600);
  const head = fold(`${opening}\n${title}`);
  const credits = new Set<string>();
  for (const pattern of CREDITS)
    for (const match of head.matchAll(pattern)) {
      const slug = byName.get(match[1]!);
      if (slug) credits.add(slug);
    }
  const cited = new Set<string>();
  for (const [, first, last] of opening.matchAll(BRACKET)) {
    // Of "(Seoul=Sample Wire)" the place is no source.
    const name = (first ?? last)!.split('=').at(-1)!.trim();
    cited.add(outletFromName(name).slug);
  }
  // What an outlet signs with its own name it has from nobody.
  credits.delete(sourceKey(outlet));
  for (const pattern of CITED)
    for (const match of opening.matchAll(pattern)) cited.add(outletFromName(match[1]!).slug);
  return { credits: [...credits].sort(), cited: [...cited].sort() };
}

/**
 * Id of the article that first reported what this one repeats, among earlier members of its story; its own where none.
 * Near-equal text, the same credited agency, the credited agency itself and the same outlet make one origin.
 */
export function findOrigin(article: Told, earlier: readonly (Told & { originId: number })[]): number {
  for (const other of earlier)
    if (article.signature && other.signature && resemblance(article.signature, other.signature) >= COPY)
      return other.originId;
  for (const other of earlier) if (tellsOf(article, other) || tellsOf(other, article)) return other.originId;
  for (const other of earlier) if (isSameSource(article, other)) return other.originId;
  return article.id;
}

type Told = Pick<LiveArticle, 'id' | 'outlet' | 'names' | 'credits' | 'cited' | 'signature'>;

/** One report says that it has its news from the outlet of the other. */
function tellsOf(teller: Told, { outlet, names }: Told): boolean {
  if (outlet === 'unknown' || outlet === teller.outlet) return false;
  return teller.credits.includes(outlet) || names.some((name) => teller.cited.includes(name));
}

/** Both credit one source, or come from one outlet and credit none. */
function isSameSource(a: Told, b: Told & { originId: number }): boolean {
  if (a.credits.some((credit) => b.credits.includes(credit))) return true;
  const isOwn = b.originId === b.id;
  return isOwn && a.outlet !== 'unknown' && a.outlet === b.outlet && !a.credits.length;
}
