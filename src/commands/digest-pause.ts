import { nextSlot } from '../digests/due-slots.ts';
import { fill } from '../locale/labels.ts';
import { scheduleWords } from '../locale/schedule-words.ts';
import type { Destination, Schedule } from '../model/schedule.ts';
import type { Command, CommandContext, Localized, OptionSpec, Reply } from './command.ts';
import { describeSchedule } from './describe-schedule.ts';
import type { DigestDeps } from './digest-deps.ts';
import { refuse, say, text } from './say.ts';
import { findSchedule } from './schedule-place.ts';

type Change = (schedule: Schedule, destination: Destination, context: CommandContext) => Promise<void>;

export function pauseCommand(deps: DigestDeps): Command {
  const names = { en: 'pause', ko: '중지', ru: 'пауза' };
  const description = {
    en: 'Pause a scheduled digest',
    ko: '예약된 다이제스트를 일시 중지합니다',
    ru: 'Приостановить сводку',
  };
  return changing(deps, 'pause', names, description, 'pausedNow', ({ id }) =>
    deps.store.schedules.update(id, { paused: true }),
  );
}

/** Also lifts the pause of a channel that had refused: what was missing may have been given. */
export function resumeScheduleCommand(deps: DigestDeps): Command {
  const names = { en: 'resume', ko: '재개', ru: 'возобновить' };
  const description = {
    en: 'Resume a paused digest',
    ko: '일시 중지된 다이제스트를 재개합니다',
    ru: 'Возобновить сводку',
  };
  return changing(deps, 'resume', names, description, 'resumed', async (schedule, destination, { now }) => {
    await deps.store.schedules.update(schedule.id, { paused: false, slotsUntil: now });
    if (destination.paused) await deps.store.destinations.pause(destination.id, null);
  });
}

export function removeCommand(deps: DigestDeps): Command {
  const names = { en: 'remove', ko: '삭제', ru: 'удалить' };
  const description = {
    en: 'Remove a scheduled digest',
    ko: '예약된 다이제스트를 삭제합니다',
    ru: 'Удалить сводку',
  };
  return changing(deps, 'remove', names, description, 'removed', ({ id }) => deps.store.schedules.remove(id));
}

function changing(
  { store, topics, describeChannel }: DigestDeps,
  verb: 'pause' | 'resume' | 'remove',
  names: Localized,
  description: Localized,
  said: 'pausedNow' | 'resumed' | 'removed',
  change: Change,
): Command {
  return {
    path: ['digest', verb],
    names,
    description,
    options: [scheduleOption({ store, topics })],
    right: 'manage',
    personal: false,
    examples: [`/digest ${verb} schedule:3`],
    async run(options, context): Promise<Reply> {
      const { actor } = context;
      const words = scheduleWords(actor.locale);
      const found = await findSchedule(store, actor, Number(options.schedule));
      if (!found) return refuse(actor, [fill(words.noSuch, { a: Number(options.schedule) })]);
      const { schedule, destination } = found;
      if (verb === 'resume' && destination.paused) {
        const channel = await describeChannel(actor, destination.target);
        if (!channel) return refuse(actor, [fill(words.noChannel, { a: '#news' })]);
        if (channel.missing.length)
          return refuse(actor, [fill(words.lacks, { a: channel.missing.join(', ') })]);
      }
      await change(schedule, destination, context);
      const line = describeSchedule({ ...schedule, paused: false }, destination, actor.locale, topics);
      const next = verb === 'resume' ? nextSlot(schedule, context.now) : null;
      const call = { path: 'digest resume', options: { schedule: schedule.id } };
      return say(
        actor,
        [
          text({ strong: words[said] }),
          text(line),
          ...(next ? [text(`${words.nextAt} `, { time: next.due })] : []),
          ...(verb === 'pause'
            ? [{ kind: 'actions' as const, actions: [{ label: words.resume, call }] }]
            : []),
        ],
        {
          changed: {
            object: `schedule ${schedule.id} (${destination.name ?? destination.target})`,
            detail: verb,
          },
        },
      );
    },
  };
}

/** A schedule by its number, completed with what it is. */
export function scheduleOption(
  { store, topics }: Pick<DigestDeps, 'store' | 'topics'>,
  required = true,
): OptionSpec {
  return {
    name: 'schedule',
    names: { en: 'schedule', ko: '예약번호', ru: 'номер' },
    description: {
      en: 'Its number in /digest list',
      ko: '/digest list에 나오는 번호',
      ru: 'Номер из /digest list',
    },
    type: 'integer',
    required,
    min: 1,
    example: '3',
    complete: async (_, { actor }) => {
      const places = new Map((await store.destinations.list(actor.scope)).map((one) => [one.id, one]));
      const schedules = await store.schedules.list({ scope: actor.scope });
      return schedules.slice(0, 25).map((schedule) => {
        const line = describeSchedule(
          schedule,
          places.get(schedule.destinationId) ?? null,
          actor.locale,
          topics,
        );
        return { value: String(schedule.id), label: `${schedule.id}: ${line}`.slice(0, 100) };
      });
    },
  };
}
