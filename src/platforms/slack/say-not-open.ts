import { slackWords } from '../../locale/slack-words.ts';
import { UserError } from '../../model/errors.ts';

const ANSWER_MS = 5_000;

/**
 * Somebody asks in a workspace whose token is not here or does not open: there is no client to answer with, nor to know
 * their language by. What was asked brings an address of Slack's own, and that takes an answer in all of ours.
 */
export async function sayNotOpen(responseUrl: string | undefined, why: unknown): Promise<void> {
  if (!responseUrl) return;
  const key = hasUserError(why) ? 'keyDoesNotOpen' : 'notInstalled';
  const text = (['en', 'ko', 'ru'] as const).map((locale) => slackWords(locale)[key]).join('\n');
  const body = {
    response_type: 'ephemeral',
    replace_original: false,
    text,
    unfurl_links: false,
    unfurl_media: false,
  };
  await fetch(responseUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(ANSWER_MS),
  });
}

/** The SDK wraps what an installation store throws, and may do so more than once. */
function hasUserError(error: unknown): boolean {
  if (error instanceof UserError) return true;
  const { original, cause } = (error ?? {}) as { original?: unknown; cause?: unknown };
  const inner = original ?? cause;
  return inner !== undefined && inner !== error && hasUserError(inner);
}
