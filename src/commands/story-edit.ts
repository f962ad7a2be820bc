import { fill } from '../locale/labels.ts';
import { storyWords } from '../locale/story-words.ts';
import {
  type Editor,
  lastEdit,
  mergeStories,
  muteStory,
  splitStory,
  undoEdit,
} from '../stories/edit-stories.ts';
import { carryOutEdit, reportsOf } from './carry-out-edit.ts';
import type { Command } from './command.ts';
import { completeReports } from './complete-stories.ts';
import { refuse } from './say.ts';
import { STORY, type StoryDeps, storyOption, WHY } from './story-deps.ts';

/** `/story merge|split|mute|undo`: what a person says of stories holds against the engine, and can be taken back. */
export function storyEditCommands(deps: StoryDeps): Command[] {
  return [merge(deps), split(deps), mute(deps), undo(deps)];
}

function merge(deps: StoryDeps): Command {
  const into = storyOption('into', {
    en: 'The story it belongs to',
    ko: '합칠 대상 소식',
    ru: 'Сюжет, к которому он относится',
  });
  return {
    path: ['story', 'merge'],
    names: { en: 'merge', ko: '합치기', ru: 'объединить' },
    description: {
      en: 'Make one story of two',
      ko: '두 소식을 하나로 합치기',
      ru: 'Сделать из двух сюжетов один',
    },
    options: [STORY, into, WHY],
    right: 'manage',
    personal: false,
    examples: ['/story merge story:128 into:121 why:same visit'],
    run: (options, context) =>
      carryOutEdit(deps, options, context, { named: ['story', 'into'] }, async (editor) => {
        const [from, to] = [Number(options.story), Number(options.into)];
        await mergeStories(deps.store, from, to, editor);
        return { said: fill(storyWords(context.actor.locale).merged, { a: from, b: to }), story: to };
      }),
  };
}

function split(deps: StoryDeps): Command {
  return {
    path: ['story', 'split'],
    names: { en: 'split', ko: '나누기', ru: 'разделить' },
    description: {
      en: 'Take reports out of a story',
      ko: '소식에서 보도 떼어내기',
      ru: 'Вынести сообщения из сюжета',
    },
    options: [
      STORY,
      {
        name: 'reports',
        names: { en: 'reports', ko: '보도', ru: 'сообщения' },
        description: {
          en: 'Their numbers in /story timeline',
          ko: '/story timeline에 표시된 번호',
          ru: 'Их номера в /story timeline',
        },
        type: 'string',
        required: true,
        maxLength: 300,
        complete: (typed, context) => completeReports(deps.store, typed, context),
        example: '12,15',
      },
      WHY,
    ],
    right: 'manage',
    personal: false,
    examples: ['/story split story:128 reports:12,15'],
    async run(options, context) {
      const words = storyWords(context.actor.locale);
      const ids = String(options.reports)
        .split(/[\s,;#]+/)
        .filter(Boolean)
        .map(Number);
      if (!ids.length || ids.some((id) => !Number.isSafeInteger(id)))
        return refuse(context.actor, [
          fill(words.badReports, { a: String(options.reports) }),
          await reportsOf(deps, options, context),
        ]);
      return carryOutEdit(deps, options, context, { named: ['story'] }, async (editor) => {
        const { storyIds } = await splitStory(deps.store, Number(options.story), ids, editor);
        return { said: fill(words.split, { a: storyIds[0]!, b: storyIds[1]! }), story: storyIds[1]! };
      });
    },
  };
}

function mute(deps: StoryDeps): Command {
  return {
    path: ['story', 'mute'],
    names: { en: 'mute', ko: '숨기기', ru: 'скрыть' },
    description: {
      en: 'Keep a story out of digests here',
      ko: '이곳의 다이제스트에서 소식 제외',
      ru: 'Не показывать сюжет в здешних сводках',
    },
    options: [STORY, WHY],
    right: 'manage',
    personal: false,
    examples: ['/story mute story:128'],
    run: (options, context) =>
      carryOutEdit(
        deps,
        options,
        context,
        { named: ['story'], changesForAll: async () => false },
        async (editor) => {
          const id = (await deps.store.stories.get(Number(options.story)))!.id;
          await muteStory(deps.store, id, true, editor);
          return { said: fill(storyWords(context.actor.locale).muted, { a: id }), story: id };
        },
      ),
  };
}

function undo(deps: StoryDeps): Command {
  return {
    path: ['story', 'undo'],
    names: { en: 'undo', ko: '되돌리기', ru: 'отменить' },
    description: {
      en: 'Take back the last change made by hand',
      ko: '마지막 수동 변경 되돌리기',
      ru: 'Отменить последнее ручное изменение',
    },
    options: [STORY],
    right: 'manage',
    personal: false,
    examples: ['/story undo story:128'],
    run: (options, context) => {
      const changesForAll = async (editor: Editor) => {
        const edit = await lastEdit(deps.store, Number(options.story), editor);
        return edit?.kind === 'merge' || edit?.kind === 'split';
      };
      return carryOutEdit(deps, options, context, { named: ['story'], changesForAll }, async (editor) => {
        const id = Number(options.story);
        const { kind, storyIds, opened } = await undoEdit(deps.store, id, editor);
        const words = storyWords(context.actor.locale);
        const undone = fill(words.undone, { a: id, b: words.kind[kind] });
        const apart = opened === null ? '' : ` ${fill(words.apart, { a: storyIds[0]!, b: opened })}`;
        return { said: undone + apart, story: null };
      });
    },
  };
}
