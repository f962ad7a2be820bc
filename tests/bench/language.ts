/**
 * `npm run eval:language`: language identification on the stream of TUMEN_DATA, its outlets' languages being the
 * truth, with the feed's word withheld and with each wrong one.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { detectLanguage } from '../../src/articles/detect-language.ts';

const ELSE: Record<string, string> = { chosun: 'ko', yna: 'ko', lemonde: 'fr', nhk: 'ja' };
const stream = join(process.env.TUMEN_DATA ?? '../shared/data', 'stream/2025-09.jsonl');
if (!existsSync(stream)) {
  console.error(`skipped: no stream at ${stream} (set TUMEN_DATA)`);
  process.exit(0);
}
const articles = readFileSync(stream, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { title: string; summary?: string; outlet: string });

for (const said of [null, 'en', 'fr', 'de', 'ko', 'ja', 'zh', 'ru']) {
  let right = 0;
  const start = performance.now();
  for (const { title, summary, outlet } of articles)
    if (detectLanguage(`${title}\n${summary ?? ''}`, said) === (ELSE[outlet] ?? 'en')) right++;
  const rate = Math.round((articles.length / (performance.now() - start)) * 1000);
  console.log(
    `feed says ${(said ?? 'nothing').padEnd(8)} ${((right / articles.length) * 100).toFixed(2)}% right  ${rate.toLocaleString('en')}/s`,
  );
}
