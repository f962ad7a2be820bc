import { dispatchWords } from '../locale/dispatch-words.ts';
import { subscriptionWords } from '../locale/subscription-words.ts';
import type { Locale } from '../model/digest.ts';
import type { QueryError } from '../search/query.ts';
import { byNearness } from '../text/nearest.ts';
import type { Action, Actor, Block, Inline, Reply } from './command.ts';
import { say, text, weave } from './say.ts';

/** Values of a field that are named. */
const MOST_VALID = 12;

/** What can be asked, where there is nothing yet to point at. */
const EXAMPLE: Record<Locale, string> = {
  en: '"artillery shells" -football',
  ko: '포탄 러시아 -축구',
  ru: '"артиллерийские снаряды" -футбол',
};

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
    place
      ? text(
          `${words.at}: `,
          typed.slice(0, error.position),
          { strong: place },
          typed.slice(error.position + error.length),
        )
      : text(...weave(dispatchWords(actor.locale).example, { a: { code: EXAMPLE[actor.locale] } })),
  ];
  if (error.valid.length) {
    const field = error.valid[0]!.split(':')[0]!;
    const near = byNearness(`${field}:${place.toLowerCase()}`, error.valid);
    const shown = near
      .slice(0, MOST_VALID)
      .flatMap((one, i): Inline[] => [...(i ? [', '] : []), { code: one }]);
    const rest = near.length - MOST_VALID;
    blocks.push(text(`${words.valid}: `, ...shown, rest > 0 ? ` +${rest}` : ''));
  }
  if (error.suggestion) {
    blocks.push(text(`${words.try}: `, { code: error.suggestion }));
    blocks.push({ kind: 'actions', actions: [retry(error.suggestion)] });
  }
  return say(actor, blocks, { failed: true, option: 'query' });
}
