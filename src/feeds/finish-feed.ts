import type { ParsedEntry, ParsedFeed } from '../model/feed.ts';
import { isPlausible, parseDate } from './parse-date.ts';
import { plainLine, plainText, tidy } from './plain-text.ts';
import type { RawEntry, RawFeed, RawLink, RawText } from './raw-feed.ts';

/** Entries beyond are left: the newest are kept where the feed dates them, else the first. */
const MAX_ENTRIES = 1_000;
/** Characters; nothing that is news is longer. */
const MAX_TEXT = 100_000;
const MAX_TITLE = 1_000;
const MAX_AUTHOR = 200;

const HOUR = 3_600_000;
const PERIODS: Record<string, number> = {
  hourly: HOUR,
  daily: 24 * HOUR,
  weekly: 168 * HOUR,
  monthly: 720 * HOUR,
  yearly: 8_760 * HOUR,
};
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** What both readers find becomes one thing here: addresses resolved, texts plain, times UTC. */
export function finishFeed(raw: RawFeed, url: string | null, warnings: string[]): ParsedFeed {
  const clean = raw.clean ?? false;
  const link = feedLink(raw, url);
  const language = languageOf(raw.language);
  // xml:base first, then the page of the channel, then the address of the document.
  const bases = [raw.base, link, url];
  const entries = keepNewest(raw.entries, language, warnings).map((entry) =>
    finishEntry(entry.authors.length ? entry : { ...entry, authors: raw.authors }, bases, language, clean),
  );
  return {
    title: title(raw.titles, clean),
    link,
    language,
    entries,
    warnings,
    minIntervalMs: minInterval(raw),
    skipHours: raw.skipHours.filter((hour) => /^\d+$/.test(hour)).map((hour) => Number(hour) % 24),
    skipDays: raw.skipDays.map((day) => DAYS.indexOf(day.toLowerCase()) + 1).filter((day) => day > 0),
  };
}

function finishEntry(
  raw: RawEntry,
  bases: (string | null)[],
  feedLanguage: string | null,
  clean: boolean,
): ParsedEntry {
  const language = languageOf(raw.language) ?? feedLanguage;
  const near = [raw.base, ...bases];
  const headline = title(raw.titles, clean);
  const clock = languageOfClock(language, headline);
  const published = dateOf(raw.published, clock);
  const updated = dateOf(raw.updated, clock);
  const thumbnail = raw.thumbnails
    .map((href) => resolve(href, near))
    .find((href) => href?.startsWith('http'));
  return {
    id: raw.id ? tidy(raw.id).slice(0, 2_000) : null,
    url: entryLink(raw, near),
    title: headline,
    text: text([...raw.contents, ...raw.summaries], clean),
    published,
    updated,
    authors: unique(raw.authors.map(authorName)).slice(0, 20),
    categories: unique(raw.categories.map((category) => plainLine(category, clean))).slice(0, 50),
    thumbnail: thumbnail ?? null,
    source: raw.source && { name: plainLine(raw.source.name).slice(0, MAX_AUTHOR), url: raw.source.url },
    language,
  };
}

function title(titles: RawText[], clean: boolean): string | null {
  for (const candidate of titles) {
    const line =
      candidate.kind === 'text'
        ? tidy(candidate.value, clean).replace(/\s+/g, ' ')
        : plainLine(candidate.value, clean);
    if (line !== '') return line.slice(0, MAX_TITLE).toWellFormed();
  }
  return null;
}

/** The longest one: a feed that has the whole text beside a teaser says so under changing names. */
function text(texts: RawText[], clean: boolean): string | null {
  let best = '';
  for (const { value, kind } of texts) {
    if (value.length <= best.length) continue;
    const plain = kind === 'text' ? tidy(value, clean) : plainText(value.slice(0, MAX_TEXT * 4), clean);
    if (plain.length > best.length) best = plain;
  }
  return best === '' ? null : best.slice(0, MAX_TEXT).toWellFormed();
}

/** A feed in Hangul or kana keeps the time of its home, whatever language its software declares. */
function languageOfClock(language: string | null, headline: string | null): string | null {
  if (headline === null || (language !== null && language !== 'en')) return language;
  if (/[가-힣]/.test(headline)) return 'ko';
  return /[ぁ-ヿ]/.test(headline) ? 'ja' : language;
}

/** The first time that can be read and that a person could have meant. */
function dateOf(texts: string[], language: string | null): string | null {
  for (const candidate of texts) {
    const time = parseDate(candidate, language);
    if (time !== null && isPlausible(time)) return new Date(time).toISOString();
  }
  return null;
}

function feedLink(raw: RawFeed, url: string | null): string | null {
  const chosen = chooseLink(raw.links);
  return chosen ? resolve(chosen.href, [chosen.base, raw.base, url]) : null;
}

function entryLink(raw: RawEntry, bases: (string | null)[]): string | null {
  const chosen = chooseLink(raw.links);
  if (chosen) return resolve(chosen.href, [chosen.base, ...bases]);
  if (raw.id && raw.idIsLink && /^https?:\/\//i.test(raw.id)) return resolve(raw.id, bases);
  const other = raw.links.find(
    ({ rel }) => !/^(self|edit|hub|next|prev|previous|first|last|search|replies|icon)$/.test(rel),
  );
  return other ? resolve(other.href, [other.base, ...bases]) : null;
}

/** The page of an entry: FeedBurner's note of the original, then the alternate that is HTML, then any. */
function chooseLink(links: RawLink[]): RawLink | undefined {
  const [only] = links;
  if (links.length === 1 && only!.rel === 'alternate') return only;
  const alternates = links.filter(({ rel }) => rel === 'alternate' || rel.endsWith('#alternate'));
  return (
    links.find(({ rel }) => rel === 'original') ??
    alternates.find(({ type }) => type === '' || type.includes('html')) ??
    alternates[0] ??
    links.find(({ rel }) => rel === 'atom-alternate') ??
    links.find(({ rel }) => rel === 'url')
  );
}

/** Against the first base that makes it whole; as it stands where none does. */
function resolve(href: string, bases: readonly (string | null)[]): string {
  const trimmed = href.replace(/[\t\n\r]/g, '').trim();
  if (/^[a-z][a-z0-9+.-]*:/i.test(trimmed)) return escaped(trimmed);
  // A base may be relative to the next one itself.
  const base = bases.reduceRight<string | null>((outer, inner) => {
    if (inner === null) return outer;
    if (URL.canParse(inner)) return inner;
    return outer !== null && URL.canParse(inner, outer) ? new URL(inner, outer).href : outer;
  }, null);
  return base !== null && URL.canParse(trimmed, base) ? new URL(trimmed, base).href : trimmed;
}

/** Addresses stay as their writer wrote them: only what cannot stand in one is escaped. */
function escaped(href: string): string {
  return /[\s\u0080-\uffff]/.test(href) && URL.canParse(href) ? new URL(href).href : href;
}

/** `desk@example.org (Jane Roe)` and `Jane Roe <desk@example.org>` are Jane Roe. */
function authorName(raw: string): string {
  if (!raw.includes('@')) return plainLine(raw).slice(0, MAX_AUTHOR).toWellFormed();
  const line = plainLine(raw.slice(0, MAX_AUTHOR * 4).replace(/<[^<>\s@]+@[^<>\s]+>/g, ' '));
  const inBrackets = /^[^\s@]+@[^\s(]+\s*\((.+)\)$/.exec(line)?.[1];
  const space = line.lastIndexOf(' ');
  const address = /^\(?[^\s@]+@[^\s@]+\.\w+\)?$/.test(line.slice(space + 1));
  const named = inBrackets ?? (address && space > 0 ? line.slice(0, space) : line);
  return named.slice(0, MAX_AUTHOR).toWellFormed();
}

function unique(values: string[]): string[] {
  if (values.length < 2) return values[0] === '' ? [] : values;
  return [...new Set(values.filter((value) => value !== ''))];
}

/** What people write for the codes they do not know. */
const MENDED: Record<string, string> = { kr: 'ko', jp: 'ja', cn: 'zh', ua: 'uk', iw: 'he', in: 'id' };

/** BCP 47 primary subtag. */
function languageOf(tag: string | null): string | null {
  if (tag === null) return null;
  const primary = /^\s*([a-z]{2,3})(?:[-_]|\s*$)/i.exec(tag)?.[1]?.toLowerCase();
  return primary ? (MENDED[primary] ?? primary) : null;
}

function keepNewest(entries: RawEntry[], language: string | null, warnings: string[]): RawEntry[] {
  if (entries.length <= MAX_ENTRIES) return entries;
  warnings.push(`${entries.length} entries, of which the ${MAX_ENTRIES} newest are read`);
  const times = entries.map(({ published, updated }) => dateOf([...published, ...updated], language));
  if (times.filter(Boolean).length < entries.length / 2) return entries.slice(0, MAX_ENTRIES);
  const order = entries
    .keys()
    .toArray()
    .sort((a, b) => ((times[a] ?? '') < (times[b] ?? '') ? 1 : -1));
  const newest = new Set(order.slice(0, MAX_ENTRIES));
  return entries.filter((_, index) => newest.has(index));
}

/** What the publisher asks for by `ttl` (minutes) or `sy:updatePeriod` over `sy:updateFrequency`. */
function minInterval(raw: RawFeed): number | null {
  const ttl = /^\d+$/.test(raw.ttl ?? '') ? Number(raw.ttl) * 60_000 : 0;
  const period = PERIODS[(raw.updatePeriod ?? '').toLowerCase()] ?? 0;
  const frequency = Math.max(1, Number(raw.updateFrequency ?? 1) || 1);
  return Math.max(ttl, period / frequency) || null;
}
