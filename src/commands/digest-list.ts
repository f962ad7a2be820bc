import { causeOf } from '../deliveries/pause-notice.ts';
import { nextSlot } from '../digests/due-slots.ts';
import { scheduleWords } from '../locale/schedule-words.ts';
import type { Action, Command, Inline } from './command.ts';
import { describeSchedule } from './describe-schedule.ts';
import type { DigestDeps } from './digest-deps.ts';
import { say, text } from './say.ts';
import { tagNamesOf } from './schedule-place.ts';

/** The schedules of a server or workspace, with what can be done to each by who may. */
export function listCommand(deps: DigestDeps): Command {
  const { store } = deps;
  return {
    path: ['digest', 'list'],
    names: { en: 'list', ko: '목록', ru: 'список' },
    description: {
      en: 'The scheduled digests of this server',
      ko: '이 서버에 예약된 다이제스트',
      ru: 'Запланированные сводки этого сервера',
    },
    options: [],
    right: 'anyone',
    personal: false,
    examples: ['/digest list'],
    async run(_, { actor, now, manager }) {
      const words = scheduleWords(actor.locale);
      const schedules = await store.schedules.list({ scope: actor.scope });
      const places = new Map((await store.destinations.list(actor.scope)).map((one) => [one.id, one]));
      const make: Action = {
        label: words.makeOne,
        call: { path: 'digest schedule', options: {} },
        form: true,
      };
      if (!schedules.length)
        return say(actor, [
          text(words.none),
          ...(manager ? [{ kind: 'actions' as const, actions: [make] }] : []),
        ]);
      const tagNames = new Map<number, string[]>();
      await Promise.all(
        [...places.values()].map(async (one) => tagNames.set(one.id, await tagNamesOf(deps, actor, one))),
      );
      const items = schedules.map((schedule) => {
        const destination = places.get(schedule.destinationId);
        const next = schedule.paused || destination?.paused ? null : nextSlot(schedule, now);
        const place = destination && { ...destination, tagNames: tagNames.get(destination.id) ?? [] };
        const line: Inline[] = [
          { strong: `${schedule.id}` },
          ` ${describeSchedule(schedule, place ?? null, actor.locale, deps.topics)}`,
        ];
        if (destination?.paused)
          line.push(` · ${words.paused}: ${causeOf(destination.paused, actor.locale)}`);
        if (next) line.push(` · ${words.nextAt} `, { time: next.due });
        return {
          text: line,
          ...(manager ? { actions: actionsOf(schedule.id, schedule.paused || !!destination?.paused) } : {}),
        };
      });
      return say(actor, [
        { kind: 'heading', text: words.list },
        { kind: 'list', items },
        ...(manager ? [{ kind: 'actions' as const, actions: [make] }] : []),
      ]);

      function actionsOf(id: number, paused: boolean): Action[] {
        const path = paused ? 'digest resume' : 'digest pause';
        return [
          { label: paused ? words.resume : words.pause, call: { path, options: { schedule: id } } },
          { label: words.postTest, call: { path: 'digest test', options: { schedule: id } } },
          { label: words.change, call: { path: 'digest schedule', options: { schedule: id } }, form: true },
          {
            label: words.remove,
            call: { path: 'digest remove', options: { schedule: id } },
            style: 'danger',
          },
        ];
      }
    },
  };
}
