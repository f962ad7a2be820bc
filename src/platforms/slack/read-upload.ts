import type { WebClient } from '@slack/web-api';
import { doorWords } from '../../locale/door-words.ts';
import type { Locale } from '../../model/digest.ts';
import { UserError } from '../../model/errors.ts';
import { MOST_UPLOADED_BYTES, uploadedText } from '../uploaded-text.ts';

/** A file that came with a form, as Slack describes it (docs.slack.dev/reference/objects/file-object). */
export interface SentFile {
  url_private_download?: string;
  size?: number;
}

const HOST = 'files.slack.com';

/**
 * The text of a file that a person sent with a form: the bot's token opens it, so it goes to Slack's own host alone (and,
 * in tests, the API's). @throws UserError where it is too large or cannot be read
 */
export async function readUpload(
  file: SentFile,
  client: WebClient,
  locale: Locale,
  signal: AbortSignal,
): Promise<string> {
  const words = doorWords(locale);
  const unreadable = () => new UserError('file', words.fileUnreadable);
  const url = URL.parse(file.url_private_download ?? '');
  const isOurs = url?.protocol === 'https:' && url.host === HOST;
  if (!url || !(isOurs || url.origin === URL.parse(client.slackApiUrl)?.origin)) throw unreadable();
  if ((file.size ?? 0) > MOST_UPLOADED_BYTES) throw new UserError('file', words.fileTooLarge);
  const headers = { authorization: `Bearer ${client.token}` };
  const response = await fetch(url, { headers, signal, redirect: 'error' }).catch(() => null);
  // Without files:read Slack answers with the page where people sign in.
  if (response?.headers.get('content-type')?.startsWith('text/html')) throw unreadable();
  return await uploadedText(response, locale);
}
