import type { OptionSpec } from './command.ts';
import { completeList } from './complete-choices.ts';
import type { DigestDeps } from './digest-deps.ts';
import { completeTags } from './forum-tags.ts';
import { themeChoices } from './subscription-deps.ts';
import { ALL } from './subscription-limits.ts';
import { completeZones } from './time-zones.ts';

/** What can be said of a schedule, as the form of `/digest schedule` shows it. */
export function scheduleOptions({
  topics,
  describeChannel,
}: Pick<DigestDeps, 'topics' | 'describeChannel'>): OptionSpec[] {
  return [
    {
      name: 'time',
      names: { en: 'time', ko: '시각', ru: 'время' },
      description: {
        en: 'Local time or times, 08:00,18:00',
        ko: '현지 시각, 여러 개 가능: 08:00,18:00',
        ru: 'Местное время, можно несколько: 08:00,18:00',
      },
      type: 'string',
      requiredUnless: 'schedule',
      maxLength: 60,
      example: '08:00',
      look: 'time',
    },
    {
      name: 'channel',
      names: { en: 'channel', ko: '채널', ru: 'канал' },
      description: {
        en: 'Where; here by default',
        ko: '게시할 채널, 기본은 이곳',
        ru: 'Где; по умолчанию здесь',
      },
      type: 'channel',
      example: '#news',
    },
    {
      name: 'zone',
      names: { en: 'zone', ko: '시간대', ru: 'пояс' },
      description: {
        en: 'Time zone of these hours',
        ko: '이 시각의 시간대',
        ru: 'Часовой пояс этого времени',
      },
      type: 'string',
      maxLength: 64,
      complete: async (typed, { now }) => completeZones(typed, now),
      example: 'Asia/Seoul',
      look: 'zone',
    },
    {
      name: 'languages',
      names: { en: 'languages', ko: '언어', ru: 'языки' },
      description: {
        en: 'Languages in order of preference, ko,en',
        ko: '선호하는 순서의 언어, ko,en',
        ru: 'Языки в порядке предпочтения, ru,en',
      },
      type: 'string',
      maxLength: 40,
      example: 'ko,en',
    },
    {
      name: 'days',
      names: { en: 'days', ko: '요일', ru: 'дни' },
      description: {
        en: 'daily, weekdays, weekends or mon,wed,fri',
        ko: 'daily, weekdays, weekends 또는 mon,wed,fri',
        ru: 'daily, weekdays, weekends или mon,wed,fri',
      },
      type: 'string',
      maxLength: 40,
      example: 'weekdays',
      look: 'days',
    },
    {
      name: 'topic',
      names: { en: 'topic', ko: '주제', ru: 'тема' },
      description: { en: 'Topic', ko: '주제', ru: 'Тема' },
      type: 'string',
      maxLength: 64,
      complete: async (typed, { actor }) =>
        topics
          .filter(({ slug, title }) => `${slug} ${title.en}`.toLowerCase().includes(typed.toLowerCase()))
          .slice(0, 25)
          .map(({ slug, title }) => ({ value: slug, label: title[actor.locale] ?? title.en })),
      example: 'russia-north-korea',
    },
    {
      name: 'themes',
      names: { en: 'themes', ko: '분야', ru: 'разделы' },
      description: {
        en: 'Only these themes, comma between; all ends that',
        ko: '이 분야만, 쉼표로 구분. all은 모두',
        ru: 'Только эти разделы, через запятую; all — все',
      },
      type: 'string',
      maxLength: 200,
      complete: async (typed, { actor }) =>
        completeList(typed, [...themeChoices(topics, actor.locale), { value: ALL, label: ALL }]),
      example: 'arms,sanctions',
    },
    {
      name: 'length',
      names: { en: 'length', ko: '길이', ru: 'длина' },
      description: { en: 'Most stories', ko: '최대 소식 수', ru: 'Не больше сюжетов' },
      type: 'integer',
      min: 1,
      max: 30,
      example: '10',
    },
    {
      name: 'quiet',
      names: { en: 'quiet', ko: '소식없는날', ru: 'тихий-день' },
      description: { en: 'On a quiet day', ko: '소식이 없는 날', ru: 'В тихий день' },
      type: 'choice',
      choices: [
        { value: 'line', label: { en: 'one line with coverage', ko: '한 줄로 알림', ru: 'одна строка' } },
        { value: 'nothing', label: { en: 'nothing', ko: '게시하지 않음', ru: 'ничего' } },
      ],
      example: 'line',
    },
    {
      name: 'updates',
      names: { en: 'updates', ko: '업데이트', ru: 'обновления' },
      description: {
        en: 'How updates of a story come',
        ko: '소식의 업데이트 방식',
        ru: 'Как приходят обновления',
      },
      type: 'choice',
      choices: [
        {
          value: 'digest',
          label: { en: 'in the next digest', ko: '다음 다이제스트에', ru: 'в следующей сводке' },
        },
        {
          value: 'edit',
          label: { en: 'by editing the message', ko: '메시지를 수정하여', ru: 'правкой сообщения' },
        },
        { value: 'thread', label: { en: 'in a thread under it', ko: '스레드로', ru: 'в ветке под ним' } },
      ],
      example: 'digest',
    },
    {
      name: 'silent',
      names: { en: 'silent', ko: '무음', ru: 'без-звука' },
      description: {
        en: 'Post without a notification sound',
        ko: '알림음 없이 게시',
        ru: 'Публиковать без звука уведомления',
      },
      type: 'boolean',
      platforms: ['discord'],
      example: 'yes',
    },
    {
      name: 'publish',
      names: { en: 'publish', ko: '발행', ru: 'опубликовать' },
      description: {
        en: 'Announcement channels: publish to the servers that follow; no by default',
        ko: '공지 채널: 팔로우하는 서버에도 발행, 기본은 아니요',
        ru: 'Каналы объявлений: публиковать для подписанных серверов; по умолчанию нет',
      },
      type: 'boolean',
      platforms: ['discord'],
      example: 'yes',
    },
    {
      name: 'tags',
      names: { en: 'tags', ko: '태그', ru: 'теги' },
      description: {
        en: 'Forums: tags of the posts, comma between, at most 5',
        ko: '포럼: 글에 붙일 태그, 쉼표로 구분, 최대 5개',
        ru: 'Форумы: теги публикаций через запятую, не больше 5',
      },
      type: 'string',
      platforms: ['discord'],
      maxLength: 100,
      complete: async (typed, { actor, given }) => {
        const channel = given?.channel === undefined ? actor.channelId : String(given.channel);
        const place = channel === null ? null : await describeChannel(actor, channel);
        return completeTags(typed, place?.tags ?? []);
      },
      example: 'News',
    },
    {
      name: 'thread',
      names: { en: 'thread', ko: '스레드', ru: 'ветка' },
      description: {
        en: 'Headlines in the channel, stories in a thread',
        ko: '채널에는 제목만, 소식은 스레드에',
        ru: 'В канале заголовки, сюжеты в ветке',
      },
      type: 'boolean',
      platforms: ['slack'],
      example: 'yes',
    },
    {
      name: 'schedule',
      names: { en: 'schedule', ko: '예약번호', ru: 'номер' },
      description: {
        en: 'Number of a schedule to change',
        ko: '변경할 예약의 번호',
        ru: 'Номер расписания, которое изменить',
      },
      type: 'integer',
      min: 1,
      example: '3',
    },
  ];
}
