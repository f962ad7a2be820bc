import { subscriptionWords } from '../locale/subscription-words.ts';
import type { QueryError } from '../search/query.ts';
import type { Action, Actor, Block, Reply } from './command.ts';
import { say, text } from './say.ts';

/**
 * Answers a query that cannot be read: the place of the error, and the corrected query one press away.
 * @param retry the call's action with the correction in it
 */
export function refuseQuery(
  actor: Actor,
  typed: string,
  error: QueryError,
  retry: (query: string) => Action,
): Reply {
  const words = subscriptionWords(actor.locale);
  const place = typed.slice(error.position, error.position + error.length).trim();
  const blocks: Block[] = [
    text(words.errors[error.code] ?? error.message),
    text(
      `${words.at}: `,
      typed.slice(0, error.position),
      { strong: place || '⌃' },
      typed.slice(error.position + error.length),
    ),
  ];
  if (error.suggestion) {
    blocks.push(text(`${words.try}: `, { code: error.suggestion }));
    blocks.push({ kind: 'actions', actions: [retry(error.suggestion)] });
  }
  return say(actor, blocks, { failed: true });
}
