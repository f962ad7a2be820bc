import { nextSlot } from '../digests/due-slots.ts';
import { fill } from '../locale/labels.ts';
import { scheduleWords } from '../locale/schedule-words.ts';

import type { Destination, Schedule } from '../model/schedule.ts';
import type { Actor, Command, Options, Reply } from './command.ts';
import { describeSchedule } from './describe-schedule.ts';
import type { DigestDeps } from './digest-deps.ts';
import { readWish } from './read-wish.ts';
import { refuse, say, text } from './say.ts';
import { scheduleOptions } from './schedule-options.ts';

const MOST_IN_A_CHANNEL = 10;

/** Makes a schedule for a channel, or changes one. */
export function scheduleCommand({ store, topics, describeChannel }: DigestDeps): Command {
  return {
    path: ['digest', 'schedule'],
    names: { en: 'schedule', ko: '예약', ru: 'расписание' },
    description: {
      en: 'A digest in a channel at your hour',
      ko: '채널에 정해진 시각마다 다이제스트를 게시합니다',
      ru: 'Сводка в канале в нужный час',
    },
    options: scheduleOptions(topics),
    right: 'manage',
    personal: false,
    examples: [
      '/digest schedule time:08:00 zone:Asia/Seoul',
      '/digest schedule time:08:00,18:00 days:weekdays channel:#news',
    ],
    async run(options, { actor, now }) {
      const words = scheduleWords(actor.locale);
      const read = readWish(options, actor, topics);
      if ('failed' in read) return read;
      const { languages, ...wish } = read;

      if (options.schedule !== undefined) {
        const known = await store.schedules.get(Number(options.schedule));
        const place = known && (await store.destinations.get(known.destinationId));
        if (!known || place?.scope !== actor.scope)
          return refuse(actor, [fill(words.noSuch, { a: Number(options.schedule) })]);
        // What was due under the old hours is made already; the new ones count from now.
        await store.schedules.update(known.id, { ...wish, slotsUntil: now });
        const kind = kindFor(options, actor, place.kind, place.kind);
        if (languages || kind !== place.kind)
          await store.destinations.save({ ...place, kind, languages: languages ?? place.languages });
        return done(words.changed, { ...known, ...wish }, place.name);
      }

      const channelId = options.channel === undefined ? actor.channelId : String(options.channel);
      if (channelId === null) return refuse(actor, [words.needChannel]);
      const channel = await describeChannel(actor, channelId);
      if (!channel) return refuse(actor, [fill(words.noChannel, { a: '#news' })]);
      if (channel.missing.length)
        return refuse(actor, [fill(words.lacks, { a: channel.missing.join(', ') })]);
      const settings = await store.settings.get(actor.scope);
      const before = await store.destinations.find(actor.platform, channelId);
      const zone = wish.zone ?? settings?.zone ?? 'UTC';
      const destination = await store.destinations.save({
        silent: false,
        crosspost: channel.kind === 'announcement',
        tags: [],
        ...before,
        platform: actor.platform,
        scope: actor.scope,
        target: channelId,
        kind: kindFor(options, actor, channel.kind, before?.kind),
        name: channel.name,
        languages: languages ?? before?.languages ?? [settings?.locale ?? actor.locale],
        zone,
        setUpBy: actor.userId,
      });
      if (before?.paused) await store.destinations.pause(destination.id, null);
      if ((await store.schedules.list({ destinationId: destination.id })).length >= MOST_IN_A_CHANNEL)
        return refuse(actor, [fill(words.tooMany, { a: MOST_IN_A_CHANNEL })]);
      const schedule = await store.schedules.add({
        destinationId: destination.id,
        times: ['08:00'],
        days: [1, 2, 3, 4, 5, 6, 7],
        topics: settings?.topics.length ? settings.topics : topics.slice(0, 1).map(({ slug }) => slug),
        themes: [],
        length: 10,
        sentences: 2,
        quietDay: 'line',
        updates: 'digest',
        ...wish,
        zone,
        paused: false,
        createdAt: now,
        slotsUntil: now,
      });
      return done(words.scheduled, schedule, destination.name);

      function done(title: string, schedule: Schedule, name: string | null): Reply {
        const next = nextSlot(schedule, now);
        const line = describeSchedule(schedule, name, actor.locale);
        return say(
          actor,
          [
            text({ strong: title }),
            text(line),
            ...(next ? [text(`${words.nextAt} `, { time: next.due })] : []),
          ],
          {
            changed: {
              object: `schedule ${schedule.id} (${name ?? channelIdOf(options, actor)})`,
              detail: line,
            },
          },
        );
      }
    },
  };
}

/** On Slack a channel may want each digest in a thread of its own; Discord's threads are channels. */
function kindFor(
  { thread }: Options,
  actor: Actor,
  kind: Destination['kind'],
  before: Destination['kind'] | undefined,
): Destination['kind'] {
  if (actor.platform !== 'slack') return kind;
  return thread === undefined ? (before ?? kind) : thread ? 'thread' : 'text';
}

const channelIdOf = (options: Options, actor: Actor) => String(options.channel ?? actor.channelId ?? '');
