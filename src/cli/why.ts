import { Command } from 'commander';
import { type ArticleExplained, explainArticle, findArticle } from '../commands/explain-article.ts';
import type { Core } from '../core.ts';
import { formatMoment } from '../locale/format-date.ts';
import { fill } from '../locale/labels.ts';
import { whyWords } from '../locale/why-words.ts';
import { UserError } from '../model/errors.ts';
import type { Destination } from '../model/schedule.ts';
import { explainVerdict } from '../topics/explain-verdict.ts';
import type { CliIo } from './io.ts';
import { withCore } from './with-core.ts';

/** `why URL`: why a stored article was or was not posted, in words. */
export function whyCommand(io: CliIo): Command {
  return new Command('why')
    .description('Why a stored article was or was not posted')
    .argument('<url>', 'the address of the article')
    .option('--destination <id>', 'id, channel id or name of one destination; all where omitted')
    .addHelpText(
      'after',
      '\nExample:\n  $ npm run --silent tumen -- why https://example.org/a --destination news\n',
    )
    .action(async (url: string, options: { destination?: string }) => {
      await withCore(io, async (core) => {
        const article = await findArticle(core.store, url);
        if (!article)
          throw new UserError('unknown-article', `no stored article has the address ${url}`, {
            hint: 'It may be older than what is kept, or no feed carries it. `npm run --silent tumen -- feeds list` shows the feeds.',
          });
        const destinations = await chosen(core, options.destination);
        const explained = await explainArticle(core.store, article, destinations, core.now());
        io.stdout.write(inWords(explained, core));
      });
    });
}

async function chosen(core: Core, wanted: string | undefined): Promise<Destination[]> {
  const all = await core.store.destinations.list();
  if (wanted === undefined) return all;
  const found = all.filter(
    (d) => String(d.id) === wanted || d.target === wanted || d.name === wanted.replace(/^#/, ''),
  );
  if (found.length) return found;
  throw new UserError('unknown-destination', `there is no destination "${wanted}"`, {
    hint: all.length
      ? `Known: ${all.map((d) => d.name ?? d.target).join(', ')}.`
      : 'No channel has been set up yet.',
  });
}

function inWords({ article, verdicts, story, duplicateOf, ends }: ArticleExplained, core: Core): string {
  const words = whyWords('en');
  const zone = core.config.console.zone;
  const lines = [
    `${article.outlet.name}: ${article.title}`,
    `${article.url ?? ''}  ${article.language}  published ${formatMoment('en', zone, article.published)}, first seen ${formatMoment('en', zone, article.firstSeen)}, revision ${article.revision}`,
  ];
  if (!verdicts.length) lines.push('', words.notJudged);
  for (const verdict of verdicts) {
    const topic = core.topics.find(({ slug }) => slug === verdict.topic);
    const { end, grounds } = explainVerdict(verdict, topic?.threshold ?? Number.NaN, 'en');
    lines.push('', `${fill(words.topic, { a: topic?.title.en ?? verdict.topic })}: ${end}`);
    lines.push(`  ${verdict.kind}${verdict.themes.length ? ` · ${verdict.themes.join(', ')}` : ''}`);
    for (const ground of grounds) lines.push(`  ${ground}`);
    if (!verdict.relevant) continue;
    if (duplicateOf)
      lines.push(
        `  ${fill(words.duplicate, { a: `${duplicateOf.outlet.name}, ${duplicateOf.url ?? duplicateOf.title}` })}`,
      );
    lines.push(`  ${story ? fill(words.story, { n: story.id, m: story.members.length }) : words.noStory}`);
  }
  for (const { destination, at, code, detail } of ends) {
    const when = `${destination.name ?? destination.target}, ${formatMoment('en', destination.zone, at)}`;
    lines.push('', fill(words.slot[code] ?? code, { a: when, b: detail ?? '' }));
  }
  return `${lines.join('\n')}\n`;
}
