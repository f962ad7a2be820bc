import { parentPort } from 'node:worker_threads';
import type { ParseJob } from './feed-parser.ts';
import { parseFeed } from './parse-feed.ts';

parentPort!.on('message', async ({ bytes, source }: ParseJob) => {
  parentPort!.postMessage(await parseFeed(bytes, source));
});
