import { Command } from 'commander';
import type { ArticleContent } from '../model/article.ts';
import type { Verdict } from '../model/topic.ts';
import { createGrouper } from '../stories/group-articles.ts';
import { judgeArticle } from '../topics/judge-article.ts';
import { loadTopic } from '../topics/load-topic.ts';
import type { CliIo } from './io.ts';
import { readArticles } from './read-articles.ts';

const DEFAULT_TOPIC = 'config/topics/russia-north-korea.yaml';

interface Analyzed {
  line: number;
  article: ArticleContent;
  verdict: Verdict;
  story: number | null;
  origin: number | null;
}

/** `analyze`: articles as JSON lines in, verdicts with stories out, in input order, after all of stdin is read. */
export function analyzeCommand(io: CliIo): Command {
  return new Command('analyze')
    .description('Judge articles and group the relevant ones into stories; JSON lines in, JSON lines out')
    .option('--topic <file>', 'the topic file that judges', DEFAULT_TOPIC)
    .option('--all', 'group every article, relevant or not')
    .addHelpText(
      'after',
      '\nExample:\n  $ npm run --silent tumen -- analyze < articles.jsonl | jq -c "select(.relevant)"\n',
    )
    .action(async (options: { topic: string; all?: boolean }) => {
      const topic = await loadTopic(options.topic);
      const lines: (Analyzed | { line: number; error: string })[] = [];
      for await (const { line, article, error } of readArticles(io.stdin)) {
        if (!article) lines.push({ line, error: error! });
        else lines.push({ line, article, verdict: judgeArticle(article, topic), story: null, origin: null });
      }
      const analyzed = lines.filter((entry): entry is Analyzed => 'verdict' in entry);
      group(analyzed.filter(({ verdict }) => options.all || verdict.relevant));
      for (const entry of lines) io.stdout.write(`${JSON.stringify(toOutput(entry))}\n`);
      if (analyzed.length < lines.length) io.exit(1);
    });
}

/** Stories and origins as they stand at the end; an origin is the line of the article that reported it first. */
function group(entries: Analyzed[]): void {
  const grouper = createGrouper();
  const mergedInto = new Map<number, number>();
  let stories = 0;
  let ingestedAt = 0;
  for (const entry of entries) {
    // An archive is taken as it would have come in: time never runs backwards.
    ingestedAt = Math.max(ingestedAt, entry.article.published);
    const { storyId, originId, merged } = grouper.assign(
      {
        id: entry.line,
        content: entry.article,
        entities: entry.verdict.entities,
        sides: entry.verdict.sides,
        ingestedAt,
      },
      () => ++stories,
    );
    entry.story = storyId;
    entry.origin = originId;
    for (const { from, into } of merged) mergedInto.set(from, into);
  }
  for (const entry of entries)
    while (mergedInto.has(entry.story!)) entry.story = mergedInto.get(entry.story!)!;
}

function toOutput(entry: Analyzed | { line: number; error: string }) {
  if (!('verdict' in entry)) return { error: entry.error, line: entry.line };
  const { article, verdict, story, origin } = entry;
  const { score, relevant, kind, themes, reasons } = verdict;
  return {
    url: article.url,
    language: article.language,
    score,
    relevant,
    kind,
    themes,
    reasons,
    story,
    origin,
  };
}
