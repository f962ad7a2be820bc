import { collectStories } from '../digests/collect-stories.ts';
import { fill, labelsOf, plural } from '../locale/labels.ts';
import { nothingWords } from '../locale/nothing-words.ts';
import type { QueryNode } from '../search/query.ts';
import { toSearchQuery } from '../search/to-search-query.ts';
import type { Block } from './command.ts';
import { lastPoll, type Seeker } from './nothing-found.ts';
import { text, weave } from './say.ts';

const HOUR = 3_600_000;
/** Wider windows that are tried where one has nothing. */
const WINDOWS = [72, 168, 720];
/** Articles that are looked at to count the stories of one. */
const MOST_COUNTED = 100;

/** No story: how fresh that is, and the nearest window that has some; first all themes, then further back. */
export async function nothingLatest(seeker: Seeker, hours: number, theme: string | null): Promise<Block[]> {
  const { actor, now } = seeker;
  const words = nothingWords(actor.locale);
  const nearer = [
    ...(theme === null ? [] : [{ hours, theme: null }]),
    ...WINDOWS.filter((one) => one > hours).map((wider) => ({ hours: wider, theme })),
  ];
  const said = theme === null ? words.quiet : words.quietTheme;
  const blocks = [
    text(fill(said, { a: hours, b: theme ?? '' })),
    text(...weave(words.searched, { what: words.onTopic, a: { time: now - hours * HOUR }, b: words.now })),
    await lastPoll(seeker),
  ];
  for (const one of nearer) {
    const since = now - one.hours * HOUR;
    const found = await countStories(seeker, since, one.theme);
    if (!found) continue;
    const window = [
      fill(words.hours, { a: one.hours }),
      one.theme ?? (theme === null ? '' : words.allThemes),
    ];
    const count = plural(actor.locale, labelsOf(actor.locale).stories, found);
    const label = window.filter(Boolean).join(', ');
    const options = { hours: one.hours, ...(one.theme === null ? {} : { theme: one.theme }) };
    const action = { label: `${label} (${found})`, call: { path: 'news latest', options } };
    return [
      ...blocks,
      text(...weave(words.nearestWindow, { a: { strong: label }, b: count })),
      { kind: 'actions', actions: [action] },
    ];
  }
  return [...blocks, text(words.nothingNearer)];
}

/** Stories of a window that could be shown, up to a bound: only those are read that the index finds. */
async function countStories(
  { store, actor, scopes, topics, now }: Seeker,
  since: number,
  theme: string | null,
): Promise<number> {
  const wanted: QueryNode[] = theme === null ? [] : [{ kind: 'field', field: 'theme', value: theme }];
  const query = { text: '', root: { kind: 'and' as const, nodes: wanted }, anyTopic: false };
  const asked = { ...toSearchQuery(query, { scopes, topics, now }), ingestedAfter: since };
  const articles = await store.search.candidates(asked, MOST_COUNTED);
  const ids = [...new Set(articles.flatMap(({ storyId }) => storyId ?? []))];
  const viewer = { scope: actor.scope, scopes, topics: [...topics], until: now };
  const stories = await collectStories(store, ids, viewer);
  return stories.filter(
    ({ muted, fresh, themes }) => !muted && fresh && (theme === null || themes.includes(theme)),
  ).length;
}
