import { nextSlot } from '../digests/due-slots.ts';
import { fill, formatNumber } from '../locale/labels.ts';
import { tumenWords } from '../locale/tumen-words.ts';
import type { Feed } from '../model/feed.ts';
import type { Destination } from '../model/schedule.ts';
import { audienceOf } from '../model/scope.ts';
import type { Actor, Block, Command, CommandContext, Inline } from './command.ts';
import { say } from './say.ts';
import type { TumenDeps } from './tumen-deps.ts';

const MOST_NAMES = 12;
/** As the platforms write themselves. */
const PLATFORM_NAMES: Record<string, string> = { discord: 'Discord', slack: 'Slack' };

/** How well the news is covered: a quiet day must be told from a broken feed. */
export function statusCommand({ store, health, version }: TumenDeps): Command {
  return {
    path: ['tumen', 'status'],
    names: { en: 'status', ko: '현황', ru: 'статус' },
    description: {
      en: 'Feeds read, failing and silent; the next digest; connections',
      ko: '읽은 피드와 실패한 피드, 다음 다이제스트, 연결 상태',
      ru: 'Прочитанные и молчащие ленты, следующая сводка, соединения',
    },
    options: [],
    right: 'anyone',
    personal: true,
    examples: ['/tumen status'],
    async run(_, context) {
      const { actor, now } = context;
      const words = tumenWords(actor.locale);
      const scopes = audienceOf(actor.scope);
      const [all, settings, articles, next] = await Promise.all([
        store.feeds.list(scopes),
        store.settings.get(actor.scope),
        store.articles.count(now - 86_400_000, now, scopes),
        nextDigest(context),
      ]);
      const feeds = all.filter((feed) => !settings?.pausedFeeds.includes(feed.id));
      const failing = feeds.filter((feed) => feed.poll.failures > 0 && feed.poll.goneAt === null);
      const gone = feeds.filter((feed) => feed.poll.goneAt !== null);
      const silent = feeds.filter((feed) => feed.poll.silentSince !== null && feed.poll.failures === 0);
      const read = feeds.filter((feed) => feed.poll.failures === 0 && feed.poll.lastSuccessAt !== null);
      const lastRead = Math.max(0, ...feeds.map((feed) => feed.poll.lastSuccessAt ?? 0));
      const number = (n: number) => formatNumber(actor.locale, n);
      const fields: { label: string; value: Inline[] }[] = [
        {
          label: words.feeds,
          value: [fill(words.feedsLine, { read: number(read.length), total: number(feeds.length) })],
        },
        ...[
          { label: words.failing, value: names(failing, (feed) => feed.poll.lastError?.message) },
          { label: words.silent, value: names(silent) },
          { label: words.gone, value: names(gone) },
        ].filter(({ value }) => value.length),
        { label: words.lastRead, value: [lastRead ? { time: lastRead } : words.never] },
        { label: words.articles24h, value: [number(articles)] },
        {
          label: actor.channelId === null ? words.nextOfAll : words.nextDigest,
          value: [next === null ? words.noDigest : { time: next }],
        },
        {
          label: words.connections,
          value: [
            health()
              .map(({ name, health: { state, detail } }) =>
                [
                  `${PLATFORM_NAMES[name] ?? name}: ${words.state[state]}`,
                  context.manager && detail ? `(${detail})` : '',
                ]
                  .filter(Boolean)
                  .join(' '),
              )
              .join(' · ') || words.none,
          ],
        },
        { label: words.version, value: [version] },
      ];
      const blocks: Block[] = [
        { kind: 'heading', text: words.status },
        { kind: 'fields', fields },
      ];
      return say(actor, blocks, { shareable: true });
    },
  };

  async function nextDigest({ actor, now }: CommandContext): Promise<number | null> {
    const places = await placesOf(actor);
    const going = new Set(places.filter(({ paused }) => !paused).map(({ id }) => id));
    if (!going.size) return null;
    const schedules = await store.schedules.list({ scope: actor.scope });
    const dues = schedules
      .filter((s) => going.has(s.destinationId) && !s.paused)
      .map((s) => nextSlot(s, now)?.due ?? Infinity);
    const first = Math.min(...dues);
    return Number.isFinite(first) ? first : null;
  }

  /** The channel asked in; where there is none, all of the server or workspace. */
  async function placesOf({ platform, scope, channelId }: Actor): Promise<Destination[]> {
    if (channelId === null) return await store.destinations.list(scope);
    const here = await store.destinations.find(platform, channelId);
    return here ? [here] : [];
  }
}

function names(feeds: readonly Feed[], why?: (feed: Feed) => string | undefined): Inline[] {
  const shown = feeds.slice(0, MOST_NAMES).map((feed) => {
    const name = feed.title ?? feed.outlet.name;
    const reason = why?.(feed);
    return reason ? `${name} (${reason})` : name;
  });
  const rest = feeds.length - shown.length;
  return shown.length ? [[...shown, ...(rest ? [`+${rest}`] : [])].join('; ')] : [];
}
