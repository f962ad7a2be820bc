import { parentPort } from 'node:worker_threads';
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { decodeFeed } from '../feeds/decode-feed.ts';
import { plainText } from '../feeds/plain-text.ts';

export interface PageJob {
  bytes: Uint8Array;
  contentType: string | null;
}

/** Elements a page may have; more is no article. */
const MAX_ELEMENTS = 30_000;

parentPort!.on('message', ({ bytes, contentType }: PageJob) => {
  const { document } = parseHTML(decodeFeed(bytes, contentType).text);
  // Its types are those of a browser, which linkedom follows closely enough.
  const article = new Readability(document as never, {
    maxElemsToParse: MAX_ELEMENTS,
    charThreshold: 200,
  }).parse();
  parentPort!.postMessage(article?.content ? plainText(article.content) : null);
});
