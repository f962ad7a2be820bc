import { nextSlot } from '../digests/due-slots.ts';
import { fill } from '../locale/labels.ts';
import { scheduleWords } from '../locale/schedule-words.ts';
import type { Destination, Schedule } from '../model/schedule.ts';
import type { NewDestination } from '../store/store.ts';
import type { Action, Actor, Command, Reply } from './command.ts';
import { describeSchedule } from './describe-schedule.ts';
import type { DigestDeps } from './digest-deps.ts';
import { writeDays } from './read-schedule.ts';
import { readWish } from './read-wish.ts';
import { refuse, say, text } from './say.ts';
import { scheduleOptions } from './schedule-options.ts';
import { choosePlace, findSchedule, tagNamesOf } from './schedule-place.ts';
import { defaultZone } from './time-zones.ts';

const MOST_IN_A_CHANNEL = 10;
const PATH = 'digest schedule';

/** Makes a schedule for a channel, or changes one: what is not named stays as it is. */
export function scheduleCommand(deps: DigestDeps): Command {
  const { store, topics } = deps;
  return {
    path: ['digest', 'schedule'],
    names: { en: 'schedule', ko: '예약', ru: 'расписание' },
    description: {
      en: 'A digest in a channel at your hour',
      ko: '채널에 정해진 시각마다 다이제스트를 게시합니다',
      ru: 'Сводка в канале в нужный час',
    },
    options: scheduleOptions(deps),
    right: 'manage',
    personal: false,
    examples: [
      '/digest schedule time:08:00 zone:Asia/Seoul',
      '/digest schedule time:08:00,18:00 days:weekdays channel:#news',
    ],
    async prefill(options, { actor }) {
      if (options.schedule === undefined) {
        const settings = await store.settings.get(actor.scope);
        return { zone: defaultZone(settings, actor), languages: settings?.locale ?? actor.locale };
      }
      const known = await findSchedule(store, actor, Number(options.schedule));
      return known ? asOptions(known.schedule, known.destination) : {};
    },
    async run(options, { actor, now }) {
      const words = scheduleWords(actor.locale);
      const wish = readWish(options, actor, topics);
      if ('failed' in wish) return wish;
      const { languages, ...hours } = wish;

      const known =
        options.schedule === undefined ? null : await findSchedule(store, actor, Number(options.schedule));
      if (options.schedule !== undefined && !known)
        return refuse(actor, [fill(words.noSuch, { a: Number(options.schedule) })]);
      const channelId =
        options.channel === undefined
          ? (known?.destination.target ?? actor.channelId)
          : String(options.channel);
      if (channelId === null) return refuse(actor, [words.needChannel]);

      const settings = await store.settings.get(actor.scope);
      const before = await store.destinations.find(actor.platform, channelId);
      const updates = hours.updates ?? known?.schedule.updates ?? 'digest';
      const chosen = await choosePlace(deps, { channelId, options, actor, updates, before });
      if ('failed' in chosen) return chosen;
      const moves = known !== null && known.destination.target !== channelId;
      // Nothing is changed before it is known that nothing forbids it.
      if ((!known || moves) && before) {
        const there = await store.schedules.list({ destinationId: before.id });
        if (there.length >= MOST_IN_A_CHANNEL)
          return refuse(actor, [fill(words.tooMany, { a: MOST_IN_A_CHANNEL })]);
      }
      const zone = hours.zone ?? known?.schedule.zone ?? defaultZone(settings, actor);
      const place: NewDestination = {
        ...chosen.place,
        languages: languages ??
          before?.languages ??
          known?.destination.languages ?? [settings?.locale ?? actor.locale],
        zone: known && !moves ? known.destination.zone : zone,
        setUpBy: known && !moves ? known.destination.setUpBy : actor.userId,
      };
      const done = await store.transaction(async (tx) => {
        const destination = await tx.destinations.save(place);
        // What was missing there is there now.
        if (before?.paused) await tx.destinations.pause(destination.id, null);
        if (known) {
          // New hours count from now. Where they stay, what is due this minute must not be passed over.
          const from = hasNewHours(known.schedule, hours) ? { slotsUntil: now } : {};
          const change = { ...hours, destinationId: destination.id, ...from };
          await tx.schedules.update(known.schedule.id, change);
          return { title: words.changed, schedule: { ...known.schedule, ...change }, destination };
        }
        const schedule = await tx.schedules.add({
          destinationId: destination.id,
          times: ['08:00'],
          days: [1, 2, 3, 4, 5, 6, 7],
          topics: settings?.topics.length ? settings.topics : topics.slice(0, 1).map(({ slug }) => slug),
          themes: [],
          length: 10,
          sentences: 2,
          quietDay: 'line',
          updates: 'digest',
          ...hours,
          zone,
          paused: false,
          createdAt: now,
          slotsUntil: now,
        });
        return { title: words.scheduled, schedule, destination };
      });
      return await answer(done, actor, now, !known && hours.zone === undefined && zone === 'UTC');
    },
  };

  async function answer(
    { title, schedule, destination }: { title: string; schedule: Schedule; destination: Destination },
    actor: Actor,
    now: number,
    isZoneGuessed: boolean,
  ): Promise<Reply> {
    const words = scheduleWords(actor.locale);
    const next = schedule.paused ? null : nextSlot(schedule, now);
    const tagNames = await tagNamesOf(deps, actor, destination);
    const line = describeSchedule(schedule, { ...destination, tagNames }, actor.locale, topics);
    return say(
      actor,
      [
        text({ strong: title }),
        text(line),
        ...(next ? [text(`${words.nextAt} `, { time: next.due })] : []),
        ...(isZoneGuessed ? [text(words.inUtc)] : []),
        { kind: 'actions', actions: whatNext(schedule, destination, actor, isZoneGuessed) },
      ],
      {
        changed: {
          object: `schedule ${schedule.id} (${destination.name ?? destination.target})`,
          detail: line,
        },
      },
    );
  }
}

function hasNewHours(schedule: Schedule, wish: Partial<Schedule>): boolean {
  return (['times', 'days', 'zone'] as const).some(
    (key) => wish[key] !== undefined && String(wish[key]) !== String(schedule[key]),
  );
}

/** What a form has no room for, and what one does next. */
function whatNext(
  { id }: Schedule,
  { kind, silent, crosspost }: Destination,
  actor: Actor,
  isZoneGuessed: boolean,
): Action[] {
  const words = scheduleWords(actor.locale);
  const change = (more: Action['call']['options']) => ({ path: PATH, options: { schedule: id, ...more } });
  const actions: Action[] = [
    { label: words.postTest, call: { path: 'digest test', options: { schedule: id } }, style: 'primary' },
    { label: isZoneGuessed ? words.chooseZone : words.change, call: change({}), form: true },
  ];
  if (actor.platform !== 'discord') return actions;
  actions.push({ label: silent ? words.withSound : words.makeSilent, call: change({ silent: !silent }) });
  if (kind === 'announcement')
    actions.push({
      label: crosspost ? words.stopPublishing : words.startPublishing,
      call: change({ publish: !crosspost }),
    });
  return actions;
}

/** A schedule as the options that would make it. */
function asOptions(schedule: Schedule, destination: Destination): Action['call']['options'] {
  return {
    time: schedule.times.join(','),
    channel: destination.target,
    zone: schedule.zone,
    languages: destination.languages.join(','),
    days: writeDays(schedule.days),
    topic: schedule.topics.length === 1 ? schedule.topics[0] : undefined,
    themes: schedule.themes.join(',') || undefined,
    length: schedule.length,
    quiet: schedule.quietDay,
    updates: schedule.updates,
    thread: destination.kind === 'thread',
  };
}
