import { auditLine } from '../locale/audit-words.ts';
import { fill } from '../locale/labels.ts';
import { scheduleWords } from '../locale/schedule-words.ts';
import { tumenWords } from '../locale/tumen-words.ts';
import type { AuditEntry, ScopeSettings } from '../model/audit.ts';
import type { Locale } from '../model/digest.ts';
import type { Scope } from '../model/scope.ts';
import { nearest } from '../text/nearest.ts';
import type { Actor, Block, Command, Reply } from './command.ts';
import { refuse, say, text } from './say.ts';
import { completeZones, readZone } from './time-zones.ts';
import type { TumenDeps } from './tumen-deps.ts';

const PATH = 'tumen settings';

/** Shows the settings of a server, and changes those that are given. */
export function settingsCommand({ store, topics, describeChannel }: TumenDeps): Command {
  return {
    path: ['tumen', 'settings'],
    names: { en: 'settings', ko: '설정', ru: 'настройки' },
    description: {
      en: 'Language, time zone, roles and audit channel of this server',
      ko: '이 서버의 언어, 시간대, 역할, 변경 알림 채널',
      ru: 'Язык, часовой пояс, роли и канал изменений этого сервера',
    },
    title: { en: 'Settings of this server', ko: '이 서버의 설정', ru: 'Настройки этого сервера' },
    options: [
      {
        name: 'language',
        names: { en: 'language', ko: '언어', ru: 'язык' },
        description: {
          en: 'Language of our words in digests',
          ko: '다이제스트에 쓰는 언어',
          ru: 'Язык наших слов в сводках',
        },
        type: 'choice',
        choices: (['en', 'ko', 'ru'] as const).map((value) => ({ value, label: LANGUAGES[value] })),
        example: 'ko',
      },
      {
        name: 'zone',
        names: { en: 'zone', ko: '시간대', ru: 'пояс' },
        description: {
          en: 'Time zone of new schedules',
          ko: '새 예약의 시간대',
          ru: 'Часовой пояс новых расписаний',
        },
        type: 'string',
        maxLength: 64,
        complete: async (typed, { now }) => completeZones(typed, now),
        example: 'Asia/Seoul',
        look: 'zone',
      },
      {
        name: 'role',
        names: { en: 'role', ko: '역할', ru: 'роль' },
        description: {
          en: 'A role that may change channels; naming it again takes that away',
          ko: '채널을 변경할 수 있는 역할. 다시 지정하면 해제됩니다',
          ru: 'Роль, которой можно менять каналы; повторное указание отменяет',
        },
        type: 'group',
        example: '@editors',
      },
      {
        name: 'audit-channel',
        names: { en: 'audit-channel', ko: '변경알림채널', ru: 'канал-изменений' },
        description: {
          en: 'Channel in which every change is told; naming it again ends that',
          ko: '모든 변경을 알리는 채널. 다시 지정하면 끝납니다',
          ru: 'Канал, где сообщается о каждом изменении; повторное указание отменяет',
        },
        type: 'channel',
        example: '#audit',
      },
      {
        name: 'topic',
        names: { en: 'topic', ko: '주제', ru: 'тема' },
        description: {
          en: 'Topic to use by default; naming it again takes it away',
          ko: '기본으로 쓸 주제. 다시 지정하면 해제됩니다',
          ru: 'Тема по умолчанию; повторное указание отменяет',
        },
        type: 'string',
        maxLength: 64,
        complete: async (typed) =>
          topics
            .filter(({ slug, title }) => `${slug} ${title}`.toLowerCase().includes(typed.toLowerCase()))
            .slice(0, 25)
            .map(({ slug, title }) => ({ value: slug, label: title })),
        example: 'russia-north-korea',
      },
    ],
    right: 'manage',
    personal: false,
    examples: ['/tumen settings', '/tumen settings zone:Asia/Seoul language:ko'],
    // Roles, topics and the channel are taken away by naming them again: a form that sent them back would do so.
    async prefill(_, { actor }) {
      const { locale, zone } =
        (await store.settings.get(actor.scope)) ?? defaultSettings(actor.scope, actor.locale);
      return { language: locale, zone };
    },
    async run(options, { actor }) {
      const words = tumenWords(actor.locale);
      const before = (await store.settings.get(actor.scope)) ?? defaultSettings(actor.scope, actor.locale);
      const settings = { ...before };
      if (options.language !== undefined) settings.locale = options.language as Locale;
      if (options.zone !== undefined) {
        const read = readZone(String(options.zone));
        if (!('zone' in read)) return unknownZone(String(options.zone), read.suggestion, actor);
        settings.zone = read.zone;
      }
      if (options.role !== undefined) settings.managers = toggle(before.managers, String(options.role));
      if (options['audit-channel'] !== undefined) {
        const channel = String(options['audit-channel']);
        settings.auditChannel = before.auditChannel === channel ? null : channel;
        const refused = settings.auditChannel && (await whyNotThere(channel, actor));
        if (refused) return refused;
      }
      if (options.topic !== undefined) {
        const slug = String(options.topic);
        const known = topics.map((topic) => topic.slug);
        if (!known.includes(slug)) {
          const near = nearest(slug, known);
          return refuse(actor, [
            fill(words.unknownTopic, { a: slug, b: known.join(', ') }),
            near ? fill(words.didYouMean, { a: near }) : '',
          ]);
        }
        settings.topics = toggle(before.topics, slug);
      }
      // A form sends back what it showed: only what is another than before is a change.
      const isSame: Record<string, boolean> = {
        language: settings.locale === before.locale,
        zone: settings.zone === before.zone,
      };
      const named = Object.keys(options).filter((name) => options[name] !== undefined && !isSame[name]);
      if (!named.length) return say(actor, await show(settings, actor));
      await store.settings.save(settings);
      const detail = named.map((name) => `${name}: ${options[name]}`).join(', ');
      return say(actor, [text(words.saved), ...(await show(settings, actor))], {
        changed: { object: 'settings', detail },
      });
    },
  };

  /** What is told there must be able to be posted there: said now, not when the first change is made. */
  async function whyNotThere(channelId: string, actor: Actor): Promise<Reply | null> {
    const words = scheduleWords(actor.locale);
    const channel = await describeChannel(actor, channelId);
    if (!channel) return refuse(actor, [fill(words.noChannel, { a: '#audit' })]);
    if (channel.kind === 'forum') return refuse(actor, [tumenWords(actor.locale).auditForum]);
    if (channel.missing.length) return refuse(actor, [fill(words.lacks, { a: channel.missing.join(', ') })]);
    return null;
  }

  async function show(settings: ScopeSettings, actor: Actor): Promise<Block[]> {
    const words = tumenWords(actor.locale);
    const audits = await store.settings.audits(actor.scope, 5);
    const titles = settings.topics.map((slug) => topics.find((topic) => topic.slug === slug)?.title ?? slug);
    return [
      { kind: 'heading', text: words.settings },
      {
        kind: 'fields',
        fields: [
          { label: words.language, value: [LANGUAGES[settings.locale][settings.locale]] },
          { label: words.zone, value: [{ code: settings.zone }] },
          {
            label: words.managers,
            value: [words.managersNone, ...settings.managers.flatMap((group) => [', ', { group }])],
          },
          {
            label: words.auditChannel,
            value: [settings.auditChannel ? { channel: settings.auditChannel } : words.none],
          },
          { label: words.topics, value: [titles.join(', ') || words.none] },
        ],
      },
      ...(audits.length
        ? [
            { kind: 'heading' as const, text: words.lastChanges },
            {
              kind: 'list' as const,
              items: audits.map((entry) => ({
                text: [{ time: entry.at }, ' ', { person: entry.who }, ` ${changeLine(entry, actor.locale)}`],
              })),
            },
          ]
        : []),
      {
        kind: 'actions',
        actions: [{ label: words.edit, call: { path: PATH, options: {} }, form: true }],
      },
    ];
  }
}

/** `/digest schedule · schedule 3 (#news): 08:00 …`; a refusal in words, its code is for the record. */
function changeLine(entry: AuditEntry, locale: Locale): string {
  if (entry.action === 'refused') return fill(tumenWords(locale).notAllowed, { a: `/${entry.object}` });
  return `/${entry.action} · ${auditLine(locale, entry).text}`;
}

/** What a server has before anybody changed anything. */
export function defaultSettings(scope: Scope, locale: Locale): ScopeSettings {
  return {
    scope,
    managers: [],
    auditChannel: null,
    locale,
    zone: 'UTC',
    topics: [],
    pausedFeeds: [],
    removedAt: null,
  };
}

const LANGUAGES: Record<Locale, { en: string; ko: string; ru: string }> = {
  en: { en: 'English', ko: '영어', ru: 'английский' },
  ko: { en: 'Korean', ko: '한국어', ru: 'корейский' },
  ru: { en: 'Russian', ko: '러시아어', ru: 'русский' },
};

function toggle(list: readonly string[], value: string): string[] {
  return list.includes(value) ? list.filter((known) => known !== value) : [...list, value];
}

function unknownZone(typed: string, suggestion: string | null, actor: Actor): Reply {
  const words = tumenWords(actor.locale);
  const options = suggestion === null ? {} : { zone: suggestion };
  return refuse(
    actor,
    [
      fill(words.unknownZone, { a: typed }),
      suggestion === null ? '' : fill(words.didYouMean, { a: suggestion }),
      words.zoneExample,
    ],
    suggestion === null ? [] : [{ label: suggestion, call: { path: PATH, options } }],
  );
}
