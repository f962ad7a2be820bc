import { fill } from '../locale/labels.ts';
import { storyWords } from '../locale/story-words.ts';
import { UserError } from '../model/errors.ts';
import type { Scope } from '../model/scope.ts';
import {
  type Editor,
  lastEdit,
  mergeStories,
  muteStory,
  splitStory,
  undoEdit,
} from '../stories/edit-stories.ts';
import { audienceIn } from './audience.ts';
import type { Command, CommandContext, Options, Reply } from './command.ts';
import { completeReports } from './complete-stories.ts';
import { refuse, say, text } from './say.ts';
import { STORY, type StoryDeps, storyOption, visibleStory, WHY } from './story-deps.ts';
import { missingStory } from './story-fate.ts';

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
      edit(deps, options, context, ['story', 'into'], async (editor) => {
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
      return edit(deps, options, context, ['story'], async (editor) => {
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
      edit(
        deps,
        options,
        context,
        ['story'],
        async (editor) => {
          const id = (await deps.store.stories.get(Number(options.story)))!.id;
          await muteStory(deps.store, id, true, editor);
          return { said: fill(storyWords(context.actor.locale).muted, { a: id }), story: id };
        },
        async () => false,
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
    run: (options, context) =>
      edit(
        deps,
        options,
        context,
        ['story'],
        async (editor) => {
          const id = Number(options.story);
          const { kind } = await undoEdit(deps.store, id, editor);
          const words = storyWords(context.actor.locale);
          return { said: fill(words.undone, { a: id, b: words.kind[kind] }), story: null };
        },
        async (editor) => {
          const edit = await lastEdit(deps.store, Number(options.story), editor);
          return edit?.kind === 'merge' || edit?.kind === 'split';
        },
      ),
  };
}

/** Checks that the stories can be seen whole from here, carries the edit out, and offers to take it back. */
async function edit(
  deps: StoryDeps,
  options: Options,
  context: CommandContext,
  named: string[],
  act: (editor: Editor) => Promise<{ said: string; story: number | null }>,
  /** Whether others see it too: a mute hides a story here alone. */
  changesForAll: (editor: Editor) => Promise<boolean> = async () => true,
): Promise<Reply> {
  const { actor, now } = context;
  const words = storyWords(actor.locale);
  const why = options.why === undefined ? null : String(options.why);
  const editor: Editor = { who: `${actor.platform}:${actor.userId}`, scope: actor.scope, why, now };
  const audience = new Set(await audienceIn(deps.store, actor));
  for (const name of named) {
    const id = Number(options[name]);
    if (!(await visibleStory(deps, id, context))) return missingStory(deps, id, actor);
    // What is changed here is changed for all who see the story: not with reports that only others see.
    if ((await changesForAll(editor)) && !(await isSeenWhole(deps, id, audience)))
      return refuse(actor, [fill(words.seenInPart, { a: String(id) })]);
  }
  try {
    const { said, story } = await act(editor);
    const undo = { label: words.undo, call: { path: 'story undo', options: { story: story ?? 0 } } };
    return say(
      actor,
      [text(said), ...(story === null ? [] : [{ kind: 'actions' as const, actions: [undo] }])],
      {
        changed: { object: `story ${options.story}`, detail: why ? `${said} (${why})` : said },
      },
    );
  } catch (error) {
    const said = error instanceof UserError ? words.errors[error.code] : undefined;
    if (said === undefined) throw error;
    const members = error instanceof UserError && error.code === 'not-a-member';
    return refuse(actor, [
      fill(said, { a: String(options.story), b: String(options.into ?? '') }),
      members ? await reportsOf(deps, options, context) : '',
    ]);
  }
}

/** Whether all its reports, of feeds that are paused here too, may be seen from here. */
async function isSeenWhole({ store }: StoryDeps, id: number, audience: ReadonlySet<Scope>): Promise<boolean> {
  const story = await store.stories.get(id);
  const articles = await store.articles.getMany(story?.members.map(({ articleId }) => articleId) ?? []);
  return articles.every(({ scopes }) => scopes.some((scope) => audience.has(scope)));
}

/** How the reports of a story are named. */
async function reportsOf(deps: StoryDeps, options: Options, context: CommandContext): Promise<string> {
  const story = await visibleStory(deps, Number(options.story), context);
  const members = story?.reports.map(({ articleId }) => articleId).join(', ') ?? '';
  return fill(storyWords(context.actor.locale).needsReports, { a: String(options.story), b: members });
}
