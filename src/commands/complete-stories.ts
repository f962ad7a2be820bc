import { audienceOf } from '../model/scope.ts';
import type { Store } from '../store/store.ts';
import type { Command, CommandContext, Completion, OptionSpec } from './command.ts';

const DAYS = 7;
/** The newest stories that a completion reads. */
const MOST_READ = 150;
const MOST_SHOWN = 25;

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
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const active = await store.stories.active(now - DAYS * 86_400_000, now);
  const newest = active.toSorted((a, b) => b.updatedAt - a.updatedAt).slice(0, MOST_READ);
  const leads = newest.map((story) => story.members[0]?.articleId).filter((id) => id !== undefined);
  const articles = new Map((await store.articles.getMany(leads)).map((article) => [article.id, article]));
  const audience = new Set(audienceOf(actor.scope));
  return newest
    .flatMap(({ id, members }) => {
      const lead = articles.get(members[0]?.articleId ?? 0);
      const isVisible = lead?.scopes.some((scope) => audience.has(scope));
      return lead && isVisible ? [{ value: String(id), label: `${id} · ${lead.title}` }] : [];
    })
    .filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)))
    .slice(0, MOST_SHOWN);
}
