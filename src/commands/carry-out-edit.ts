import { fill } from '../locale/labels.ts';
import { storyWords } from '../locale/story-words.ts';
import { UserError } from '../model/errors.ts';
import type { Scope } from '../model/scope.ts';
import type { Editor } from '../stories/edit-stories.ts';
import { audienceIn } from './audience.ts';
import type { CommandContext, Options, Reply } from './command.ts';
import { refuse, say, text } from './say.ts';
import { type StoryDeps, visibleStory } from './story-deps.ts';
import { missingStory } from './story-fate.ts';

/** What an edit touches. */
interface Reach {
  /** Options that name stories. */
  named: string[];
  /** Whether others see it too: a mute hides a story here alone. */
  changesForAll?: (editor: Editor) => Promise<boolean>;
}

/** Checks that the stories can be seen whole from here, carries the edit out, and offers to take it back. */
export async function carryOutEdit(
  deps: StoryDeps,
  options: Options,
  context: CommandContext,
  { named, changesForAll = async () => true }: Reach,
  act: (editor: Editor) => Promise<{ said: string; story: number | null }>,
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
export async function reportsOf(deps: StoryDeps, options: Options, context: CommandContext): Promise<string> {
  const story = await visibleStory(deps, Number(options.story), context);
  const members = story?.reports.map(({ articleId }) => articleId).join(', ') ?? '';
  return fill(storyWords(context.actor.locale).needsReports, { a: String(options.story), b: members });
}
