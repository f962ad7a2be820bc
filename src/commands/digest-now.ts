import { buildDigest } from '../digests/build-digest.ts';
import type { Command } from './command.ts';
import type { DigestDeps } from './digest-deps.ts';
import { hoursOption } from './hours-option.ts';
import { say } from './say.ts';

const HOUR = 3_600_000;

/** The digest of the last hours, for the asker alone; nothing of it counts as shown. */
export function nowCommand({ store, topics, summarizer }: DigestDeps): Command {
  return {
    path: ['digest', 'now'],
    names: { en: 'now', ko: '지금', ru: 'сейчас' },
    description: {
      en: 'The digest of the last hours, for you alone',
      ko: '최근 몇 시간의 다이제스트를 나에게만 표시합니다',
      ru: 'Сводка за последние часы, только для вас',
    },
    options: [hoursOption(168)],
    right: 'anyone',
    personal: false,
    examples: ['/digest now', '/digest now hours:48'],
    async run(options, { actor, now, signal }) {
      const settings = await store.settings.get(actor.scope);
      const here =
        actor.channelId === null ? null : await store.destinations.find(actor.platform, actor.channelId);
      const [schedule] = here ? await store.schedules.list({ destinationId: here.id }) : [];
      const wanted = schedule?.topics ?? settings?.topics ?? [];
      const chosen = topics.filter((topic) => wanted.includes(topic.slug));
      const hours = Number(options.hours ?? 24);
      const digest = await buildDigest(
        {
          destinationId: null,
          scope: actor.scope,
          languages: here?.languages ?? [settings?.locale ?? actor.locale],
          zone: schedule?.zone ?? settings?.zone ?? 'UTC',
          topics: chosen.length ? chosen : topics.slice(0, 1),
          themes: schedule?.themes ?? [],
          length: schedule?.length ?? 10,
          sentences: schedule?.sentences ?? 2,
          window: { since: now - hours * HOUR, until: now },
          at: now,
          late: false,
        },
        { store, summarizer, signal },
      );
      return say(actor, [{ kind: 'digest', digest }], { shareable: true });
    },
  };
}
