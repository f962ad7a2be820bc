import { fetchOpml, type Import, importOpml } from '../feeds/import-opml.ts';
import { writeOpml } from '../feeds/opml.ts';
import { dispatchWords } from '../locale/dispatch-words.ts';
import { feedWords } from '../locale/feed-words.ts';
import { fill, plural } from '../locale/labels.ts';
import { type FeedProblem, maskUrl } from '../model/feed.ts';
import type { Command, Options } from './command.ts';
import { type FeedsDeps, feedsOf, MOST_FEEDS } from './feeds-deps.ts';
import { refuse, say, text } from './say.ts';

/** Lines of the report that are shown. */
const MOST_LINES = 20;

export function importFeedsCommand({ store, discover }: FeedsDeps): Command {
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
        example: 'feeds.opml',
      },
      {
        name: 'url',
        names: { en: 'url', ko: '주소', ru: 'адрес' },
        description: {
          en: 'Or the address of one',
          ko: '또는 파일의 주소',
          ru: 'Или его адрес',
        },
        type: 'string',
        maxLength: 1_000,
        rest: true,
        example: 'https://news.example.org/feeds.opml',
      },
    ],
    right: 'manage',
    personal: false,
    examples: ['/feeds import file:feeds.opml', '/feeds import url:https://news.example.org/feeds.opml'],
    async run(options, { actor, now, signal }) {
      const words = feedWords(actor.locale);
      const list = await readList(options, discover.client, signal);
      if ('problem' in list) {
        const said = { a: maskUrl(String(options.url)), b: words.problem[list.problem] };
        return { ...refuse(actor, [fill(words.notFound, said)]), option: 'url' };
      }
      if (!list.bytes) {
        // With a typed command no file can come: the form takes one.
        const call = { path: 'feeds import', options: {} };
        const open = { label: dispatchWords(actor.locale).fillIn, call, form: true };
        return { ...refuse(actor, [words.needList], [open]), option: 'file' };
      }
      const room = MOST_FEEDS - (await store.feeds.list([actor.scope])).length;
      let imported: Import;
      try {
        imported = await importOpml(store, list.bytes, actor.scope, now, {
          check: (url) => (discover.client.refusal(url) ? words.problem['refused-address'] : null),
          room,
          full: fill(words.tooMany, { n: MOST_FEEDS }),
          known: words.known,
          noFeed: words.noFeed,
        });
      } catch {
        return { ...refuse(actor, [words.noOpml]), option: 'file' };
      }
      const { lines, faults } = imported;
      const count = (outcome: string) => lines.filter((line) => line.outcome === outcome).length;
      const summary = fill(words.imported, { a: count('added'), b: count('duplicate'), c: count('invalid') });
      const invalid = lines.filter(({ outcome }) => outcome === 'invalid').slice(0, MOST_LINES);
      return say(
        actor,
        [
          text(summary),
          ...faults.map((fault) => text(words.opmlFault[fault])),
          ...(invalid.length
            ? [
                text({ strong: words.invalid }),
                {
                  kind: 'list' as const,
                  items: invalid.map(({ text: name, url, reason }) => ({
                    text: [`${name}${url && url !== name ? ` (${maskUrl(url)})` : ''}: ${reason}`],
                  })),
                },
              ]
            : []),
        ],
        count('added') ? { changed: { object: 'feeds', detail: `imported: ${summary}` } } : {},
      );
    },
  };
}

/** The list that was attached, or the one at the address; none where neither was given. */
async function readList(
  { file, url }: Options,
  client: FeedsDeps['discover']['client'],
  signal: AbortSignal,
): Promise<{ bytes: Uint8Array | null } | { problem: FeedProblem['code'] }> {
  if (file !== undefined) return { bytes: new TextEncoder().encode(String(file)) };
  return url === undefined ? { bytes: null } : await fetchOpml(String(url).trim(), client, signal);
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
        text(plural(actor.locale, feedWords(actor.locale).exported, feeds.length)),
        { kind: 'file', name: 'feeds.opml', contentType: 'text/x-opml', content },
      ]);
    },
  };
}
