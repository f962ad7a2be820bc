import { importOpml } from '../feeds/import-opml.ts';
import { writeOpml } from '../feeds/opml.ts';
import { feedWords } from '../locale/feed-words.ts';
import { fill } from '../locale/labels.ts';
import { maskUrl } from '../model/feed.ts';
import type { Command } from './command.ts';
import { type FeedsDeps, feedsOf, MOST_FEEDS } from './feeds-deps.ts';
import { refuse, say, text } from './say.ts';

/** Lines of the report that are shown. */
const MOST_LINES = 20;

export function importFeedsCommand({ store }: FeedsDeps): Command {
  return {
    path: ['feeds', 'import'],
    names: { en: 'import', ko: '가져오기', ru: 'импорт' },
    description: {
      en: 'Add the feeds of an OPML file',
      ko: 'OPML 파일의 피드 추가',
      ru: 'Добавить ленты из файла OPML',
    },
    options: [
      {
        name: 'file',
        names: { en: 'file', ko: '파일', ru: 'файл' },
        description: {
          en: 'An OPML file of another reader',
          ko: '다른 리더의 OPML 파일',
          ru: 'Файл OPML другой программы',
        },
        type: 'file',
        required: true,
        example: 'feeds.opml',
      },
    ],
    right: 'manage',
    personal: false,
    examples: ['/feeds import file:feeds.opml'],
    async run(options, { actor, now }) {
      const words = feedWords(actor.locale);
      let room = MOST_FEEDS - (await store.feeds.list([actor.scope])).length;
      const check = () => (room-- > 0 ? null : fill(words.tooMany, { n: MOST_FEEDS }));
      let lines: Awaited<ReturnType<typeof importOpml>>;
      try {
        lines = await importOpml(
          store,
          new TextEncoder().encode(String(options.file)),
          actor.scope,
          now,
          check,
        );
      } catch (error) {
        return refuse(actor, [fill(words.noOpml, { a: (error as Error).message })]);
      }
      const count = (outcome: string) => lines.filter((line) => line.outcome === outcome).length;
      const summary = fill(words.imported, { a: count('added'), b: count('duplicate'), c: count('invalid') });
      const invalid = lines.filter(({ outcome }) => outcome === 'invalid').slice(0, MOST_LINES);
      return say(
        actor,
        [
          text(summary),
          ...(invalid.length
            ? [
                text({ strong: words.invalid }),
                {
                  kind: 'list' as const,
                  items: invalid.map((line) => ({ text: [`${line.text}: ${line.reason}`] })),
                },
              ]
            : []),
        ],
        count('added') ? { changed: { object: 'feeds', detail: `imported: ${summary}` } } : {},
      );
    },
  };
}

export function exportFeedsCommand({ store }: FeedsDeps): Command {
  return {
    path: ['feeds', 'export'],
    names: { en: 'export', ko: '내보내기', ru: 'экспорт' },
    description: { en: 'The feeds as an OPML file', ko: '피드를 OPML 파일로', ru: 'Ленты файлом OPML' },
    options: [],
    right: 'anyone',
    personal: true,
    examples: ['/feeds export'],
    async run(_, { actor, now }) {
      const feeds = await feedsOf(store, actor.scope);
      const content = await writeOpml(
        'tumen',
        feeds.map(({ url, title, outlet, language, scope }) => ({
          // A feed of the configuration may carry a token of the operator.
          url: scope === actor.scope ? url : maskUrl(url),
          title: title ?? outlet.name,
          page: null,
          language,
          folders: [outlet.name],
        })),
        now,
      );
      return say(actor, [
        text(fill(feedWords(actor.locale).exported, { n: feeds.length })),
        { kind: 'file', name: 'feeds.opml', contentType: 'text/x-opml', content },
      ]);
    },
  };
}
