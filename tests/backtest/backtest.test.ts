import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readOwnSet } from '../../scripts/labelled-sets.ts';
import { compareTopics } from '../../src/backtest/compare-topics.ts';
import { replayArchive } from '../../src/backtest/replay-archive.ts';
import type { ArticleContent } from '../../src/model/article.ts';
import { openStore } from '../../src/store/open-store.ts';
import { judgeArticle } from '../../src/topics/judge-article.ts';
import { parseTopic } from '../../src/topics/load-topic.ts';
import { run } from '../cli/run.ts';
import { addSampleFeed, sampleEntry } from '../fakes/sample-store.ts';
import { topic } from '../topics/articles.ts';

const HOUR = 3_600_000;
const START = Date.parse('2025-03-03T00:00:00Z');

/** Our own labelled articles as they might have come in, one each half hour. */
const archive: ArticleContent[] = readOwnSet()
  .filter((item) => item.article.language === 'en')
  .map(({ article }, i) => ({
    ...article,
    url: `https://post.example/${i}`,
    published: START + (i * HOUR) / 2,
  }));

const schedule = { times: ['08:00'], zone: 'Asia/Seoul', languages: ['en'], length: 5 };

describe('a replayed archive', () => {
  it('has the verdicts, stories and digests of the service', async () => {
    const { articles, digests } = await replayArchive(archive, {
      topics: [topic],
      schedule,
      signal: new AbortController().signal,
    });
    expect(articles).toHaveLength(archive.length);
    const direct = new Map(archive.map((article) => [article.url, judgeArticle(article, topic)]));
    for (const { article, verdicts } of articles) {
      const { articleId, revision, ...verdict } = verdicts[0]!;
      expect([articleId, revision]).toEqual([article.id, 1]);
      expect(verdict).toEqual(direct.get(article.url));
    }
    expect(digests.length).toBeGreaterThan(1);
    const shown = articles.filter(({ ends }) => ends.some(({ code }) => code === 'shown'));
    expect(shown.length).toBeGreaterThan(10);
    for (const { verdicts, ends } of articles) {
      if (!verdicts[0]!.relevant) expect(ends).toEqual([]);
      else expect(ends.length).toBeGreaterThan(0);
      const slots = ends.map(({ scheduleId, at }) => `${scheduleId} ${at}`);
      expect(new Set(slots).size).toBe(slots.length);
    }
  });
});

describe('another topic file', () => {
  const strict = parseTopic(
    readFileSync('config/topics/russia-north-korea.yaml', 'utf8').replace(/threshold: .*/, 'threshold: 0.9'),
    'strict.yaml',
  );

  it('shows what it would add and remove, by the verdicts themselves', () => {
    const changes = compareTopics(archive, topic, strict);
    expect(changes.length).toBeGreaterThan(0);
    for (const { article, change, before, after } of changes) {
      expect(change).toBe('removed');
      expect(before).toEqual(judgeArticle(article, topic));
      expect(after).toEqual(judgeArticle(article, strict));
    }
    const back = compareTopics(archive, strict, topic);
    expect(back.map(({ change }) => change)).toEqual(changes.map(() => 'added'));
  });
});

describe('on the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tumen-test-'));
  const file = join(folder, 'archive.jsonl');
  beforeAll(() => {
    const line = ({ url, title, text, published, outlet }: ArticleContent) =>
      JSON.stringify({ url, title, text, published: new Date(published).toISOString(), outlet: outlet.name });
    writeFileSync(file, `${archive.slice(0, 20).map(line).join('\n')}\nnot an article\n`);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('prints the digests, then why each article is in one or not, and names the line that is no article', async () => {
    const { code, stdout, stderr } = await run(['backtest', file, '--schedule', '08:00 Asia/Seoul']);
    expect(stdout).toMatch(/Russia–North Korea · .* 08:00 KST/);
    const [, why] = stdout.split('WHY EACH ARTICLE\n');
    expect(why!.trim().split('\n')).toHaveLength(40);
    expect(stderr).toContain('archive.jsonl:21: no article');
    expect(code).toBe(1);
  });

  it('counts how both topic files agree with what people labelled', async () => {
    const store = await openStore({ file: join(folder, 'tumen.db') });
    const feed = await addSampleFeed(store);
    const { article } = (await store.articles.ingest(feed.id, [sampleEntry(feed, 1)], START))[0]!;
    const label = {
      articleId: article!.id,
      topic: topic.slug,
      who: '1',
      scope: 'instance' as const,
      at: START,
    };
    await store.labels.add({ ...label, relevant: false });
    await store.close();
    const same = 'config/topics/russia-north-korea.yaml';
    const { stdout } = await run(['backtest', file, '--against', same, '--labels'], '', {
      TUMEN_HOME: folder,
    });
    expect(stdout).toContain('0 would be added, 0 removed');
    expect(stdout).toContain('1 articles that people labelled: 1 judged as they said before, 1 after');
  });

  it('refuses a schedule that is none, with an example', async () => {
    const { code, stderr } = await run(['backtest', file, '--schedule', 'every morning']);
    expect(code).toBe(2);
    expect(stderr).toContain('08:00 18:30 Europe/London');
  });
});
