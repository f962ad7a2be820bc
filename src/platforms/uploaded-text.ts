import { doorWords } from '../locale/door-words.ts';
import type { Locale } from '../model/digest.ts';
import { UserError } from '../model/errors.ts';

export const MOST_UPLOADED_BYTES = 1024 * 1024;

/**
 * The text of a file that a person sent, as its platform answers with it; null where that was not reached.
 * @throws UserError where it is too large or cannot be read
 */
export async function uploadedText(response: Response | null, locale: Locale): Promise<string> {
  const words = doorWords(locale);
  if (!response?.ok || !response.body) throw new UserError('file', words.fileUnreadable);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MOST_UPLOADED_BYTES) throw new UserError('file', words.fileTooLarge);
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
