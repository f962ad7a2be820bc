import { tumenWords } from '../locale/tumen-words.ts';
import type { Command } from './command.ts';
import { say, text } from './say.ts';
import type { TumenDeps } from './tumen-deps.ts';

/** Shows a person everything stored about them, and deletes it when they say so. */
export function forgetMeCommand({ store }: TumenDeps): Command {
  return {
    path: ['tumen', 'forget-me'],
    names: { en: 'forget-me', ko: '내정보삭제', ru: 'забудь-меня' },
    description: {
      en: 'See what is stored about you, and delete it',
      ko: '저장된 내 정보를 확인하고 삭제합니다',
      ru: 'Посмотреть, что хранится о вас, и удалить это',
    },
    options: [
      {
        name: 'confirm',
        names: { en: 'confirm', ko: '확인', ru: 'подтвердить' },
        description: {
          en: 'Delete at once, without asking again',
          ko: '다시 묻지 않고 바로 삭제',
          ru: 'Удалить сразу, не переспрашивая',
        },
        type: 'boolean',
        example: 'yes',
      },
    ],
    right: 'anyone',
    changes: true,
    personal: true,
    examples: ['/tumen forget-me'],
    async run({ confirm }, { actor }) {
      const words = tumenWords(actor.locale);
      if (confirm === true) {
        await store.subscriptions.forgetPerson(actor.platform, actor.userId);
        return say(actor, [text(words.forgotten)], {
          changed: { object: 'personal data', detail: 'deleted', unnamed: true },
        });
      }
      const stored = await store.subscriptions.exportPerson(actor.platform, actor.userId);
      return say(actor, [
        { kind: 'heading', text: words.forgetTitle },
        text(words.forgetWhat),
        {
          kind: 'file',
          name: words.yourData,
          contentType: 'application/json',
          content: JSON.stringify(stored, null, 2),
        },
        {
          kind: 'actions',
          actions: [
            {
              label: words.forgetButton,
              style: 'danger',
              call: { path: 'tumen forget-me', options: { confirm: true } },
            },
          ],
        },
      ]);
    },
  };
}
