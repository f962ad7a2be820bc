import { KINDS } from '../model/topic.ts';
import { FIELDS } from '../search/query.ts';
import { MAIN_LANGUAGES } from '../text/read-language.ts';
import type { CommandContext, Completion } from './command.ts';
import { completeChoices } from './complete-choices.ts';
import { type SubscriptionDeps, vocabularyOf } from './subscription-deps.ts';

/** Searches remembered for each person, and people remembered. */
const MOST_RECENT = 5;
const MOST_PEOPLE = 10_000;

/** What people searched for lately, in memory only: offered to the same person again. */
export class RecentQueries {
  readonly #byPerson = new Map<string, string[]>();

  add({ actor }: Pick<CommandContext, 'actor'>, query: string): void {
    const key = `${actor.platform} ${actor.userId}`;
    const before = this.#byPerson.get(key) ?? [];
    this.#byPerson.delete(key);
    this.#byPerson.set(key, [query, ...before.filter((one) => one !== query)].slice(0, MOST_RECENT));
    if (this.#byPerson.size > MOST_PEOPLE) this.#byPerson.delete(this.#byPerson.keys().next().value!);
  }

  of({ actor }: Pick<CommandContext, 'actor'>): string[] {
    return this.#byPerson.get(`${actor.platform} ${actor.userId}`) ?? [];
  }
}

/** Completes the last word of a query where it begins a field or its value; else the person's own queries. */
export async function completeQuery(
  deps: SubscriptionDeps,
  recent: RecentQueries,
  typed: string,
  context: CommandContext,
): Promise<Completion[]> {
  const [, before = '', minus = '', field, value] =
    /^(.*?)(-?)(?:([a-z]+):)?([^\s:"()]*)$/is.exec(typed.trimStart()) ?? [];
  const put = (last: string): Completion => {
    const query = `${before}${minus}${last}`;
    return { value: query, label: query };
  };
  if (field !== undefined) {
    const wanted = (value ?? '').toLowerCase();
    const values = (await valuesOf(deps, field.toLowerCase())).filter((one) => one.includes(wanted));
    return completeChoices(
      '',
      values.map((one) => put(`${field.toLowerCase()}:${one}`)),
    );
  }
  const { actor } = context;
  const own = (await deps.store.subscriptions.list({ scope: actor.scope, owner: actor.userId }))
    .filter(({ storyId }) => storyId === null)
    .map(({ query }) => query);
  const known = [...new Set([...recent.of(context), ...own])].map((query) => ({
    value: query,
    label: query,
  }));
  const fields = value && FIELDS.filter((name) => name.startsWith(value.toLowerCase()));
  return [...completeChoices(typed, known), ...(fields || []).map((name) => put(`${name}:`))].slice(0, 25);
}

async function valuesOf(deps: SubscriptionDeps, field: string): Promise<readonly string[]> {
  const vocabulary = await vocabularyOf(deps);
  switch (field) {
    case 'lang':
      return MAIN_LANGUAGES;
    case 'kind':
      return KINDS;
    case 'topic':
      return ['any', ...(vocabulary.topic ?? [])];
    case 'source':
    case 'theme':
    case 'side':
    case 'entity':
      return vocabulary[field] ?? [];
    default:
      return [];
  }
}
