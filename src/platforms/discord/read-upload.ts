import { doorWords } from '../../locale/door-words.ts';
import type { Locale } from '../../model/digest.ts';
import { UserError } from '../../model/errors.ts';
import { MOST_UPLOADED_BYTES, uploadedText } from '../uploaded-text.ts';

const HOSTS = new Set(['cdn.discordapp.com', 'media.discordapp.net']);

/** The text of a file that a person attached; fetched from Discord's own hosts (and, in tests, the API's) only. */
export async function readUpload(
  file: { url: string; size: number },
  apiUrl: string,
  locale: Locale,
  signal: AbortSignal,
): Promise<string> {
  const words = doorWords(locale);
  const url = URL.parse(file.url);
  const isOurs = url !== null && (HOSTS.has(url.hostname) || url.host === URL.parse(apiUrl)?.host);
  if (!isOurs) throw new UserError('file', words.fileUnreadable);
  if (file.size > MOST_UPLOADED_BYTES) throw new UserError('file', words.fileTooLarge);
  const response = await fetch(url, { signal, redirect: 'error' }).catch(() => null);
  return await uploadedText(response, locale);
}
