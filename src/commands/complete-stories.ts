import type { Scope } from '../model/scope.ts';
import type { Store } from '../store/store.ts';
import { audienceIn } from './audience.ts';
import type { Command, CommandContext, Completion, OptionSpec } from './command.ts';
import { completeChoices, completeList } from './complete-choices.ts';

const DAYS = 7;
/** The newest stories and articles that a completion reads. */
const MOST_READ = 150;

/** Options that name a story, wherever they stand. */
const NAMES = new Set(['story', 'into']);

/** The same command with its story options completed by headline: nobody knows numbers by heart. */
export function withStoryCompletion(command: Command, store: Store): Command {
  const complete = (typed: string, context: CommandContext) => completeStories(store, typed, context);
  const completed = (option: OptionSpec): OptionSpec =>
    NAMES.has(option.name) && !option.complete ? { ...option, complete } : option;
  return { ...command, options: command.options.map(completed) };
}

async function completeStories(
  store: Store,
  typed: string,
  { actor, now }: CommandContext,
): Promise<Completion[]> {
  const active = await store.stories.active(now - DAYS * 86_400_000, now);
  const newest = active.toSorted((a, b) => b.updatedAt - a.updatedAt).slice(0, MOST_READ);
  const leads = newest.flatMap(({ id, members }) => (members[0] ? [{ id, lead: members[0].articleId }] : []));
  const seen = await titlesOf(
    store,
    leads.map(({ lead }) => lead),
    await audienceIn(store, actor),
  );
  return completeChoices(
    typed,
    leads
      .filter(({ lead }) => seen.has(lead))
      .map(({ id, lead }) => ({ value: String(id), label: `${id} · ${seen.get(lead)}` })),
  );
}

/** Reports by number and headline: those of the story that is named, else of all that are new. */
export async function completeReports(
  store: Store,
  typed: string,
  { actor, now, given }: CommandContext,
): Promise<Completion[]> {
  const named = Number(given?.story);
  const stories = Number.isSafeInteger(named)
    ? await store.stories.getMany([named])
    : (await store.stories.active(now - DAYS * 86_400_000, now)).filter(({ members }) => members.length > 1);
  const ids = stories.flatMap(({ members }) => members.map(({ articleId }) => articleId)).slice(-MOST_READ);
  const seen = await titlesOf(store, ids, await audienceIn(store, actor));
  return completeList(typed, numbered(seen));
}

/** The newest articles by number and headline. */
export async function completeArticles(
  store: Store,
  typed: string,
  { actor }: CommandContext,
): Promise<Completion[]> {
  const last = await store.articles.lastSequence();
  const articles = await store.articles.since(Math.max(0, last - MOST_READ), MOST_READ);
  const audience = await audienceIn(store, actor);
  const seen = articles.filter(({ scopes }) => scopes.some((scope) => audience.includes(scope))).reverse();
  return completeChoices(typed, numbered(new Map(seen.map(({ id, title }) => [id, title]))));
}

function numbered(titles: ReadonlyMap<number, string>): Completion[] {
  return [...titles].map(([id, title]) => ({ value: String(id), label: `${id} · ${title}` }));
}

/** Headlines of those of these articles that an audience may see. */
async function titlesOf(
  store: Store,
  ids: number[],
  audience: readonly Scope[],
): Promise<Map<number, string>> {
  const articles = await store.articles.getMany(ids);
  const seen = articles.filter(({ scopes }) => scopes.some((scope) => audience.includes(scope)));
  return new Map(seen.map(({ id, title }) => [id, title]));
}
