import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { z } from 'zod';
import { ConfigError } from '../model/errors.ts';
import type { Verdict } from '../model/topic.ts';
import { parseQuery } from '../search/parse-query.ts';
import { leavesOf, type Query, QueryError } from '../search/query.ts';
import { createMatcher } from '../subscriptions/match-subscriptions.ts';
import type { Topic } from '../topics/compile-topic.ts';
import { judgeArticle } from '../topics/judge-article.ts';
import { loadTopic } from '../topics/load-topic.ts';
import type { CliIo } from './io.ts';
import { type ArticleLine, readArticles } from './read-articles.ts';

const DEFAULT_TOPIC = 'config/topics/russia-north-korea.yaml';
/** Articles held back until the matcher has seen what is usual: it then waits for what is rare. */
const SAMPLE = 500;

const Line = z.object({ id: z.union([z.string(), z.number()]), query: z.string() });

interface Subscribed {
  id: string | number;
  query: Query;
}

/** `match`: which of many queries want each article. */
export function matchCommand(io: CliIo): Command {
  return new Command('match')
    .description('Match articles against queries; JSON lines in, JSON lines out')
    .requiredOption('--subscriptions <file>', 'JSON lines {"id","query"}')
    .option('--topic <file>', 'match only articles relevant to this topic; `topic:any` in a query sees all')
    .addHelpText(
      'after',
      '\nExample:\n  $ npm run --silent tumen -- match --subscriptions queries.jsonl < articles.jsonl\n\ndocs/queries.md explains the query language.\n',
    )
    .action(async (options: { subscriptions: string; topic?: string }) => {
      const { subscribed, bad } = await readSubscriptions(options.subscriptions);
      for (const problem of bad) io.stderr.write(`${problem}\n`);
      if (bad.length) io.exit(2);
      const needsVerdict = options.topic || subscribed.some(({ query }) => asksVerdict(query));
      const topic = needsVerdict ? await loadTopic(options.topic ?? DEFAULT_TOPIC) : null;
      await matchAll(io, subscribed, topic, options.topic !== undefined);
    });
}

async function matchAll(
  io: CliIo,
  subscribed: readonly Subscribed[],
  topic: Topic | null,
  onlyRelevant: boolean,
): Promise<void> {
  const matcher = createMatcher();
  const topics = onlyRelevant ? [topic!.slug] : null;
  const waiting: ArticleLine[] = [];
  let started = false;
  const answer = ({ line, article, error }: ArticleLine): void => {
    if (!article) {
      io.stdout.write(`${JSON.stringify({ error, line })}\n`);
      io.exit(1);
      return;
    }
    const verdicts: Verdict[] = topic ? [judgeArticle(article, topic)] : [];
    const found = matcher.match(article, verdicts).sort((a, b) => a - b);
    const subscriptions = found.map((index) => subscribed[index]!.id);
    io.stdout.write(`${JSON.stringify({ url: article.url, subscriptions })}\n`);
  };
  const start = (): void => {
    started = true;
    for (const { article } of waiting) if (article) matcher.learn(article);
    for (const [index, { query }] of subscribed.entries()) matcher.add({ id: index, query, topics });
    for (const entry of waiting) answer(entry);
  };
  for await (const entry of readArticles(io.stdin)) {
    if (started) answer(entry);
    else if (waiting.push(entry) === SAMPLE) start();
  }
  if (!started) start();
}

/** Queries that cannot be read are said, each with its place and a correction, and left out. */
async function readSubscriptions(file: string): Promise<{ subscribed: Subscribed[]; bad: string[] }> {
  let source: string;
  try {
    source = await readFile(file, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new ConfigError(file, null, `the subscriptions cannot be read (${code})`, 'Check the path.');
  }
  const subscribed: Subscribed[] = [];
  const bad: string[] = [];
  for (const [index, line] of source.split('\n').entries()) {
    if (line.trim() === '') continue;
    const read = readLine(line);
    if (typeof read === 'string') bad.push(`${file}:${index + 1}: ${read}`);
    else subscribed.push(read);
  }
  return { subscribed, bad };
}

function readLine(line: string): Subscribed | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'not JSON';
  }
  const parsed = Line.safeParse(value);
  if (!parsed.success) return 'a subscription is {"id": …, "query": "…"}';
  const { id, query: text } = parsed.data;
  const query = parseQuery(text);
  if (query instanceof QueryError) return wordProblem(text, query);
  const date = leavesOf(query.root).find((leaf) => leaf.kind === 'date');
  if (date) return `${date.field}: is for searches, in: ${text}`;
  return { id, query };
}

function wordProblem(text: string, { message, position, length, suggestion }: QueryError): string {
  const place = text.slice(position, position + length).trim();
  return [
    `${message} At ${position + 1}${place ? ` (${place})` : ''} of: ${text}`,
    ...(suggestion ? [`  Try: ${suggestion}`] : []),
  ].join('\n');
}

function asksVerdict({ root }: Query): boolean {
  return leavesOf(root).some(
    (leaf) => leaf.kind === 'field' && leaf.field !== 'lang' && leaf.field !== 'source',
  );
}
