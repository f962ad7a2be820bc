import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { judgeArticle } from '../../src/topics/judge-article.ts';
import { createSecondOpinion, type Doubt } from '../../src/topics/second-opinion.ts';
import { article, topic } from './articles.ts';

let server: Server;
let asked: string[];
let content: string | null;

beforeEach(async () => {
  asked = [];
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    asked.push(body);
    if (content === null) return;
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        id: '1',
        object: 'chat.completion',
        created: 1,
        model: 'sample',
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
        usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const opinion = (more: { perDay?: number; timeoutMs?: number; now?: () => number } = {}) =>
  createSecondOpinion({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    apiKey: 'key',
    model: 'sample',
    topics: [topic],
    timeoutMs: 2_000,
    now: () => 0,
    ...more,
  });

/** A verdict whose score lies so far from the threshold. */
function doubt(distance: number): Doubt {
  const each = article('en', 'Russian envoy leaves Pyongyang', 'He gave no reason.');
  const score = topic.threshold + distance;
  const relevant = distance >= 0;
  const [, ...grounds] = judgeArticle(each, topic).reasons;
  const reasons = [{ code: relevant ? 'relevant' : 'in-passing' }, ...grounds];
  return { article: each, verdict: { ...judgeArticle(each, topic), score, relevant, reasons } };
}

describe('a second opinion', () => {
  it('is asked for in the grey band only', async () => {
    content = '{"relevant":false}';
    const doubts = [doubt(0.4), doubt(0.05), doubt(-0.3)];
    const verdicts = await opinion().review(doubts);
    expect(asked).toHaveLength(1);
    expect(verdicts.map(({ relevant }) => relevant)).toEqual([true, false, false]);
    expect(verdicts[1]!.reasons[0]!.code).toBe('second-opinion');
    expect(verdicts[0]).toBe(doubts[0]!.verdict);
  });

  it('can bring an article in, with one end still', async () => {
    content = '{"relevant":true}';
    const [verdict] = await opinion().review([doubt(-0.05)]);
    expect(verdict!.relevant).toBe(true);
    expect(verdict!.reasons.slice(0, 2).map(({ code }) => code)).toEqual(['relevant', 'asked-a-model']);
  });

  it.each(['no JSON at all', '{"relevant":"maybe"}', ''])(
    'leaves the verdict where the answer is %j',
    async (answer) => {
      content = answer;
      const one = doubt(0.05);
      expect(await opinion().review([one])).toEqual([one.verdict]);
    },
  );

  it('leaves the verdict where no answer comes in time', async () => {
    content = null;
    const one = doubt(0.05);
    expect(await opinion({ timeoutMs: 100 }).review([one])).toEqual([one.verdict]);
  });

  it('keeps to its budget of the day, which begins anew at midnight UTC', async () => {
    content = '{"relevant":false}';
    let now = 0;
    const limited = opinion({ perDay: 2, now: () => now });
    await limited.review([doubt(0.01), doubt(0.02), doubt(0.03), doubt(0.04)]);
    expect(asked).toHaveLength(2);
    now = 86_400_000;
    await limited.review([doubt(0.01)]);
    expect(asked).toHaveLength(3);
  });

  it('shows the article as data and never the key', async () => {
    content = '{"relevant":true}';
    await opinion().review([doubt(0.01)]);
    const { messages } = JSON.parse(asked[0]!) as { messages: { role: string; content: unknown }[] };
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(JSON.stringify(messages)).not.toContain('key');
  });
});
