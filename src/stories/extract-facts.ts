import type { Fact } from '../model/story.ts';
import { daysIn } from '../text/dates.ts';
import { figuresIn } from '../text/figures.ts';
import { properNamesIn } from '../text/proper-names.ts';
import { readOnce } from '../text/read-once.ts';
import type { StoryReport } from './story-report.ts';

type Facts = Pick<StoryReport, 'articleId' | 'title' | 'text' | 'published' | 'entities'>;
/** A fact as the words alone give it. */
type Stated = Omit<Fact, 'articleId'>;

/** Words before a number that belong to it. */
const QUALIFIER =
  /(?:more than|fewer than|less than|at least|at most|up to|as many as|about|around|nearly|almost|some|over|an estimated|более|менее|около|порядка|почти|до|свыше|не менее|как минимум|최소|최대|약|적어도|無慮|約|少なくとも|最大|至少|超过|超過|大约|约)\s?$/iu;

/** What a report states that can be compared: figures, days, and the names that its topic knows or that it writes with capitals. */
export function extractFacts(report: Facts): Fact[] {
  const { articleId, entities } = report;
  const text = `${report.title}\n${report.text}`;
  const facts = factsIn(text, report);
  const words = spellings(entities, text);
  for (const [i, slug] of entities.entries())
    facts.push({ kind: 'name', value: `entity:${slug}`, of: '', text: words[i]!, articleId });
  return facts;
}

/** The facts of one stretch of a report. Entities are not placed, so they are none of these. */
export function factsIn(
  text: string,
  { articleId, published }: Pick<Facts, 'articleId' | 'published'>,
): Fact[] {
  return stated(text, published).map((fact) => ({ ...fact, articleId }));
}

const stated = readOnce(readFacts, (text, published) => `${published}\n${text}`);

function readFacts(text: string, published: number): readonly Stated[] {
  const facts: Stated[] = [];
  for (const { value, of, start, end } of figuresIn(text))
    if (of) facts.push({ kind: 'figure', value, of, text: withQualifier(text, start, end) });
  for (const { value, start, end } of daysIn(text, published))
    facts.push({ kind: 'date', value, of: 'day', text: text.slice(start, end) });
  for (const { key, place, start, end } of properNamesIn(text))
    facts.push({
      kind: place ? 'place' : 'name',
      value: `name:${key}`,
      of: '',
      text: text.slice(start, end),
    });
  return facts;
}

function withQualifier(text: string, start: number, end: number): string {
  const before = QUALIFIER.exec(text.slice(Math.max(0, start - 16), start));
  return text.slice(start - (before?.[0].length ?? 0), end).trim();
}

/** Entities as the report writes them, else as their slugs read. */
const spellings = readOnce(
  (slugs: readonly string[], text: string): readonly string[] =>
    slugs.map((slug) => {
      const pattern = new RegExp(slug.split('-').map(RegExp.escape).join('[- ]?'), 'i');
      const asSlug = () =>
        slug.replace(/(?:^|-)(\p{L})/gu, (_, letter: string) => ` ${letter.toUpperCase()}`);
      return pattern.exec(text)?.[0] ?? asSlug().trim();
    }),
  (slugs, text) => `${slugs.join(' ')}\n${text}`,
);
