import { tumenWords } from '../locale/tumen-words.ts';
import type { Command } from './command.ts';
import { say, text } from './say.ts';
import type { TumenDeps } from './tumen-deps.ts';

/** After a person has opened their DMs: their alerts go on. */
export function resumeCommand({ store }: TumenDeps): Command {
  return {
    path: ['tumen', 'resume'],
    names: { en: 'resume', ko: '재개', ru: 'возобновить' },
    description: {
      en: 'Resume your alerts by DM after they were paused',
      ko: '일시 중지된 DM 알림을 다시 시작합니다',
      ru: 'Возобновить оповещения в личных сообщениях после паузы',
    },
    options: [],
    right: 'anyone',
    changes: true,
    personal: true,
    examples: ['/tumen resume'],
    async run(_, { actor }) {
      const words = tumenWords(actor.locale);
      const destination = await store.destinations.find(actor.platform, actor.userId);
      if (!destination?.paused) return say(actor, [text(words.nothingPaused)]);
      await store.destinations.pause(destination.id, null);
      return say(actor, [text(words.resumed)], { changed: { object: 'alerts by DM', own: true } });
    },
  };
}
