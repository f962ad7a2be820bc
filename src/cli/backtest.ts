import { createReadStream } from 'node:fs';
import { Command } from 'commander';
import { type Change, compareTopics } from '../backtest/compare-topics.ts';
import { replayArchive } from '../backtest/replay-archive.ts';
import type { ArticleExplained } from '../commands/explain-article.ts';
import { formatMoment } from '../locale/format-date.ts';
import { fill } from '../locale/labels.ts';
import { whyWords } from '../locale/why-words.ts';
import type { ArticleContent } from '../model/article.ts';
import { UserError } from '../model/errors.ts';
import { isTimeZone } from '../model/time-zone.ts';
import { renderText } from '../platforms/console/render-text.ts';
import type { Topic } from '../topics/compile-topic.ts';
import { explainVerdict } from '../topics/explain-verdict.ts';
import { judgeArticle } from '../topics/judge-article.ts';
import { loadTopic } from '../topics/load-topic.ts';
import type { CliIo } from './io.ts';
import { readArticles } from './read-articles.ts';
import { textOptions } from './terminal.ts';
import { withCore } from './with-core.ts';

const DEFAULT_TOPIC = 'config/topics/russia-north-korea.yaml';

interface Options {
  topic: string;
  against?: string;
  labels?: boolean;
  schedule: string;
  languages: string;
}

/** `backtest FILE`: the digests an archive would have given, or what another topic file would change. */
export function backtestCommand(io: CliIo): Command {
  return new Command('backtest')
    .description(
      'The digests that an archive of articles would have given, and why each article is in one or not',
    )
    .argument('<file>', 'articles as JSON lines, or - for stdin')
    .option('--topic <file>', 'the topic file that judges', DEFAULT_TOPIC)
    .option('--against <file>', 'another topic file: shows what it would add and remove instead')
    .option('--labels', 'with --against: also how each agrees with what people said by /label')
    .option('--schedule <when>', 'local times and zone', '08:00 UTC')
    .option('--languages <codes>', 'languages in order of preference', 'en')
    .addHelpText(
      'after',
      '\nExamples:\n  $ npm run --silent tumen -- backtest archive.jsonl --schedule "08:00 Europe/London"\n  $ npm run --silent tumen -- backtest archive.jsonl --against my-topic.yaml\n',
    )
    .action(async (file: string, options: Options) => {
      const topic = await loadTopic(options.topic);
      const schedule = readSchedule(options);
      const archive = await readArchive(io, file);
      if (options.against) {
        const against = await loadTopic(options.against);
        io.stdout.write(changesInWords(compareTopics(archive, topic, against), archive.length, against));
        if (options.labels) io.stdout.write(await labelsInWords(io, topic, against));
        return;
      }
      const { digests, articles } = await replayArchive(archive, {
        topics: [topic],
        schedule,
        signal: io.signal,
      });
      for (const digest of digests) io.stdout.write(`${renderText(digest, textOptions(io))}\n`);
      io.stdout.write(articlesInWords(articles, topic, schedule.zone));
    });
}

/** How many of the labelled articles in the configured database each topic file judges as people did. */
async function labelsInWords(io: CliIo, topic: Topic, against: Topic): Promise<string> {
  return withCore(io, async (core) => {
    const said = new Map(
      (await core.store.labels.list(topic.slug)).map((label) => [label.articleId, label.relevant]),
    );
    const articles = await core.store.articles.getMany([...said.keys()]);
    const agreeing = (judge: Topic) =>
      articles.filter((article) => judgeArticle(article, judge).relevant === said.get(article.id)).length;
    return `\n${articles.length} articles that people labelled: ${agreeing(topic)} judged as they said before, ${agreeing(against)} after\n`;
  });
}

async function readArchive(io: CliIo, file: string): Promise<ArticleContent[]> {
  const articles: ArticleContent[] = [];
  const input = file === '-' ? io.stdin : createReadStream(file);
  try {
    for await (const { line, article, error } of readArticles(input)) {
      if (article) articles.push(article);
      else {
        io.stderr.write(`${file}:${line}: no article, left out (${error})\n`);
        io.exit(1);
      }
    }
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (!code) throw cause;
    throw new UserError('archive', `${file} cannot be read (${code})`, {
      hint: 'Give a file of JSON lines, or -.',
      cause,
    });
  }
  return articles;
}

function readSchedule({ schedule, languages }: Options) {
  const words = schedule.trim().split(/[\s,]+/);
  const times = words
    .filter((word) => /^([01]?\d|2[0-3]):[0-5]\d$/.test(word))
    .map((time) => time.padStart(5, '0'));
  const [zone, ...rest] = words.filter((word) => !/^\d/.test(word));
  if (
    !times.length ||
    rest.length ||
    times.length + (zone ? 1 : 0) < words.length ||
    !isTimeZone(zone ?? 'UTC')
  )
    throw new UserError('schedule', `--schedule: "${schedule}" is no schedule`, {
      hint: 'A valid example: --schedule "08:00 18:30 Europe/London"',
    });
  return {
    times: [...new Set(times)].sort(),
    zone: zone ?? 'UTC',
    languages: languages.split(','),
    length: 10,
  };
}

function changesInWords(changes: Change[], count: number, against: Topic): string {
  const of = (change: Change['change']) => changes.filter((entry) => entry.change === change);
  const lines = [`${count} articles: ${of('added').length} would be added, ${of('removed').length} removed`];
  for (const { change, article, before, after } of [...of('added'), ...of('removed')]) {
    const sign = change === 'added' ? '+' : '−';
    lines.push('', `${sign} ${article.outlet.name}: ${article.title}`);
    lines.push(
      `  ${before.score.toFixed(2)} → ${after.score.toFixed(2)}${article.url ? `  ${article.url}` : ''}`,
    );
    const { end, grounds } = explainVerdict(after, against.threshold, 'en');
    lines.push(`  ${end}`, ...grounds.map((ground) => `  ${ground}`));
  }
  return `${lines.join('\n')}\n`;
}

/** One line for each article with its one end. */
function articlesInWords(articles: ArticleExplained[], topic: Topic, zone: string): string {
  const words = whyWords('en');
  const lines = articles.map(({ article, verdicts, story, duplicateOf, ends }) => {
    const verdict = verdicts.find((v) => v.topic === topic.slug);
    const head = `${article.outlet.name}: ${article.title}`;
    if (!verdict) return `? ${head}\n  ${words.notJudged}`;
    if (!verdict.relevant) return `− ${head}\n  ${explainVerdict(verdict, topic.threshold, 'en').end}`;
    const end = ends.find(({ code }) => code === 'shown') ?? ends.at(-1);
    const shown = end
      ? fill(words.slot[end.code] ?? end.code, { a: formatMoment('en', zone, end.at), b: end.detail ?? '' })
      : words.noStory;
    const repeats = duplicateOf ? ` ${fill(words.duplicate, { a: duplicateOf.outlet.name })}` : '';
    return `+ ${head}\n  ${verdict.score.toFixed(2)}, story ${story?.id ?? '–'}. ${shown}.${repeats}`;
  });
  return `\nWHY EACH ARTICLE\n${lines.join('\n')}\n`;
}
